//===- ElementwiseUnary.cpp - One tensor in, same shape out
//----------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

#define ATROUS_UNARY(NAME)                                                     \
  void import##NAME(NodeImport &node) {                                        \
    node.yield(node.create<graph::NAME##Op>(node.operand(0)));                 \
  }
ATROUS_UNARY(Abs)
ATROUS_UNARY(Neg)
ATROUS_UNARY(Ceil)
ATROUS_UNARY(Floor)
ATROUS_UNARY(Round)
ATROUS_UNARY(Sqrt)
ATROUS_UNARY(Exp)
ATROUS_UNARY(Log)
ATROUS_UNARY(Sin)
ATROUS_UNARY(Cos)
ATROUS_UNARY(Tan)
ATROUS_UNARY(Asin)
ATROUS_UNARY(Acos)
ATROUS_UNARY(Atan)
ATROUS_UNARY(Sinh)
ATROUS_UNARY(Cosh)
ATROUS_UNARY(Tanh)
ATROUS_UNARY(Asinh)
ATROUS_UNARY(Acosh)
ATROUS_UNARY(Atanh)
ATROUS_UNARY(Erf)
ATROUS_UNARY(Sigmoid)
ATROUS_UNARY(Relu)
ATROUS_UNARY(Sign)
ATROUS_UNARY(Not)
ATROUS_UNARY(Det)
#undef ATROUS_UNARY

void importBitwiseNot(NodeImport &node) { importNot(node); }

void importReciprocal(NodeImport &node) {
  Value x = node.operand(0);
  node.yield(node.create<graph::DivOp>(node.scalar(x, 1), x));
}

} // namespace atrous::onnx_frontend
