//===- LayerDescription.h - What a network runs, one by one -----*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_LAYERDESCRIPTION_H
#define ATROUS_COMPILER_EMIT_LAYERDESCRIPTION_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace atrous {

/// A kernel's launch or a runtime function's call.
struct LayerDescription {
  std::string kernel;   ///< or the runtime function
  std::string schedule; ///< #kernel.cpu<...>; "" for a runtime function
  std::string hint;     ///< of the host function; "" for the one of any sizes
  std::vector<std::string> nodes;           ///< the ONNX nodes that it computes
  std::vector<std::string> inputs, outputs; ///< types: "1x4x56x56x16xf32"
  /// Of the loops as written, and of all operands. Nothing where a size is
  /// known at run time only, no operations for a runtime function.
  std::optional<double> operations;
  std::optional<int64_t> bytes;
  /// Of convolutions of f32: rounding errors as scheduled, and by the direct
  /// algorithm (passes/support/WinogradError.h).
  std::optional<double> errorBound, expectedError;
  std::optional<double> directErrorBound, directExpectedError;
};

/// The layers of a module of stage `plan`, in the order of its host functions.
std::vector<LayerDescription> describeLayers(mlir::ModuleOp module);

/// Gives each launch and call of a module of stage `plan` its number among
/// describeLayers (kernel::kLayerAttr): what it takes is then measured.
void numberLayers(mlir::ModuleOp module);

/// As in atrous_model::layers_json.
std::string toJson(llvm::ArrayRef<LayerDescription> layers);
llvm::Expected<std::vector<LayerDescription>> parseLayers(llvm::StringRef json);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_LAYERDESCRIPTION_H
