//===- Depthwise.cpp - Convolution with one channel per group -------------===//
//
// Channels are lanes of all operands, so nothing is broadcast: a tile of image
// rows x columns shares each tap's weights.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/RegisterTile.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

static FailureOr<TileRoles> findRoles(linalg::GenericOp root) {
  FailureOr<unsigned> lane = findLaneDim(root);
  if (failed(lane) || !isMultiplyAdd(root) || !usesDim(root, 0, *lane) ||
      !usesDim(root, 1, *lane))
    return failure();
  TileRoles roles;
  roles.lane = *lane;
  SmallVector<unsigned> spatial;
  for (auto [dim, kind] : llvm::enumerate(root.getIteratorTypesArray())) {
    if (dim == *lane)
      continue;
    if (kind == utils::IteratorType::reduction) {
      roles.reductions.push_back(dim);
      continue;
    }
    // Image dimensions and the batch are in the activation alone.
    bool shared = usesDim(root, 0, dim) && usesDim(root, 1, dim);
    (shared ? roles.outer : spatial).push_back(dim);
  }
  if (!spatial.empty())
    roles.column = spatial.pop_back_val();
  if (!spatial.empty())
    roles.row = spatial.pop_back_val();
  roles.outer.append(spatial);
  return roles;
}

LogicalResult cpu::emitDepthwise(OpBuilder &builder, KernelContext &context) {
  FailureOr<TileRoles> roles = findRoles(context.root);
  if (failed(roles))
    return context.def.emitError(
        "is scheduled as a depthwise convolution, but its root is none");
  return emitRegisterTile(builder, context, *roles);
}
