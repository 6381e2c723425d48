//===- Depthwise.cpp - Convolution with one channel per group -------------===//
//
// Channels are lanes of all operands, so nothing is broadcast: a tile of image
// rows x columns shares each tap's weights, and neighbouring columns share what
// their windows overlap in.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/RegisterTile.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

LogicalResult cpu::emitDepthwise(OpBuilder &builder, KernelContext &context) {
  FailureOr<DepthwiseShape> conv = analyzeDepthwise(context.root);
  if (failed(conv) || conv->out.empty())
    return context.def.emitError(
        "is scheduled as a depthwise convolution, but its root is none");
  TileRoles roles;
  roles.lane = conv->lane.dim;
  roles.addOuter(conv->batch);
  roles.addOuter(conv->block);
  SmallVector<Loop, 3> image = conv->out;
  roles.column = image.pop_back_val().dim;
  if (!image.empty())
    roles.row = image.pop_back_val().dim;
  for (Loop loop : image)
    roles.addOuter(loop);
  for (Loop loop : conv->kernel)
    roles.addReduction(loop);
  return emitRegisterTile(builder, context, roles);
}
