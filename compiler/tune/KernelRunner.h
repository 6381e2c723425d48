//===- KernelRunner.h - A compiled model on memory of its own ---*- C++ -*-===//

#ifndef ATROUS_COMPILER_TUNE_KERNELRUNNER_H
#define ATROUS_COMPILER_TUNE_KERNELRUNNER_H

#include "runtime/api/atrous.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <vector>

namespace atrous {

/// A library that is loaded, with inputs of 0.5 and one memory that all outputs
/// of known size share: what is computed is not looked at.
class KernelRunner {
public:
  /// `inputShapes` say what the model does not.
  static llvm::Expected<std::unique_ptr<KernelRunner>>
  load(const std::string &library, int32_t threads,
       std::vector<std::vector<int64_t>> inputShapes = {});
  ~KernelRunner();

  llvm::Error run();
  const atrous_model &table() const { return *atrous_model_table(model); }

  /// Of a model compiled for profiling: runs it for about `seconds`, at least
  /// five times after a first one; the shortest time of each layer.
  llvm::Expected<std::vector<double>> timeLayers(double seconds);

private:
  KernelRunner() = default;
  llvm::Error prepare(std::vector<std::vector<int64_t>> inputShapes);
  void *allocate(const atrous_tensor &tensor);

  struct Free {
    void operator()(void *memory) const { std::free(memory); }
  };
  atrous_loaded_model *model = nullptr;
  atrous_context *context = nullptr;
  std::vector<std::vector<int64_t>> shapes;
  std::vector<std::unique_ptr<void, Free>> memory;
  std::vector<atrous_tensor> inputs, outputs;
};

} // namespace atrous

#endif // ATROUS_COMPILER_TUNE_KERNELRUNNER_H
