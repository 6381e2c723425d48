//===- capi.cpp - What a model's own C functions call ---------------------===//

#include "runtime/api/capi.h"

#include "runtime/api/tensors.h"
#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include <string.h>

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
  table = atrous_model_table(model);
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
                        const int64_t *const *input_shapes,
                        void *const *outputs, int64_t *const *output_shapes) {
  if (!opaque)
    return fail(ATROUS_ERROR_USAGE, "the instance is null");
  Instance *instance = static_cast<Instance *>(opaque);
  const atrous_model *table = instance->table;
  atrous_tensor *results = instance->tensors + table->num_inputs;
  for (int32_t i = 0; i < table->num_inputs; ++i) {
    const atrous_tensor_info &info = table->inputs[i];
    if (isDynamic(info) && !input_shapes[i])
      return fail(ATROUS_ERROR_USAGE, "input '%.200s': its shape is null",
                  info.name);
    instance->tensors[i].data = const_cast<void *>(inputs[i]);
    if (isDynamic(info))
      instance->tensors[i].shape = input_shapes[i];
  }
  for (int32_t i = 0; i < table->num_outputs; ++i) {
    const atrous_tensor_info &info = table->outputs[i];
    if (isDynamic(info) && (!outputs[i] || !output_shapes[i]))
      return fail(ATROUS_ERROR_USAGE,
                  "output '%.200s': its pointer or its shape is null",
                  info.name);
    results[i] = {outputs[i], info.dtype, info.rank, info.shape};
    if (isDynamic(info))
      results[i] = {*static_cast<void **>(outputs[i]), info.dtype, info.rank,
                    output_shapes[i]};
  }
  atrous_status status =
      atrous_context_run(instance->context, instance->tensors,
                         table->num_inputs, results, table->num_outputs);
  for (int32_t i = 0; i < table->num_outputs && !status; ++i) {
    if (!isDynamic(table->outputs[i]))
      continue;
    *static_cast<void **>(outputs[i]) = results[i].data;
    memmove(output_shapes[i], results[i].shape,
            static_cast<size_t>(results[i].rank) * sizeof(int64_t));
  }
  return status;
}

void atrous_capi_destroy(void *opaque) {
  if (!opaque)
    return;
  Instance *instance = static_cast<Instance *>(opaque);
  atrous_context_destroy(instance->context);
  free(instance->tensors);
  free(instance);
}
