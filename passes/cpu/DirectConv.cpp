//===- DirectConv.cpp - Direct convolution and panel matrix product -------===//
//
// Both are the same register tile: rows are blocks of output channels (column
// panels of the right matrix), columns are pixels of one image row (rows of the
// left matrix), and the activation's elements are broadcast.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/RegisterTile.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// Weights are the operand that is contiguous along the lanes.
static FailureOr<TileRoles> findRoles(linalg::GenericOp root) {
  FailureOr<unsigned> lane = findLaneDim(root);
  if (failed(lane) || !isMultiplyAdd(root))
    return failure();
  unsigned weights = usesDim(root, 0, *lane) ? 0 : 1;
  unsigned activation = 1 - weights;
  if (usesDim(root, activation, *lane))
    return failure();

  TileRoles roles;
  roles.lane = *lane;
  SmallVector<utils::IteratorType> kinds = root.getIteratorTypesArray();
  for (auto [dim, kind] : llvm::enumerate(kinds)) {
    if (dim == *lane)
      continue;
    if (kind == utils::IteratorType::reduction) {
      roles.reductions.push_back(dim);
      continue;
    }
    bool inWeights = usesDim(root, weights, dim);
    bool inActivation = usesDim(root, activation, dim);
    // The last of each kind is the innermost: the one to tile.
    std::optional<unsigned> *tiled = nullptr;
    if (inWeights && !inActivation)
      tiled = &roles.row;
    else if (inActivation && !inWeights)
      tiled = &roles.column;
    if (tiled && *tiled)
      roles.outer.push_back(**tiled);
    if (tiled)
      *tiled = dim;
    else
      roles.outer.push_back(dim);
  }
  return roles;
}

static LogicalResult emitBroadcastTile(OpBuilder &builder,
                                       KernelContext &context) {
  FailureOr<TileRoles> roles = findRoles(context.root);
  if (failed(roles))
    return context.def.emitError(
        "is scheduled as a register tile, but its root is no product of "
        "blocked weights and an activation");
  return emitRegisterTile(builder, context, *roles);
}

LogicalResult cpu::emitDirectConv(OpBuilder &builder, KernelContext &context) {
  return emitBroadcastTile(builder, context);
}

LogicalResult cpu::emitMatMul(OpBuilder &builder, KernelContext &context) {
  return emitBroadcastTile(builder, context);
}
