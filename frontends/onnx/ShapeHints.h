//===- ShapeHints.h - Inputs at the sizes of --shape-hint -------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_SHAPEHINTS_H
#define ATROUS_FRONTENDS_ONNX_SHAPEHINTS_H

#include "frontends/onnx/GraphInputs.h"

namespace atrous::onnx_frontend {

/// The network's inputs with the sizes that a hint gives fixed.
struct HintedInputs {
  /// The hint as --shape-hint spells it: "x:1x3x512x512,y:4".
  std::string text;
  llvm::SmallVector<GraphInput> inputs;
};

/// One for each of ImportOptions::hints. Refuses a hint that `inputs` do not
/// allow, and one that changes nothing.
llvm::SmallVector<HintedInputs> readHints(const ModelContext &context,
                                          llvm::ArrayRef<GraphInput> inputs);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_SHAPEHINTS_H
