//===- DirectConv.cpp - Direct convolution --------------------------------===//
//
// A register tile of output channel blocks x pixels of one image row; the
// activation's elements are broadcast.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/RegisterTile.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

LogicalResult cpu::emitDirectConv(OpBuilder &builder, KernelContext &context) {
  FailureOr<ConvShape> conv = analyzeConv(context.root);
  if (failed(conv) || conv->out.empty())
    return context.def.emitError(
        "is scheduled as a direct convolution, but its root is none");
  TileRoles roles;
  roles.lane = conv->outLane.dim;
  roles.row = conv->outBlock.dim;
  roles.column = conv->out.back().dim;
  roles.addOuter(conv->batch);
  roles.addOuter(conv->group);
  for (Loop loop : ArrayRef(conv->out).drop_back())
    roles.addOuter(loop);
  roles.addReduction(conv->inBlock);
  for (Loop loop : conv->kernel)
    roles.addReduction(loop);
  roles.addReduction(conv->inLane);
  return emitRegisterTile(builder, context, roles);
}
