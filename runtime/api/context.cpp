//===- context.cpp - One running inference --------------------------------===//

#include "runtime/api/model.h"
#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include <immintrin.h>
#include <new>

using namespace atrous::runtime;

/// `exec` comes first: compiled code hands back a pointer to it.
struct atrous_context {
  atrous_exec exec;
  atrous_loaded_model *model;
  void *arena;
  atrous_buffer *buffers; ///< all inputs, then all outputs
  int32_t threads;
  std::atomic<bool> busy;
  std::atomic<bool> failed;
  std::atomic<bool> written; ///< `error` is complete
  char error[896];
};

static atrous_context *contextOf(atrous_exec *exec) {
  return reinterpret_cast<atrous_context *>(exec);
}

static void runParallel(atrous_exec *exec, atrous_task_fn fn,
                        void *const *slots, int64_t tasks) {
  atrous_context *context = contextOf(exec);
  parallelFor(context->model->pool, context->threads, fn, slots, tasks);
}

static void recordFailure(atrous_exec *exec, const char *node,
                          const char *message) {
  atrous_context *context = contextOf(exec);
  if (context->failed.exchange(true, std::memory_order_acq_rel))
    return;
  append(context->error, sizeof(context->error), 0, "%.512s: %s", node,
         message);
  context->written.store(true, std::memory_order_release);
}

atrous_status atrous_context_create(atrous_loaded_model *model,
                                    int32_t threads,
                                    atrous_context **context) {
  if (!model || !context)
    return fail(ATROUS_ERROR_USAGE, "model or context is null");
  if (threads < 0 || threads > kMaxThreads)
    return fail(ATROUS_ERROR_USAGE, "threads: expected 0 to %d, got %d",
                kMaxThreads, threads);
  const atrous_model *table = model->table;
  size_t count = static_cast<size_t>(table->num_inputs) +
                    static_cast<size_t>(table->num_outputs) + 1;
  FreeOnExit memory(malloc(sizeof(atrous_context)));
  FreeOnExit buffers(calloc(count, sizeof(atrous_buffer)));
  FreeOnExit arena(allocateAligned(table->arena_size));
  if (!memory.get() || !buffers.get() || !arena.get())
    return fail(ATROUS_ERROR_RESOURCE,
                "no memory for a context (the network needs %llu bytes)",
                static_cast<unsigned long long>(table->arena_size));
  if (!threads)
    threads = availableCores();
  if (!growPool(model->pool, threads))
    return fail(ATROUS_ERROR_RESOURCE, "the system gives no %d threads",
                threads);
  model->users.fetch_add(1, std::memory_order_relaxed);
  *context = new (memory.release()) atrous_context{
      {sizeof(atrous_exec), 0, runParallel, recordFailure},
      model,
      arena.release(),
      static_cast<atrous_buffer *>(buffers.release()),
      threads,
      {false},
      {false},
      {false},
      {}};
  return ATROUS_OK;
}

void atrous_context_destroy(atrous_context *context) {
  if (!context)
    return;
  free(context->arena);
  free(context->buffers);
  releaseModel(context->model);
  free(context);
}

int32_t atrous_context_threads(const atrous_context *context) {
  return context->threads;
}

/// Appends "float32 [1, 3, 320, 640]".
static size_t appendType(char *text, size_t capacity, size_t length,
                         int32_t dtype, int32_t rank, const int64_t *shape) {
  length = append(text, capacity, length, "%s [", atrous_dtype_name(dtype));
  for (int32_t i = 0; i < rank; ++i)
    length = append(text, capacity, length, "%s%lld", i ? ", " : "",
                    static_cast<long long>(shape[i]));
  return append(text, capacity, length, "]");
}

static bool matches(const atrous_tensor &tensor,
                    const atrous_tensor_info &info) {
  if (tensor.dtype != info.dtype || tensor.rank != info.rank)
    return false;
  for (int32_t i = 0; i < info.rank; ++i)
    if (tensor.shape[i] != info.shape[i])
      return false;
  return true;
}

static atrous_status checkTensors(const char *kind,
                                  const atrous_tensor *tensors, int32_t count,
                                  const atrous_tensor_info *infos,
                                  int32_t expected,
                                  atrous_buffer *buffers) {
  if (count != expected)
    return fail(ATROUS_ERROR_INPUT, "expected %d %ss, got %d", expected, kind,
                count);
  if (count && !tensors)
    return fail(ATROUS_ERROR_USAGE, "the %ss are null", kind);
  for (int32_t i = 0; i < count; ++i) {
    const atrous_tensor &tensor = tensors[i];
    const atrous_tensor_info &info = infos[i];
    if (tensor.rank < 0 || (tensor.rank && !tensor.shape))
      return fail(ATROUS_ERROR_USAGE, "%s '%.200s': its shape is missing",
                  kind, info.name);
    if (!matches(tensor, info)) {
      char text[512];
      size_t length = appendType(text, sizeof(text), 0, info.dtype, info.rank,
                                 info.shape);
      length = append(text, sizeof(text), length, ", got ");
      appendType(text, sizeof(text), length, tensor.dtype, tensor.rank,
                 tensor.shape);
      return fail(ATROUS_ERROR_INPUT, "%s '%.200s': expected %s", kind,
                  info.name, text);
    }
    size_t bytes = 0;
    tensorBytes(info.shape, info.rank, atrous_dtype_size(info.dtype), bytes);
    if (bytes && !tensor.data)
      return fail(ATROUS_ERROR_USAGE, "%s '%.200s': its data is null", kind,
                  info.name);
    // Compiled code relies on the natural alignment of elements only.
    if (reinterpret_cast<uintptr_t>(tensor.data) %
        atrous_dtype_size(info.dtype))
      return fail(ATROUS_ERROR_USAGE, "%s '%.200s': its data is not aligned",
                  kind, info.name);
    buffers[i] = {tensor.data, const_cast<int64_t *>(tensor.shape), tensor.rank,
                  tensor.dtype};
  }
  return ATROUS_OK;
}

static atrous_status run(atrous_context *context) {
  const atrous_model *table = context->model->table;
  context->failed.store(false, std::memory_order_relaxed);
  context->written.store(false, std::memory_order_relaxed);
  // Round to nearest, denormals kept, no traps, whatever the caller uses.
  unsigned modes = _mm_getcsr();
  _mm_setcsr(0x1f80);
  atrous_status status = table->run(
      &context->exec, context->buffers, context->buffers + table->num_inputs,
      context->arena, table->constants);
  _mm_setcsr(modes);
  if (context->written.load(std::memory_order_acquire))
    return fail(status ? status : ATROUS_ERROR_INPUT, "%s", context->error);
  if (status)
    return fail(status, "the network failed with status %d", status);
  return ATROUS_OK;
}

atrous_status atrous_context_run(atrous_context *context,
                                 const atrous_tensor *inputs,
                                 int32_t num_inputs,
                                 const atrous_tensor *outputs,
                                 int32_t num_outputs) {
  if (!context)
    return fail(ATROUS_ERROR_USAGE, "context is null");
  if (context->busy.exchange(true, std::memory_order_acquire))
    return fail(ATROUS_ERROR_USAGE,
                "the context is running on another thread; give each thread "
                "its own");
  const atrous_model *table = context->model->table;
  atrous_status status =
      checkTensors("input", inputs, num_inputs, table->inputs,
                   table->num_inputs, context->buffers);
  if (!status)
    status = checkTensors("output", outputs, num_outputs, table->outputs,
                          table->num_outputs,
                          context->buffers + table->num_inputs);
  if (!status)
    status = run(context);
  context->busy.store(false, std::memory_order_release);
  return status;
}
