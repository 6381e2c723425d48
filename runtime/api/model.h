//===- model.h - A model in use ---------------------------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_API_MODEL_H
#define ATROUS_RUNTIME_API_MODEL_H

#include "runtime/api/atrous.h"
#include "runtime/cpu/thread_pool.h"
#include <atomic>

/// Constant but for the count of its users, its handle and its contexts, and for
/// what the first context prepares.
struct atrous_loaded_model {
  const atrous_model *table;
  atrous::runtime::ThreadPool *pool;
  void (*unload)(void *library); ///< null where the model is linked in
  void *library;
  std::atomic<uint32_t> users;
  std::atomic<uint32_t> preparing; ///< a state of prepareModel
  void *prepared;
};

namespace atrous::runtime {

/// Gives up one use; the last one frees the model.
void releaseModel(atrous_loaded_model *model);

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_API_MODEL_H
