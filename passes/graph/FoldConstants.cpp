//===- FoldConstants.cpp - Values of ops on constants ---------------------===//

#include "dialects/graph/Constants.h"
#include "passes/graph/Folding.h"
#include "passes/graph/Passes.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_FOLDCONSTANTS
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

namespace {
struct FoldConstants : atrous::impl::FoldConstantsBase<FoldConstants> {
  using FoldConstantsBase::FoldConstantsBase;

  void runOnOperation() override {
    SmallVector<Operation *> ops;
    if (auto held =
            getOperation()->getAttrOfType<ArrayAttr>(graph::kHeldElsewhereAttr))
      for (Attribute value : held)
        if (auto elements = dyn_cast<ElementsAttr>(value))
          ++holders[graph::getConstantStorage(elements)];
    getOperation().walk([&](Operation *op) {
      if (auto constant = dyn_cast<graph::ConstantOp>(op))
        ++holders[graph::getConstantStorage(constant.getValue())];
      else if (isa_and_nonnull<graph::GraphDialect>(op->getDialect()))
        ops.push_back(op);
    });
    for (Operation *op : ops)
      if (op->use_empty() || fold(op))
        eraseWithOperands(op);
    holders.clear();
  }

private:
  bool fold(Operation *op) {
    Operation *before = op->getPrevNode();
    bool isFolded =
        foldToValues(op, [&](Operation *op) { return mayEvaluate(op); });
    // What is new stands in front of the op.
    Block::iterator first =
        before ? std::next(before->getIterator()) : op->getBlock()->begin();
    for (Operation &made : llvm::make_range(first, op->getIterator()))
      if (auto constant = dyn_cast<graph::ConstantOp>(made))
        ++holders[graph::getConstantStorage(constant.getValue())];
    return isFolded;
  }

  bool mayEvaluate(Operation *op) {
    // A new layout is no larger but for padding, and weights must have theirs.
    if (isa<graph::ReorderOp>(op))
      return true;
    int64_t results = getResultBytes(op), operands = getOperandBytes(op);
    return results >= 0 && (results <= maxBytes || results <= operands);
  }

  /// Erases a dead op and the constants that only it used, whose memory is
  /// released at once: weights take as much as the model file.
  void eraseWithOperands(Operation *op) {
    if (!isOpTriviallyDead(op))
      return;
    llvm::SmallSetVector<Value, 4> operands;
    operands.insert(op->operand_begin(), op->operand_end());
    op->erase();
    for (Value operand : operands) {
      auto constant = operand.getDefiningOp<graph::ConstantOp>();
      if (!constant || !operand.use_empty())
        continue;
      ElementsAttr value = constant.getValue();
      constant->erase();
      if (--holders[graph::getConstantStorage(value)] == 0)
        graph::releaseConstant(value);
    }
  }

  /// How many constants of the module, and of others, hold a blob (null: those
  /// without one).
  DenseMap<const void *, int64_t> holders;
};
} // namespace
