//===- model.cpp - Check a model's table ----------------------------------===//

#include "runtime/api/model.h"

#include "runtime/api/tensors.h"
#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include "runtime/cpu/cpu_features.h"
#include <new>

using namespace atrous::runtime;

const char *atrous_last_error(void) { return lastError(); }

static atrous_status checkTensors(const atrous_tensor_info *tensors,
                                  int32_t count, const char *kind) {
  if (count < 0 || (count && !tensors))
    return fail(ATROUS_ERROR_INPUT, "the model's table of %ss is damaged",
                kind);
  for (int32_t i = 0; i < count; ++i) {
    const atrous_tensor_info &tensor = tensors[i];
    if (!atrous_dtype_size(tensor.dtype))
      return fail(ATROUS_ERROR_UNSUPPORTED, "%s '%s' has unknown type %d",
                  kind, tensor.name, tensor.dtype);
    // What is not known yet is checked by each run.
    size_t bytes;
    if (!isDynamic(tensor) &&
        !tensorBytes(tensor.shape, tensor.rank,
                     atrous_dtype_size(tensor.dtype), bytes))
      return fail(ATROUS_ERROR_INPUT, "%s '%s' is larger than the memory",
                  kind, tensor.name);
  }
  return ATROUS_OK;
}

atrous_status atrous_model_from_table(const atrous_model *table,
                                      atrous_loaded_model **model) {
  if (!table || !model)
    return fail(ATROUS_ERROR_USAGE, "table or model is null");
  if (table->abi_version != ATROUS_ABI_VERSION ||
      table->struct_size < sizeof(atrous_model))
    return fail(ATROUS_ERROR_UNSUPPORTED,
                "the model has ABI version %u (%u bytes), this runtime has "
                "version %d (%zu bytes); compile the model again",
                table->abi_version, table->struct_size, ATROUS_ABI_VERSION,
                sizeof(atrous_model));
  if (atrous_status status = chooseVariant(*table, table))
    return status;
  if (atrous_status status =
          checkTensors(table->inputs, table->num_inputs, "input"))
    return status;
  if (atrous_status status =
          checkTensors(table->outputs, table->num_outputs, "output"))
    return status;

  void *memory = malloc(sizeof(atrous_loaded_model));
  ThreadPool *pool = memory ? createPool() : nullptr;
  if (!pool) {
    free(memory);
    return fail(ATROUS_ERROR_RESOURCE, "no memory for a model");
  }
  *model =
      new (memory) atrous_loaded_model{table, pool, nullptr, nullptr, {1}, {0}, nullptr};
  return ATROUS_OK;
}

void atrous::runtime::releaseModel(atrous_loaded_model *model) {
  if (model->users.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  destroyPool(model->pool);
  free(model->prepared);
  // The table is gone once the library is.
  if (model->unload)
    model->unload(model->library);
  free(model);
}

void atrous_model_destroy(atrous_loaded_model *model) {
  if (model)
    releaseModel(model);
}

const atrous_model *atrous_model_table(const atrous_loaded_model *model) {
  return model->table;
}
