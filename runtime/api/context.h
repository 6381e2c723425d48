//===- context.h - One running inference ------------------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_API_CONTEXT_H
#define ATROUS_RUNTIME_API_CONTEXT_H

#include "runtime/api/layer_clock.h"
#include "runtime/api/model.h"
#include "runtime/base/heap.h"

/// `exec` comes first: compiled code hands back a pointer to it.
struct atrous_context {
  atrous_exec exec;
  atrous_loaded_model *model;
  void *arena;
  atrous::runtime::ThreadScratch scratch;
  atrous_buffer *buffers; ///< all inputs, then all outputs
  int64_t *sizes;         ///< of the outputs that are made by the run
  int32_t threads;
  std::atomic<bool> busy;
  std::atomic<bool> failed;
  std::atomic<bool> written; ///< `error` is complete
  atrous_status status;      ///< that goes with it
  char error[896];
  atrous::runtime::Heap heap;
  atrous::runtime::LayerClock layers;
};

namespace atrous::runtime {

/// What compiled code may ask of a context whose threads work in `scratch`.
atrous_exec makeExec(void *scratch);

/// Makes what the context's model prepares from its constants, on the context's
/// threads, unless another context has done so.
atrous_status prepareModel(atrous_context *context);

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_API_CONTEXT_H
