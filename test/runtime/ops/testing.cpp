//===- testing.cpp - Calling runtime functions in tests -------------------===//

#include "test/runtime/ops/testing.h"

static size_t sizeOf(int32_t dtype) {
  switch (dtype) {
  case ATROUS_FLOAT64:
  case ATROUS_INT64:
  case ATROUS_UINT64:
    return 8;
  case ATROUS_FLOAT32:
  case ATROUS_INT32:
  case ATROUS_UINT32:
    return 4;
  case ATROUS_FLOAT16:
  case ATROUS_BFLOAT16:
  case ATROUS_INT16:
  case ATROUS_UINT16:
    return 2;
  }
  return 1;
}

OpCall::OpCall(atrous_extern_fn function, std::vector<Tensor> inputs,
               std::vector<int64_t> arguments, std::vector<ResultType> types) {
  Exec exec = {};
  exec.call = this;
  exec.struct_size = sizeof(atrous_exec);
  exec.parallel_for = [](atrous_exec *, atrous_task_fn task, void *const *slots,
                         int64_t count) {
    // Backwards: the order must not matter.
    for (int64_t i = count; i-- > 0;)
      task(slots, i, i + 1, nullptr);
  };
  exec.fail = [](atrous_exec *self, const char *node, const char *message) {
    static_cast<Exec *>(self)->call->error = std::string(node) + ": " + message;
  };
  exec.allocate = [](atrous_exec *self, const int64_t *shape, int32_t rank,
                     int64_t elementSize) -> void * {
    OpCall *call = static_cast<Exec *>(self)->call;
    int64_t bytes = elementSize;
    for (int32_t i = 0; i < rank; ++i)
      if (__builtin_mul_overflow(bytes, shape[i], &bytes) || bytes < 0 ||
          bytes > (1 << 28)) {
        call->error = "too large";
        return nullptr;
      }
    auto block = std::make_unique<char[]>(size_t(bytes) + 1);
    std::memset(block.get(), 0xa5, size_t(bytes));
    void *data = block.get();
    call->blocks[data] = std::move(block);
    return data;
  };
  exec.grow = [](atrous_exec *self, const void *data, int64_t used,
                 const int64_t *shape, int32_t rank, int64_t elementSize) {
    void *block = self->allocate(self, shape, rank, elementSize);
    if (block && used)
      std::memcpy(block, data, size_t(used));
    return block;
  };
  exec.release = [](atrous_exec *self, void *block) {
    static_cast<Exec *>(self)->call->blocks.erase(block);
  };

  std::vector<atrous_buffer> buffers;
  for (Tensor &input : inputs)
    buffers.push_back({input.bytes.data(), input.shape.data(),
                       int32_t(input.shape.size()), input.dtype});
  std::vector<Shape> shapes;
  for (ResultType type : types)
    shapes.emplace_back(type.rank + 1, -1);
  for (size_t i = 0; i < types.size(); ++i)
    buffers.push_back(
        {nullptr, shapes[i].data(), types[i].rank, types[i].dtype});
  atrous_status status = function(&exec, buffers.data(), arguments.data(), "n");
  EXPECT_EQ(status == ATROUS_OK, error.empty()) << error;
  if (status != ATROUS_OK)
    return;
  for (size_t i = 0; i < types.size(); ++i) {
    const atrous_buffer &buffer = buffers[inputs.size() + i];
    Tensor result{
        Shape(buffer.shape, buffer.shape + buffer.rank), buffer.dtype, {}};
    size_t bytes = sizeOf(buffer.dtype);
    for (int64_t size : result.shape)
      bytes *= size_t(size);
    const char *data = static_cast<const char *>(buffer.data);
    result.bytes.assign(data, data + bytes);
    results.push_back(result);
    blocks.erase(buffer.data);
  }
  leaked = blocks.size();
  EXPECT_EQ(leaked, 0u);
}
