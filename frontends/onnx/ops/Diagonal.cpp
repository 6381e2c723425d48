//===- Diagonal.cpp - EyeLike and Trilu -----------------------------------===//
//
// Both compare an element's column with its row, moved by k: k above 0 speaks
// of diagonals above the main one.
//
//===----------------------------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"
#include "frontends/onnx/ops/Positions.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// predicate(column, row + k) for the last two dimensions of `x`.
static Value createMask(NodeImport &node, graph::ComparePredicate predicate,
                        Value x, Value k) {
  int64_t rank = node.rankOf(x);
  Value rows = createPositions(node, x, rank - 2);
  Value columns = createPositions(node, x, rank - 1);
  rows = node.create<graph::UnsqueezeOp>(rows, node.i64Vector(1));
  return node.create<graph::CompareOp>(predicate, columns,
                                       node.create<graph::AddOp>(rows, k));
}

void importEyeLike(NodeImport &node) {
  Value x = node.operand(0);
  if (node.rankOf(x) != 2)
    node.refuse("input has rank " + llvm::Twine(node.rankOf(x)) +
                ", expected 2");
  Type type = node.hasAttr("dtype") ? node.getType("dtype")
                                    : node.elementType(x);
  Value k = node.scalar(node.builder.getI64Type(), node.getInt("k", 0));
  Value mask = createMask(node, graph::ComparePredicate::eq, x, k);
  node.yield(node.create<graph::CastOp>(mask, type));
}

void importTrilu(NodeImport &node) {
  Value x = node.operand(0), k = node.operand(1);
  if (node.rankOf(x) < 2)
    node.refuse("input has rank " + llvm::Twine(node.rankOf(x)) +
                ", expected at least 2");
  Type i64 = node.builder.getI64Type();
  // A scalar, which some exporters write as a vector of one element.
  if (!k)
    k = node.scalar(i64, 0);
  else if (node.findRank(k).value_or(0) != 0)
    k = node.create<graph::ReshapeOp>(k, node.i64Vector({}),
                                      /*allowzero=*/false);
  bool upper = node.getInt("upper", 1) != 0;
  Value mask = createMask(node,
                          upper ? graph::ComparePredicate::ge
                                : graph::ComparePredicate::le,
                          x, k);
  Value zero = node.scalar(x, 0);
  node.yield(node.create<graph::WhereOp>(mask, x, zero));
}

} // namespace atrous::onnx_frontend
