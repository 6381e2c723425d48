//===- context.cpp - One running inference --------------------------------===//

#include "runtime/api/context.h"
#include "runtime/api/tensors.h"
#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include <immintrin.h>
#include <new>
#include <string.h>

using namespace atrous::runtime;

static size_t countOutputSizes(const atrous_model *table) {
  size_t count = 0;
  for (int32_t i = 0; i < table->num_outputs; ++i)
    count += static_cast<size_t>(table->outputs[i].rank);
  return count;
}

/// Bytes from one thread's scratch memory to the next one's, and of all.
static bool scratchLayout(const atrous_model &table, int32_t threads,
                          size_t &stride, size_t &bytes) {
  if (!checkedAdd(table.scratch_size, ATROUS_ALIGNMENT - 1, stride))
    return false;
  stride -= stride % ATROUS_ALIGNMENT;
  return checkedMul(stride, static_cast<size_t>(threads), bytes);
}

atrous_status atrous_context_create(atrous_loaded_model *model, int32_t threads,
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
  FreeOnExit sizes(calloc(countOutputSizes(table) + 1, sizeof(int64_t)));
  FreeOnExit times(
      calloc(static_cast<size_t>(table->num_layers) + 1, sizeof(uint64_t)));
  FreeOnExit arena(allocateAligned(table->arena_size));
  if (!threads)
    threads = availableCores();
  size_t scratchStride, scratchBytes, runBytes;
  bool fits = scratchLayout(*table, threads, scratchStride, scratchBytes) &&
              checkedAdd(table->arena_size, scratchBytes, runBytes);
  FreeOnExit scratch(fits ? allocateAligned(scratchBytes) : nullptr);
  if (!memory.get() || !buffers.get() || !sizes.get() || !times.get() ||
      !arena.get() || !scratch.get())
    return fail(ATROUS_ERROR_RESOURCE,
                "no memory for a context (the network needs %llu bytes, and "
                "%llu for each of %d threads)",
                static_cast<unsigned long long>(table->arena_size),
                static_cast<unsigned long long>(table->scratch_size), threads);
  if (!growPool(model->pool, threads))
    return fail(ATROUS_ERROR_RESOURCE, "the system gives no %d threads",
                threads);
  model->users.fetch_add(1, std::memory_order_relaxed);
  *context = new (memory.release()) atrous_context{
      makeExec(scratch.get()),
      model,
      arena.release(),
      {static_cast<char *>(scratch.release()), scratchStride},
      static_cast<atrous_buffer *>(buffers.release()),
      static_cast<int64_t *>(sizes.release()),
      threads,
      {false},
      {false},
      {false},
      ATROUS_OK,
      {},
      Heap(),
      {static_cast<uint64_t *>(times.release()), table->num_layers,
       threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC}};
  atrous_status status = prepareModel(*context);
  if (status)
    atrous_context_destroy(*context);
  return status;
}

void atrous_context_destroy(atrous_context *context) {
  if (!context)
    return;
  free(context->arena);
  free(context->scratch.base);
  free(context->buffers);
  free(context->sizes);
  free(context->layers.times);
  releaseModel(context->model);
  context->~atrous_context();
  free(context);
}

int32_t atrous_context_threads(const atrous_context *context) {
  return context->threads;
}

atrous_status atrous_context_layer_times(const atrous_context *context,
                                         uint64_t *nanoseconds,
                                         int32_t num_layers) {
  if (!context || !nanoseconds)
    return fail(ATROUS_ERROR_USAGE, "context or nanoseconds is null");
  int32_t count = context->layers.count;
  if (!count)
    return fail(ATROUS_ERROR_USAGE, "the model was compiled without profiling");
  if (num_layers != count)
    return fail(ATROUS_ERROR_USAGE, "expected times of %d layers, got %d",
                count, num_layers);
  memcpy(nanoseconds, context->layers.times, count * sizeof(uint64_t));
  return ATROUS_OK;
}

static atrous_status run(atrous_context *context) {
  const atrous_model *table = context->model->table;
  context->failed.store(false, std::memory_order_relaxed);
  context->written.store(false, std::memory_order_relaxed);
  context->exec.node = nullptr;
  context->heap.reset();
  context->layers.reset();
  // Round to nearest, denormals kept, no traps, whatever the caller uses.
  unsigned modes = _mm_getcsr();
  _mm_setcsr(0x1f80);
  atrous_status status = table->run(&context->exec, context->buffers,
                                    context->buffers + table->num_inputs,
                                    context->arena, table->constants);
  _mm_setcsr(modes);
  if (context->written.load(std::memory_order_acquire))
    return fail(context->status, "%s", context->error);
  if (status)
    return fail(status, "the network failed with status %d", status);
  return ATROUS_OK;
}

atrous_status atrous_context_run(atrous_context *context,
                                 const atrous_tensor *inputs,
                                 int32_t num_inputs, atrous_tensor *outputs,
                                 int32_t num_outputs) {
  if (!context)
    return fail(ATROUS_ERROR_USAGE, "context is null");
  if (context->busy.exchange(true, std::memory_order_acquire))
    return fail(ATROUS_ERROR_USAGE,
                "the context is running on another thread; give each thread "
                "its own");
  const atrous_model &table = *context->model->table;
  atrous_buffer *buffers = context->buffers;
  atrous_buffer *results = buffers + table.num_inputs;
  atrous_status status =
      checkInputs(table, inputs, num_inputs, context->heap, buffers);
  if (!status)
    status = checkOutputs(table, outputs, num_outputs, context->heap,
                          context->sizes, results);
  if (!status)
    status = run(context);
  if (!status)
    status = deliverOutputs(table, outputs, results);
  context->busy.store(false, std::memory_order_release);
  return status;
}
