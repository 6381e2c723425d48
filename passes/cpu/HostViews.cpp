//===- HostViews.cpp - The same elements under other sizes ----------------===//

#include "passes/cpu/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

void HostLowering::lowerView(memref::ViewOp op) {
  HostBuffer source = getBuffer(op.getSource());
  HostBuffer view;
  view.block = source.block;
  view.base = advance(source.base, OpFoldResult(op.getByteShift()));
  view.offset = number(0);
  view.sizes = getMixedValues(cast<MemRefType>(op.getType()).getShape(),
                              op.getSizes(), builder);
  taken[op] = view;
}

void HostLowering::lowerReinterpretCast(memref::ReinterpretCastOp op) {
  HostBuffer source = getBuffer(op.getSource());
  HostBuffer view;
  view.block = source.block;
  view.base = source.base;
  view.offset = op.getMixedOffsets().front();
  view.sizes = op.getMixedSizes();
  if (!op.getType().getLayout().isIdentity())
    view.strides = op.getMixedStrides();
  taken[op] = view;
}

void HostLowering::lowerSubView(memref::SubViewOp op) {
  HostBuffer source = getBuffer(op.getSource());
  HostBuffer view;
  view.block = source.block;
  view.base = source.base;
  view.offset = source.offset;
  SmallVector<OpFoldResult> strides = getStrides(source);
  SmallVector<OpFoldResult> steps = op.getMixedStrides();
  llvm::SmallBitVector dropped = op.getDroppedDims();
  bool isIdentity = op.getType().getLayout().isIdentity();
  for (auto [i, offset] : llvm::enumerate(op.getMixedOffsets())) {
    view.offset = add(view.offset, multiply(offset, strides[i]));
    if (dropped.test(i))
      continue;
    view.sizes.push_back(op.getMixedSizes()[i]);
    if (!isIdentity)
      view.strides.push_back(multiply(strides[i], steps[i]));
  }
  taken[op] = view;
}

/// A cast or a reshape: the same elements under other sizes.
LogicalResult HostLowering::lowerAlias(Operation *op, Value source) {
  auto type = dyn_cast<MemRefType>(op->getResult(0).getType());
  std::optional<HostLayout> layout =
      type ? getLayout(type) : std::optional<HostLayout>();
  if (!layout)
    return op->emitError("result of type ")
           << op->getResult(0).getType() << " is no buffer with strides";
  HostBuffer buffer = getBuffer(source), view = buffer;
  if (auto expand = dyn_cast<memref::ExpandShapeOp>(op)) {
    view.sizes = getMixedValues(expand.getStaticOutputShape(),
                                expand.getOutputShape(), builder);
  } else if (auto collapse = dyn_cast<memref::CollapseShapeOp>(op)) {
    view.sizes.clear();
    for (const ReassociationIndices &group :
         collapse.getReassociationIndices()) {
      OpFoldResult size = number(1);
      for (int64_t i : group)
        size = multiply(size, buffer.sizes[i]);
      view.sizes.push_back(size);
    }
  }
  bool isCast = isa<memref::CastOp>(op);
  if (layout->strides.empty())
    view.strides.clear();
  else if (!isCast && llvm::any_of(layout->strides, ShapedType::isDynamic))
    return op->emitError("reshapes a buffer with dynamic strides");
  else if (!isCast || view.strides.empty())
    view.strides = getStrides(view);
  for (auto [size, known] : llvm::zip_equal(view.sizes, type.getShape()))
    if (!ShapedType::isDynamic(known))
      size = number(known);
  for (auto [stride, known] : llvm::zip(view.strides, layout->strides))
    if (!ShapedType::isDynamic(known))
      stride = number(known);
  taken[op->getResult(0)] = view;
  return success();
}

LogicalResult HostLowering::lowerSelect(arith::SelectOp op) {
  auto type = dyn_cast<MemRefType>(op.getType());
  if (!type)
    return op.emitError("selects ") << op.getType() << ", no buffer";
  HostBuffer a = getBuffer(op.getTrueValue());
  HostBuffer b = getBuffer(op.getFalseValue());
  SmallVector<Value> parts;
  for (auto [lhs, rhs] :
       llvm::zip_equal(getDynamicParts(type, a), getDynamicParts(type, b)))
    parts.push_back(
        builder.create<arith::SelectOp>(loc, op.getCondition(), lhs, rhs));
  return describe(op, type, parts, taken[op]);
}
