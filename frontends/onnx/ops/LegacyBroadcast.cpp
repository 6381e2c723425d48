//===- LegacyBroadcast.cpp - Broadcasting before opset 7 ------------------===//

#include "frontends/onnx/ops/LegacyBroadcast.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;

namespace atrous::onnx_frontend {

Value getBroadcastRhs(NodeImport &node) {
  Value rhs = node.operand(1);
  if (node.opset >= 7 || node.getInt("broadcast", 0) == 0 ||
      !node.hasAttr("axis"))
    return rhs;
  int64_t rank = node.rankOf(node.operand(0)), rhsRank = node.rankOf(rhs);
  int64_t axis = node.normalizeAxis(node.getInt("axis", 0), rank);
  if (axis + rhsRank > rank)
    node.refuse("axis is " + llvm::Twine(axis) + ", which leaves " +
                llvm::Twine(rank - axis) + " dimensions for an input of rank " +
                llvm::Twine(rhsRank));
  auto ones = llvm::to_vector(llvm::seq<int64_t>(rhsRank, rank - axis));
  return ones.empty() ? rhs
                      : node.create<graph::UnsqueezeOp>(rhs,
                                                        node.i64Vector(ones));
}

} // namespace atrous::onnx_frontend
