//===- ElementwiseBinary.cpp - Two tensors, NumPy broadcasting
//-------------===//

#include "frontends/onnx/ops/LegacyBroadcast.h"

using namespace mlir;

namespace atrous::onnx_frontend {

#define ATROUS_BINARY(NAME, OP)                                                \
  void import##NAME(NodeImport &node) {                                        \
    node.yield(node.create<graph::OP>(node.operand(0),                         \
                                      getBroadcastRhs(node)));                 \
  }
ATROUS_BINARY(Add, AddOp)
ATROUS_BINARY(Sub, SubOp)
ATROUS_BINARY(Mul, MulOp)
ATROUS_BINARY(Div, DivOp)
ATROUS_BINARY(And, AndOp)
ATROUS_BINARY(Or, OrOp)
ATROUS_BINARY(Xor, XorOp)
ATROUS_BINARY(BitwiseAnd, AndOp)
ATROUS_BINARY(BitwiseOr, OrOp)
ATROUS_BINARY(BitwiseXor, XorOp)
#undef ATROUS_BINARY

void importBitShift(NodeImport &node) {
  Value x = node.operand(0), bits = node.operand(1);
  if (node.getEnum("direction", {"LEFT", "RIGHT"}) == "LEFT")
    node.yield(node.create<graph::ShiftLeftOp>(x, bits));
  else
    node.yield(node.create<graph::ShiftRightOp>(x, bits));
}

void importPow(NodeImport &node) {
  Value x = node.operand(0), y = getBroadcastRhs(node);
  Type xType = node.elementType(x), yType = node.elementType(y);
  if (xType == yType) {
    node.yield(node.create<graph::PowOp>(x, y));
    return;
  }
  // The result has the base's type; computing is done in a floating-point type
  // where there is one, as an integer base may have a fractional exponent.
  Type computed =
      isa<FloatType>(xType) || !isa<FloatType>(yType) ? xType : yType;
  if (computed != xType)
    x = node.create<graph::CastOp>(x, computed);
  else
    y = node.create<graph::CastOp>(y, computed);
  Value power = node.create<graph::PowOp>(x, y);
  if (computed != xType)
    power = node.create<graph::CastOp>(power, xType);
  node.yield(power);
}

/// The remainder with the divisor's sign, of floating-point numbers.
static Value createFloorMod(NodeImport &node, Value x, Value y) {
  Value zero = node.scalar(x, 0);
  auto isNegative = [&](Value value) {
    return node.create<graph::CompareOp>(graph::ComparePredicate::lt, value,
                                         zero);
  };
  Value rest = node.create<graph::ModOp>(x, y, /*fmod=*/true);
  Value isWhole =
      node.create<graph::CompareOp>(graph::ComparePredicate::eq, rest, zero);
  Value signsDiffer =
      node.create<graph::XorOp>(isNegative(rest), isNegative(y));
  Value mustMove = node.create<graph::AndOp>(node.create<graph::NotOp>(isWhole),
                                             signsDiffer);
  Value moved = node.create<graph::AddOp>(rest, y);
  return node.create<graph::WhereOp>(mustMove, moved, rest);
}

void importMod(NodeImport &node) {
  Value x = node.operand(0), y = node.operand(1);
  bool fmod = node.getInt("fmod", 0) != 0;
  if (fmod || !node.isFloat(x)) {
    node.yield(node.create<graph::ModOp>(x, y, fmod));
    return;
  }
  if (node.opset < 28)
    node.refuse("fmod must be 1 for floating-point inputs");
  node.yield(createFloorMod(node, x, y));
}

} // namespace atrous::onnx_frontend
