//===- Gemm.cpp - Gemm
//-----------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"
#include <cmath>

using namespace mlir;

namespace atrous::onnx_frontend {

/// value * factor, for a factor that the element type can hold.
static Value createScaled(NodeImport &node, Value value, llvm::StringRef name,
                          double factor) {
  if (factor == 1)
    return value;
  if (!node.isFloat(value) && factor != std::trunc(factor))
    node.refuse(name + " is " + llvm::Twine(std::to_string(factor)) +
                " for integer inputs, expected a whole number");
  return node.create<graph::MulOp>(value, node.scalar(value, factor));
}

// alpha * op(A) x op(B) + beta * C
void importGemm(NodeImport &node) {
  Value lhs = node.operand(0), rhs = node.operand(1), bias = node.operand(2);
  for (Value matrix : {lhs, rhs})
    if (node.findRank(matrix).value_or(2) != 2)
      node.refuse(
          "matrix operand has shape " +
          shapeText(cast<RankedTensorType>(matrix.getType()).getShape()) +
          ", expected rank 2");
  if (node.getInt("transA", 0) != 0) {
    auto perm = node.builder.getDenseI64ArrayAttr({1, 0});
    lhs = node.create<graph::TransposeOp>(lhs, perm);
  }
  bool transposeRhs = node.getInt("transB", 0) != 0;
  double alpha = node.getFloat("alpha", 1);
  double beta = node.getFloat("beta", 1);
  if (bias && beta == 0)
    bias = Value();
  if (bias)
    bias = createScaled(node, bias, "beta", beta);
  if (alpha == 1) {
    node.yield(node.create<graph::MatMulOp>(lhs, rhs, bias, transposeRhs));
    return;
  }
  Value product = node.create<graph::MatMulOp>(lhs, rhs, Value(), transposeRhs);
  Value result = createScaled(node, product, "alpha", alpha);
  if (bias)
    result = node.create<graph::AddOp>(result, bias);
  node.yield(result);
}

} // namespace atrous::onnx_frontend
