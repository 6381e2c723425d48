//===- capi.cpp - What a model's own C functions call ---------------------===//

#include "runtime/api/capi.h"

#include "runtime/base/error.h"
#include "runtime/base/memory.h"

using namespace atrous::runtime;

namespace {

struct Instance {
  const atrous_model *table;
  atrous_context *context;
  atrous_tensor *tensors; ///< the inputs, then the outputs
};

} // namespace

static void describe(const atrous_tensor_info *infos, int32_t count,
                     atrous_tensor *tensors) {
  for (int32_t i = 0; i < count; ++i)
    tensors[i] = {nullptr, infos[i].dtype, infos[i].rank, infos[i].shape};
}

void *atrous_capi_create(const atrous_model *table, int32_t threads) {
  atrous_loaded_model *model;
  if (atrous_model_from_table(table, &model))
    return nullptr;
  atrous_context *context;
  atrous_status status = atrous_context_create(model, threads, &context);
  atrous_model_destroy(model); // the context keeps it
  if (status)
    return nullptr;
  size_t count = static_cast<size_t>(table->num_inputs) +
                 static_cast<size_t>(table->num_outputs) + 1;
  FreeOnExit memory(malloc(sizeof(Instance)));
  FreeOnExit tensors(calloc(count, sizeof(atrous_tensor)));
  if (!memory.get() || !tensors.get()) {
    atrous_context_destroy(context);
    fail(ATROUS_ERROR_RESOURCE, "no memory for an instance");
    return nullptr;
  }
  Instance *instance = static_cast<Instance *>(memory.release());
  *instance = {table, context, static_cast<atrous_tensor *>(tensors.release())};
  describe(table->inputs, table->num_inputs, instance->tensors);
  describe(table->outputs, table->num_outputs,
           instance->tensors + table->num_inputs);
  return instance;
}

int32_t atrous_capi_run(void *opaque, const void *const *inputs,
                        void *const *outputs) {
  if (!opaque)
    return fail(ATROUS_ERROR_USAGE, "the instance is null");
  Instance *instance = static_cast<Instance *>(opaque);
  const atrous_model *table = instance->table;
  atrous_tensor *results = instance->tensors + table->num_inputs;
  for (int32_t i = 0; i < table->num_inputs; ++i)
    instance->tensors[i].data = const_cast<void *>(inputs[i]);
  for (int32_t i = 0; i < table->num_outputs; ++i)
    results[i].data = outputs[i];
  return atrous_context_run(instance->context, instance->tensors,
                            table->num_inputs, results, table->num_outputs);
}

void atrous_capi_destroy(void *opaque) {
  if (!opaque)
    return;
  Instance *instance = static_cast<Instance *>(opaque);
  atrous_context_destroy(instance->context);
  free(instance->tensors);
  free(instance);
}
