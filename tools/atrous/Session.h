//===- Session.h - A model that runs ----------------------------*- C++ -*-===//

#ifndef ATROUS_TOOLS_ATROUS_SESSION_H
#define ATROUS_TOOLS_ATROUS_SESSION_H

#include "runtime/api/atrous.h"
#include "runtime/api/npy.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace atrous {

/// Named arrays, owned.
class Arrays {
public:
  Arrays() = default;
  ~Arrays() { clear(); }
  Arrays(const Arrays &) = delete;
  Arrays &operator=(const Arrays &) = delete;

  atrous_status read(llvm::StringRef path);
  void clear();
  llvm::MutableArrayRef<atrous_array> get() const {
    return {arrays, static_cast<size_t>(count)};
  }

private:
  atrous_array *arrays = nullptr;
  int32_t count = 0;
};

/// A loaded model with a context, its inputs and outputs. Every call prints
/// its error and returns the status.
class Session {
public:
  ~Session();

  /// Loads a .so; compiles an .onnx to a temporary one first, with the flags
  /// of CompileFlags.
  atrous_status load(llvm::StringRef model);

  /// Takes the inputs from "name=x.npy", "x.npy" (a model of one input) and
  /// "in.npz" (arrays by name). All inputs must be given.
  atrous_status readInputs(llvm::ArrayRef<std::string> arguments);

  /// Fills all inputs with the same pseudo-random numbers every time: reals
  /// in [0, 1), integers in [0, 8). Sizes that a run may choose are those of
  /// the model's first shape hint, else the least.
  atrous_status makeInputs();

  atrous_status run();

  /// "y.npy" for a model of one output, or "out.npz".
  atrous_status writeOutputs(const std::string &path) const;
  /// The inputs as .npz.
  atrous_status writeInputs(const std::string &path) const;

  const atrous_model &table() const { return *atrous_model_table(model); }
  llvm::ArrayRef<atrous_tensor> getOutputs() const { return outputs; }

private:
  atrous_status setInput(llvm::StringRef name, const atrous_tensor &tensor,
                         llvm::StringRef source);
  void allocateOutputs();
  atrous_status makeShapes();

  atrous_loaded_model *model = nullptr;
  atrous_context *context = nullptr;
  std::vector<Arrays> files;
  std::vector<std::vector<char>> memory;
  std::vector<std::vector<int64_t>> shapes;
  std::vector<atrous_tensor> inputs, outputs;
};

/// A file in the folder for temporary files, removed with the object.
class TemporaryFile {
public:
  explicit TemporaryFile(llvm::StringRef suffix);
  ~TemporaryFile();
  /// Empty if it could not be made.
  std::string path;
};

/// Prints the runtime's last error; gives `status` back.
atrous_status reportRuntimeError(atrous_status status);

} // namespace atrous

#endif // ATROUS_TOOLS_ATROUS_SESSION_H
