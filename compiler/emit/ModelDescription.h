//===- ModelDescription.h - What a compiled model says of itself *- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_MODELDESCRIPTION_H
#define ATROUS_COMPILER_EMIT_MODELDESCRIPTION_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"
#include <algorithm>
#include <string>
#include <vector>

namespace atrous {

struct TensorDescription {
  std::string name;           ///< as in the ONNX graph
  int32_t dtype;              ///< atrous_dtype
  std::vector<int64_t> shape; ///< -1 where a symbol stands
  /// Of the rank of `shape`, or empty: names of sizes ("" where static), and
  /// their bounds (-1 in `maxShape`: none).
  std::vector<std::string> symbols = {};
  std::vector<int64_t> minShape = {}, maxShape = {};

  bool isDynamic() const {
    return std::count(shape.begin(), shape.end(), -1) != 0;
  }
};

/// Taken at stage `plan`, for code generation drops what it tells. The values
/// of constants live in the MLIR context; nothing is copied.
struct ModelDescription {
  std::string name; ///< of the ONNX graph
  std::vector<TensorDescription> inputs, outputs;
  /// Sizes that it has code of its own for: "x:1x3x512x512,y:4".
  std::vector<std::string> hints;
  uint64_t arenaSize = 0;
  int64_t scratchSize = 0; ///< of each thread
  uint64_t constantsSize = 0;
  int64_t preparedSize = 0; ///< made from constants at load
  std::vector<std::pair<int64_t, mlir::ElementsAttr>> constants; ///< by offset
  std::string layersJson = "[]"; ///< of describeLayers
  int32_t numProfiledLayers = 0; ///< 0: not compiled for profiling
};

/// Reads the host functions and kernel.constants of a module of stage `plan`;
/// emits an error where they are not as that stage promises.
mlir::FailureOr<ModelDescription> describeModel(mlir::ModuleOp module);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_MODELDESCRIPTION_H
