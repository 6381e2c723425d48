//===- InsertSlices.cpp - What a chain of inserts overwrites --------------===//

#include "passes/memory/InsertSlices.h"

#include "dialects/kernel/Kernel.h"

using namespace mlir;
using namespace atrous;

bool atrous::isConsumed(Value dest) {
  Operation *op = dest.getDefiningOp();
  return dest.hasOneUse() && isa_and_present<kernel::LaunchOp, kernel::ExternOp,
                                             tensor::EmptyOp,
                                             tensor::InsertSliceOp>(op);
}

/// Whether two inserts into tensors of the same shape write no common element.
static bool areDisjoint(tensor::InsertSliceOp a, tensor::InsertSliceOp b) {
  for (unsigned i = 0; i < a.getStaticOffsets().size(); ++i) {
    int64_t offsetA = a.getStaticOffsets()[i],
            offsetB = b.getStaticOffsets()[i];
    int64_t stepA = a.getStaticStrides()[i], stepB = b.getStaticStrides()[i];
    int64_t endA = offsetA + stepA * (a.getStaticSizes()[i] - 1);
    int64_t endB = offsetB + stepB * (b.getStaticSizes()[i] - 1);
    bool interleaved = stepA == stepB && (offsetA - offsetB) % stepA != 0;
    if (endA < offsetB || endB < offsetA || interleaved)
      return true;
  }
  return false;
}

/// The last op that writes, before `insert` does, where `insert` writes to, if
/// all destinations are shared; null for none.
static Operation *getWriteBelow(tensor::InsertSliceOp insert) {
  Value dest = insert.getDest();
  while (auto below = dest.getDefiningOp<tensor::InsertSliceOp>()) {
    bool isUndefined = below.getDest().getDefiningOp<tensor::EmptyOp>();
    if (!areDisjoint(insert, below) ||
        !(isUndefined || isConsumed(below.getDest())))
      return below;
    dest = below.getDest();
  }
  Operation *op = dest.getDefiningOp();
  return isa<tensor::EmptyOp>(op) ? nullptr : op;
}

/// Whether a later insert_slice, which shares the buffer of `insert`, writes
/// where `insert` does.
static bool isOverwritten(tensor::InsertSliceOp insert) {
  Value result = insert.getResult();
  while (isConsumed(result)) {
    auto next = dyn_cast<tensor::InsertSliceOp>(*result.user_begin());
    if (!next || next.getDest() != result)
      return false;
    if (!areDisjoint(insert, next))
      return true;
    result = next.getResult();
  }
  return false;
}

bool atrous::canMakeInPlace(tensor::InsertSliceOp insert) {
  bool isUndefined = insert.getDest().getDefiningOp<tensor::EmptyOp>();
  Operation *maker = insert.getSource().getDefiningOp();
  bool isPlaceable = isa_and_present<kernel::LaunchOp, kernel::ExternOp>(maker);
  bool isSafe = insert.getSource().hasOneUse() || !isOverwritten(insert);
  if (!isPlaceable || !isSafe || !(isUndefined || isConsumed(insert.getDest())))
    return false;
  Operation *below = isUndefined ? nullptr : getWriteBelow(insert);
  return !below || below->isBeforeInBlock(maker);
}
