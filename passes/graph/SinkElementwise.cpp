//===- SinkElementwise.cpp - Elementwise ops before interleave ------------===//

#include "dialects/graph/Constants.h"
#include "passes/graph/Passes.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_SINKELEMENTWISE
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

/// True for a constant that every spatial position sees alike, so that it
/// broadcasts to each phase as it does to the whole.
static bool isSameEverywhere(Value value, int64_t rank) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || type.getRank() > rank || !graph::getConstantElements(value))
    return false;
  int64_t spatial = std::min(rank - 2, type.getRank());
  return llvm::all_of(type.getShape().take_back(spatial),
                      [](int64_t size) { return size == 1; });
}

/// The only user of the woven tensor, if it can work on the phases instead.
static Operation *getSinkableUser(graph::InterleaveOp interleave) {
  Value woven = interleave.getOutput();
  auto type = dyn_cast<RankedTensorType>(woven.getType());
  if (!type || !woven.hasOneUse())
    return nullptr;
  Operation *user = *woven.user_begin();
  if (!isa<graph::ElementwiseOpInterface>(user) || user->getNumResults() != 1)
    return nullptr;
  // Broadcasting may not make the result larger than the woven tensor.
  auto resultType = dyn_cast<RankedTensorType>(user->getResult(0).getType());
  if (!resultType || resultType.getShape() != type.getShape())
    return nullptr;
  for (Value operand : user->getOperands())
    if (operand != woven && !isSameEverywhere(operand, type.getRank()))
      return nullptr;
  return user;
}

/// interleave(phases) -> user becomes user per phase -> interleave.
static graph::InterleaveOp sink(graph::InterleaveOp interleave,
                                Operation *user) {
  OpBuilder builder(user);
  auto resultType = cast<RankedTensorType>(user->getResult(0).getType());
  SmallVector<Value> phases;
  for (Value phase : interleave.getInputs()) {
    IRMapping mapping;
    mapping.map(interleave.getOutput(), phase);
    Operation *copy = builder.clone(*user, mapping);
    auto type = cast<RankedTensorType>(phase.getType());
    copy->getResult(0).setType(
        type.clone(resultType.getElementType()));
    phases.push_back(copy->getResult(0));
  }
  auto woven = builder.create<graph::InterleaveOp>(
      interleave.getLoc(), resultType, phases, interleave.getStridesAttr(),
      interleave.getSpatialAttr());
  user->getResult(0).replaceAllUsesWith(woven.getOutput());
  user->erase();
  interleave.erase();
  return woven;
}

namespace {
struct SinkElementwise : atrous::impl::SinkElementwiseBase<SinkElementwise> {
  void runOnOperation() override {
    SmallVector<graph::InterleaveOp> interleaves;
    getOperation().walk(
        [&](graph::InterleaveOp op) { interleaves.push_back(op); });
    for (graph::InterleaveOp interleave : interleaves)
      while (Operation *user = getSinkableUser(interleave))
        interleave = sink(interleave, user);
  }
};
} // namespace
