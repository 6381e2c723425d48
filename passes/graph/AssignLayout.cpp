//===- AssignLayout.cpp - Channels blocked by the vector length -----------===//

#include "dialects/graph/Constants.h"
#include "dialects/kernel/Kernel.h"
#include "passes/graph/Passes.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_ASSIGNLAYOUT
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

/// The layout alone, without the names of dimensions; null for plain.
static graph::TensorAttr getLayout(Type type) {
  graph::TensorAttr attr = graph::getTensorAttr(type);
  if (!attr || attr.getInnerDims().empty())
    return nullptr;
  return graph::TensorAttr::get(type.getContext(), {}, attr.getInnerDims(),
                                attr.getInnerTiles());
}

/// Whether the dimensions that `layout` (null: none) blocks are known.
static bool canBlock(Type type, graph::TensorAttr layout) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  return ranked && (!layout || llvm::none_of(layout.getInnerDims(),
                                             [&](int64_t dim) {
                                               return dim >= ranked.getRank() ||
                                                      ranked.isDynamicDim(dim);
                                             }));
}

namespace {
class LayoutAssigner {
public:
  explicit LayoutAssigner(int64_t tile) : tile(tile) {}

  void assign(Operation *op);

private:
  bool assignBlocked(graph::BlockedLayoutOpInterface op);
  bool followsOperand(Operation *op);
  void assignPlain(Operation *op);
  Value getInLayout(Value value, graph::TensorAttr layout);

  int64_t tile;
  /// Each value in the layouts that it has been reordered to.
  DenseMap<std::pair<Value, Attribute>, Value> reordered;
};
} // namespace

/// `value` in `layout`: itself, what it was reordered from or to before, or a
/// new reorder right behind its definition, where every user finds it.
Value LayoutAssigner::getInLayout(Value value, graph::TensorAttr layout) {
  if (getLayout(value.getType()) == layout)
    return value;
  if (auto reorder = value.getDefiningOp<graph::ReorderOp>())
    if (getLayout(reorder.getInput().getType()) == layout)
      return reorder.getInput();
  Value &known = reordered[{value, layout}];
  if (known)
    return known;
  OpBuilder builder(value.getContext());
  builder.setInsertionPointAfterValue(value);
  auto type = cast<RankedTensorType>(value.getType());
  known = builder.create<graph::ReorderOp>(
      value.getLoc(), graph::withLayout(type, layout), value);
  return known;
}

/// True if an operand of full size is blocked already. Constants say nothing:
/// they take any layout for free.
bool LayoutAssigner::followsOperand(Operation *op) {
  return llvm::any_of(op->getOperands(), [](Value operand) {
    return graph::isChannelBlocked(operand.getType()) &&
           !graph::getConstantElements(operand);
  });
}

bool LayoutAssigner::assignBlocked(graph::BlockedLayoutOpInterface op) {
  if (!llvm::all_of(op->getOperandTypes(), llvm::IsaPred<RankedTensorType>) ||
      !llvm::all_of(op->getResultTypes(), llvm::IsaPred<RankedTensorType>))
    return false;
  if (!op.prefersBlockedLayout(tile) && !followsOperand(op))
    return false;
  SmallVector<bool> isBlocked;
  for (Type type : op->getOperandTypes())
    isBlocked.push_back(graph::isChannelBlocked(type));
  auto layouts = op.getBlockedOperandLayouts(tile, isBlocked);
  if (failed(layouts) || layouts->size() != op->getNumOperands())
    return false;
  graph::TensorAttr resultLayout = op.getBlockedResultLayout(tile);
  for (auto [type, layout] : llvm::zip(op->getOperandTypes(), *layouts))
    if (!canBlock(type, layout))
      return false;
  for (Type type : op->getResultTypes())
    if (!canBlock(type, resultLayout))
      return false;
  for (auto [operand, layout] : llvm::zip(op->getOpOperands(), *layouts))
    operand.set(getInLayout(operand.get(), layout));
  for (Value result : op->getResults())
    result.setType(graph::withLayout(cast<RankedTensorType>(result.getType()),
                                     resultLayout));
  return true;
}

void LayoutAssigner::assignPlain(Operation *op) {
  for (OpOperand &operand : op->getOpOperands())
    if (isa<RankedTensorType>(operand.get().getType()))
      operand.set(getInLayout(operand.get(), nullptr));
}

void LayoutAssigner::assign(Operation *op) {
  // A reorder that the module came with says itself what it takes.
  if (isa<graph::ReorderOp>(op) || op->getNumOperands() == 0)
    return;
  auto blocked = dyn_cast<graph::BlockedLayoutOpInterface>(op);
  if (!blocked || !assignBlocked(blocked))
    assignPlain(op);
}

namespace {
struct AssignLayout : atrous::impl::AssignLayoutBase<AssignLayout> {
  void runOnOperation() override {
    kernel::TargetAttr target = kernel::getTarget(getOperation());
    if (!target)
      return;
    LayoutAssigner assigner(target.getLanes());
    SmallVector<Operation *> ops;
    getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (op->getParentOfType<func::FuncOp>())
        ops.push_back(op);
    });
    for (Operation *op : ops)
      assigner.assign(op);
  }
};
} // namespace
