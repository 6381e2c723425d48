//===- exec.cpp - What compiled code asks of its context ------------------===//

#include "runtime/api/context.h"
#include "runtime/base/error.h"
#include "runtime/base/memory.h"

using namespace atrous::runtime;

static atrous_context *contextOf(atrous_exec *exec) {
  return reinterpret_cast<atrous_context *>(exec);
}

static void runParallel(atrous_exec *exec, atrous_task_fn fn,
                        void *const *slots, int64_t tasks) {
  atrous_context *context = contextOf(exec);
  parallelFor(context->model->pool, context->threads, fn, slots, tasks,
              context->scratch);
}

static void record(atrous_context *context, atrous_status status,
                   const char *node, const char *message) {
  if (context->failed.exchange(true, std::memory_order_acq_rel))
    return;
  context->status = status;
  append(context->error, sizeof(context->error), 0, "%.512s: %s", node,
         message);
  context->written.store(true, std::memory_order_release);
}

static void recordFailure(atrous_exec *exec, const char *node,
                          const char *message) {
  record(contextOf(exec), ATROUS_ERROR_INPUT, node, message);
}

/// The sizes, "[2, 3]", of a tensor that has no place in memory.
static void refuseTensor(atrous_exec *exec, atrous_status status,
                         const int64_t *shape, int32_t rank,
                         const char *reason) {
  char text[320];
  size_t length = append(text, sizeof(text), 0, "makes a tensor of shape [");
  for (int32_t i = 0; i < rank; ++i)
    length = append(text, sizeof(text), length, "%s%lld", i ? ", " : "",
                    static_cast<long long>(shape[i]));
  append(text, sizeof(text), length, "], %s", reason);
  record(contextOf(exec), status, exec->node ? exec->node : "the network",
         text);
}

/// A block for a tensor, which `make` takes from the heap.
template <typename Make>
static void *makeBlock(atrous_exec *exec, const int64_t *shape, int32_t rank,
                       int64_t elementSize, Make make) {
  for (int32_t i = 0; i < rank; ++i)
    if (shape[i] < 0) {
      refuseTensor(exec, ATROUS_ERROR_INPUT, shape, rank,
                   "which has a negative size");
      return nullptr;
    }
  size_t bytes;
  void *block = nullptr;
  if (tensorBytes(shape, rank, static_cast<size_t>(elementSize), bytes))
    block = make(contextOf(exec)->heap, bytes);
  if (!block)
    refuseTensor(exec, ATROUS_ERROR_RESOURCE, shape, rank,
                 "for which there is no memory");
  return block;
}

static void *allocateBlock(atrous_exec *exec, const int64_t *shape,
                           int32_t rank, int64_t elementSize) {
  return makeBlock(
      exec, shape, rank, elementSize,
      [](Heap &heap, size_t bytes) { return heap.allocate(bytes); });
}

static void *growBlock(atrous_exec *exec, const void *data, int64_t used,
                       const int64_t *shape, int32_t rank,
                       int64_t elementSize) {
  return makeBlock(exec, shape, rank, elementSize,
                   [&](Heap &heap, size_t bytes) {
                     return heap.grow(data, static_cast<size_t>(used), bytes);
                   });
}

static void retainBlock(atrous_exec *exec, void *block) {
  contextOf(exec)->heap.retain(block);
}

static void releaseBlock(atrous_exec *exec, void *block) {
  contextOf(exec)->heap.release(block);
}

static void enterLayer(atrous_exec *exec, int32_t layer) {
  contextOf(exec)->layers.enter(layer);
}

atrous_exec atrous::runtime::makeExec(void *scratch) {
  return {sizeof(atrous_exec), 0,           runParallel,  recordFailure,
          allocateBlock,       retainBlock, releaseBlock, nullptr,
          growBlock,           scratch,     enterLayer};
}
