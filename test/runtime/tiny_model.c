/* y = 2 x + 1 on float32 [4, 8], in four tasks; a negative x[0] is an error. */
#include "runtime/abi/atrous_abi.h"

static void task(void *const *slots, int64_t begin, int64_t end,
                 void *scratch) {
  (void)scratch;
  const float *x = slots[0];
  float *y = slots[1];
  for (int64_t i = begin * 8; i < end * 8; ++i)
    y[i] = 2 * x[i] + 1;
}

static atrous_status run(atrous_exec *exec, const atrous_buffer *inputs,
                         atrous_buffer *outputs, void *arena,
                         const void *constants) {
  void *slots[2] = {inputs[0].data, outputs[0].data};
  ((char *)arena)[0] = 1;
  (void)constants;
  if (*(const float *)inputs[0].data < 0) {
    exec->fail(exec, "node 'N'", "x[0] is negative");
    exec->fail(exec, "node 'M'", "never seen");
    return ATROUS_ERROR_INPUT;
  }
  exec->parallel_for(exec, task, slots, 4);
  return ATROUS_OK;
}

static const int64_t shape[2] = {4, 8};
static const atrous_tensor_info input = {"x", ATROUS_FLOAT32, 2, shape, 0};
static const atrous_tensor_info output = {"y", ATROUS_FLOAT32, 2, shape, 0};

__attribute__((visibility("default"))) const atrous_model atrous_model_v3 = {
    sizeof(atrous_model), ATROUS_ABI_VERSION, "tiny", "a test", "{}", "x86-64",
    "sse3",               1,                  1,      &input,   &output, 64,
    shape,                0,                  run,                64};
