//===- FlatOperand.cpp - A buffer as one dimension ------------------------===//

#include "passes/cpu/FlatOperand.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "passes/cpu/Access.h"
#include "passes/cpu/Sizes.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

FlatOperand::FlatOperand(OpBuilder &builder, const KernelContext &context,
                         OpOperand &operand) {
  linalg::GenericOp root = context.root;
  Location loc = root.getLoc();
  Value source = context.bufferFor(operand.get());
  AffineMap map = root.getMatchingIndexingMap(&operand);
  unsigned numDims = map.getNumDims();
  steps.assign(numDims, builder.getIndexAttr(0));
  for (auto [expr, stride] :
       llvm::zip_equal(map.getResults(), getStrides(source)))
    for (unsigned dim = 0; dim < numDims; ++dim)
      if (int64_t coefficient = getCoefficient(expr, dim).value_or(0))
        steps[dim] = add(
            builder, loc, steps[dim],
            multiply(builder, loc, stride, builder.getIndexAttr(coefficient)));
  buffer = createDenseView(builder, loc, source, getSpan(builder, loc, source));
}

Value FlatOperand::getOffset(OpBuilder &builder, Location loc, Loop loop,
                             Value count) const {
  OpFoldResult step = loop ? steps[loop.dim] : builder.getIndexAttr(0);
  return getValueOrCreateConstantIndexOp(builder, loc,
                                         multiply(builder, loc, count, step));
}
