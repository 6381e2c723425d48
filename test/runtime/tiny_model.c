/* y = 2 x + 1 on float32 [4, 8], in four tasks; a negative x[0] is an error. */
#include "runtime/abi/atrous_abi.h"

static void task(void *const *buffers, int64_t begin, int64_t end) {
  const float *x = buffers[0];
  float *y = buffers[1];
  for (int64_t i = begin * 8; i < end * 8; ++i)
    y[i] = 2 * x[i] + 1;
}

static atrous_status run(atrous_exec *exec, void *const *inputs,
                         void *const *outputs, void *arena,
                         const void *constants) {
  void *buffers[2] = {inputs[0], outputs[0]};
  ((char *)arena)[0] = 1;
  (void)constants;
  if (*(const float *)inputs[0] < 0) {
    exec->fail(exec, "node 'N'", "x[0] is negative");
    exec->fail(exec, "node 'M'", "never seen");
    return ATROUS_ERROR_INPUT;
  }
  exec->parallel_for(exec, task, buffers, 4);
  return ATROUS_OK;
}

static const int64_t shape[2] = {4, 8};
static const atrous_tensor_info input = {"x", ATROUS_FLOAT32, 2, shape, 0};
static const atrous_tensor_info output = {"y", ATROUS_FLOAT32, 2, shape, 0};

__attribute__((visibility("default"))) const atrous_model atrous_model_v1 = {
    sizeof(atrous_model), ATROUS_ABI_VERSION, "tiny", "a test", "{}", "x86-64",
    "sse3",               1,                  1,      &input,   &output, 64,
    shape,                0,                  run};
