//===- prepare.cpp - What a model computes from its constants once --------===//

#include "runtime/api/context.h"
#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include "runtime/cpu/futex.h"
#include <immintrin.h>
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace atrous::runtime;

enum State : uint32_t { kNothing, kInWork, kDone };

/// Gives back the pages of constants, which were read to be transformed. They
/// are those of a file: who reads them again gets them from there.
static void dropPages(const atrous_model &table) {
  uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  uintptr_t begin = reinterpret_cast<uintptr_t>(table.constants);
  uintptr_t end = (begin + table.constants_size) / page * page;
  begin = (begin + page - 1) / page * page;
  if (begin < end)
    madvise(reinterpret_cast<void *>(begin), end - begin, MADV_DONTNEED);
}

atrous_status atrous::runtime::prepareModel(atrous_context *context) {
  atrous_loaded_model *model = context->model;
  const atrous_model &table = *model->table;
  if (!table.prepared_size)
    return ATROUS_OK;
  uint32_t state = kNothing;
  while (!model->preparing.compare_exchange_strong(state, kInWork,
                                                   std::memory_order_acquire)) {
    if (state == kDone)
      break;
    futexWait(model->preparing, kInWork);
    state = kNothing;
  }
  if (state == kNothing) {
    model->prepared = allocateAligned(table.prepared_size);
    if (model->prepared) {
      // As in a run, whatever the caller uses.
      unsigned modes = _mm_getcsr();
      _mm_setcsr(0x1f80);
      table.prepare(&context->exec, table.constants, model->prepared);
      _mm_setcsr(modes);
      dropPages(table);
    }
    model->preparing.store(model->prepared ? kDone : kNothing,
                           std::memory_order_release);
    futexWake(model->preparing, INT_MAX);
  }
  context->exec.prepared = model->prepared;
  if (context->exec.prepared)
    return ATROUS_OK;
  return fail(ATROUS_ERROR_RESOURCE,
              "no memory for transformed weights (%llu bytes); compile with "
              "--memory=low",
              static_cast<unsigned long long>(table.prepared_size));
}
