//===- EinsumEquation.h - "ij,jk->ik" ---------------------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_EINSUMEQUATION_H
#define ATROUS_FRONTENDS_ONNX_OPS_EINSUMEQUATION_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// The name of a dimension: a letter, or -1, -2, ... for those that an ellipsis
/// stands for, counted from its end.
using Label = int;
using Labels = llvm::SmallVector<Label>;

struct EinsumEquation {
  llvm::SmallVector<Labels> terms; ///< one for each operand
  Labels output;
};

/// Reads the node's equation and holds it against the ranks of its operands.
EinsumEquation readEinsumEquation(NodeImport &node);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_EINSUMEQUATION_H
