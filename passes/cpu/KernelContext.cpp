//===- KernelContext.cpp - Sizes and tasks of a kernel --------------------===//

#include "passes/cpu/KernelEmitter.h"
#include "passes/cpu/Sizes.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;

namespace atrous::cpu {

SmallVector<OpFoldResult>
KernelContext::getLoopSizes(linalg::GenericOp op) const {
  // The verifier of linalg wants each loop alone in some index.
  SmallVector<OpFoldResult> sizes(op.getNumLoops());
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isa<MemRefType>(operand.get().getType()))
      continue;
    AffineMap map = op.getMatchingIndexingMap(&operand);
    for (auto [expr, size] :
         llvm::zip_equal(map.getResults(), getSizes(bufferFor(operand.get()))))
      if (auto dim = dyn_cast<AffineDimExpr>(expr))
        if (OpFoldResult &known = sizes[dim.getPosition()]; !known)
          known = size;
  }
  return sizes;
}

//===----------------------------------------------------------------------===//
// The number of tasks
//===----------------------------------------------------------------------===//

/// func.func private @sym__tasks(sizes...) -> index: a copy of what computes
/// `tasks` in the kernel.
static func::FuncOp createTasksFunction(const KernelContext &context,
                                        OpFoldResult tasks) {
  func::FuncOp kernel = context.func;
  OpBuilder builder(kernel);
  Location loc = kernel.getLoc();
  SmallVector<Type> types(context.sizeArguments.size(), builder.getIndexType());
  auto func = builder.create<func::FuncOp>(
      loc, (kernel.getSymName() + "__tasks").str(),
      builder.getFunctionType(types, builder.getIndexType()));
  func.setPrivate();
  Block *entry = func.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  IRMapping mapping;
  for (auto [from, to] :
       llvm::zip_equal(context.sizeArguments, entry->getArguments()))
    mapping.map(from, to);
  if (auto value = dyn_cast<Value>(tasks)) {
    BackwardSliceOptions options;
    options.omitBlockArguments = true;
    options.inclusive = true;
    SetVector<Operation *> slice;
    if (Operation *op = value.getDefiningOp())
      getBackwardSlice(op, &slice, options);
    for (Operation *op : topologicalSort(slice))
      builder.clone(*op, mapping);
    tasks = mapping.lookup(value);
  }
  builder.create<func::ReturnOp>(
      loc, getValueOrCreateConstantIndexOp(builder, loc, tasks));
  return func;
}

void KernelContext::setTasks(OpFoldResult tasks, int64_t points,
                             int64_t elements) const {
  OpBuilder builder(begin.getContext());
  if (!hasDynamicSizes) {
    func->setAttr(kernel::kTasksAttr,
                  builder.getI64IntegerAttr(getKnownSize(tasks)));
    return;
  }
  func::FuncOp count = createTasksFunction(*this, tasks);
  func->setAttr(kernel::kTasksFunctionAttr, FlatSymbolRefAttr::get(count));
  auto countOps = [](linalg::GenericOp op) -> uint64_t {
    return op.getBlock()->getOperations().size();
  };
  uint64_t work = llvm::SaturatingMultiply<uint64_t>(points, countOps(root));
  for (linalg::GenericOp op : epilogue)
    work = llvm::SaturatingMultiplyAdd<uint64_t>(elements, countOps(op), work);
  func->setAttr(kernel::kWorkPerTaskAttr,
                builder.getI64IntegerAttr(std::min<uint64_t>(work, INT64_MAX)));
}

} // namespace atrous::cpu
