//===- KernelRunner.cpp - A compiled model on memory of its own -----------===//

#include "compiler/tune/KernelRunner.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <chrono>
#include <cstring>

using namespace atrous;

static llvm::Error makeRuntimeError() {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 atrous_last_error());
}

static size_t countElements(const atrous_tensor &tensor) {
  size_t count = 1;
  for (int64_t size : llvm::ArrayRef(tensor.shape, tensor.rank))
    count *= size;
  return count;
}

static size_t countBytes(const atrous_tensor &tensor) {
  return countElements(tensor) * atrous_dtype_size(tensor.dtype);
}

static bool isKnown(const atrous_tensor_info &info) {
  return llvm::none_of(llvm::ArrayRef(info.shape, info.rank),
                       [](int64_t size) { return size < 0; });
}

/// As the arena's memory, at a cache line.
void *KernelRunner::allocate(const atrous_tensor &tensor) {
  size_t whole =
      llvm::alignTo(std::max<size_t>(countBytes(tensor), 1), ATROUS_ALIGNMENT);
  void *data = std::aligned_alloc(ATROUS_ALIGNMENT, whole);
  memory.emplace_back(data);
  if (data)
    std::memset(data, 0, whole);
  return data;
}

llvm::Error
KernelRunner::prepare(std::vector<std::vector<int64_t>> inputShapes) {
  shapes = std::move(inputShapes);
  shapes.resize(table().num_inputs);
  for (int32_t i = 0; i < table().num_inputs; ++i) {
    const atrous_tensor_info &info = table().inputs[i];
    if (shapes[i].empty())
      shapes[i].assign(info.shape, info.shape + info.rank);
    atrous_tensor tensor = {nullptr, info.dtype, info.rank, shapes[i].data()};
    tensor.data = allocate(tensor);
    if (tensor.data && tensor.dtype == ATROUS_FLOAT32)
      std::fill_n(static_cast<float *>(tensor.data), countElements(tensor),
                  0.5f);
    inputs.push_back(tensor);
  }
  const atrous_tensor *largest = nullptr;
  for (int32_t i = 0; i < table().num_outputs; ++i) {
    const atrous_tensor_info &info = table().outputs[i];
    outputs.push_back(
        {nullptr, info.dtype, info.rank, isKnown(info) ? info.shape : nullptr});
  }
  for (const atrous_tensor &output : outputs)
    if (output.shape && (!largest || countBytes(output) > countBytes(*largest)))
      largest = &output;
  void *shared = largest ? allocate(*largest) : nullptr;
  for (atrous_tensor &output : outputs)
    if (output.shape)
      output.data = shared;
  if (llvm::all_of(memory, [](auto &block) { return block != nullptr; }))
    return llvm::Error::success();
  return llvm::createStringError(std::errc::not_enough_memory,
                                 "no memory to run a kernel with");
}

llvm::Expected<std::unique_ptr<KernelRunner>>
KernelRunner::load(const std::string &library, int32_t threads,
                   std::vector<std::vector<int64_t>> inputShapes) {
  std::unique_ptr<KernelRunner> runner(new KernelRunner());
  if (atrous_model_load(library.c_str(), &runner->model) ||
      atrous_context_create(runner->model, threads, &runner->context))
    return makeRuntimeError();
  if (llvm::Error error = runner->prepare(std::move(inputShapes)))
    return error;
  return runner;
}

KernelRunner::~KernelRunner() {
  atrous_context_destroy(context);
  atrous_model_destroy(model);
}

llvm::Error KernelRunner::run() {
  // What the run makes is a view of the context's memory.
  for (atrous_tensor &output : outputs)
    if (!isKnown(table().outputs[&output - outputs.data()]))
      output.data = nullptr, output.shape = nullptr;
  if (atrous_context_run(context, inputs.data(), table().num_inputs,
                         outputs.data(), table().num_outputs))
    return makeRuntimeError();
  return llvm::Error::success();
}

llvm::Expected<std::vector<double>> KernelRunner::timeLayers(double seconds) {
  using Clock = std::chrono::steady_clock;
  int32_t count = table().num_layers;
  std::vector<uint64_t> last(count), least(count, UINT64_MAX);
  if (llvm::Error error = run())
    return error;
  auto end = Clock::now() + std::chrono::duration<double>(seconds);
  for (int rounds = 0; rounds < 5 || Clock::now() < end; ++rounds) {
    if (llvm::Error error = run())
      return error;
    if (atrous_context_layer_times(context, last.data(), count))
      return makeRuntimeError();
    for (int32_t i = 0; i < count; ++i)
      least[i] = std::min(least[i], last[i]);
  }
  std::vector<double> result;
  for (uint64_t nanoseconds : least)
    result.push_back(1e-9 * static_cast<double>(nanoseconds));
  return result;
}
