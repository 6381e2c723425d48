//===- Placement.cpp - Which buffer each tensor lies in -------------------===//

#include "passes/memory/Placement.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "passes/memory/InsertSlices.h"

using namespace mlir;
using namespace atrous;

static RankedTensorType getType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Whether `op` shows its operand under another static type.
static bool isView(Operation *op) {
  return isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp>(
             op) &&
         atrous::isStaticTensor(op->getOperand(0)) &&
         atrous::isStaticTensor(op->getResult(0));
}

/// Whether the op that makes `value` can be told where to write.
static bool isPlaceable(Value value) {
  Operation *op = value.getDefiningOp();
  return op && !isa<arith::ConstantOp>(op);
}

/// The part of `view` that a slice op stands for.
template <typename SliceOp> static View getSlice(SliceOp op, const View &view) {
  return view.slice(op.getStaticOffsets(), op.getStaticSizes(),
                    op.getStaticStrides(), op.getDroppedDims());
}

/// The operands' parts of a concatenation that lies at `view`.
static SmallVector<View> getParts(tensor::ConcatOp op, const View &view) {
  SmallVector<View> parts;
  SmallVector<int64_t> offsets(view.shape.size(), 0);
  SmallVector<int64_t> steps(view.shape.size(), 1);
  for (Value operand : op.getInputs()) {
    ArrayRef<int64_t> shape = getType(operand).getShape();
    parts.push_back(view.slice(offsets, shape, steps, {}));
    offsets[op.getDim()] += shape[op.getDim()];
  }
  return parts;
}

bool atrous::isStaticTensor(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.hasStaticShape();
}

Placement::Placement(Block &block) : block(block) {
  bool isEntry = isa<func::FuncOp>(block.getParentOp());
  for (BlockArgument arg : block.getArguments()) {
    if (!isEntry || !isStaticTensor(arg))
      continue;
    unsigned buffer =
        addBuffer({Buffer::Kind::Input, getType(arg), arg.getArgNumber(), {}});
    views[arg] = View::dense(buffer, getType(arg).getShape());
  }
  for (Operation &op : llvm::reverse(block))
    demand(&op);
  for (Operation &op : block)
    resolve(&op);
}

unsigned Placement::addBuffer(Buffer buffer) {
  buffers.push_back(buffer);
  return buffers.size() - 1;
}

/// Whether memory that is not the block's holds `value`.
bool Placement::isExternal(Value value) const {
  Operation *op = value.getDefiningOp();
  if (value.getParentBlock() != &block || !op)
    return true;
  if (auto call = dyn_cast<kernel::ExternOp>(op))
    return call.getOutputs().empty();
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    return !isStaticTensor(cast.getSource());
  return isa<scf::IfOp, scf::WhileOp, tensor::ReshapeOp>(op);
}

/// Whether a use wants to see the whole of a dense buffer: control flow, and
/// what gives a tensor a dynamic shape.
static bool wantsWholeBuffer(Value value, Operation *user) {
  return user->getBlock() != value.getParentBlock() ||
         isa<scf::SCFDialect>(user->getDialect()) ||
         isa<tensor::ReshapeOp, tensor::ExtractOp>(user) ||
         (isa<tensor::CastOp>(user) && !isStaticTensor(user->getResult(0)));
}

/// Whether all users of `value` can find it at `view`.
bool Placement::fitsUsers(Value value, const View &view) const {
  if (view.isDense() && view.offset == 0)
    return true;
  return llvm::none_of(value.getUsers(), [&](Operation *user) {
    return wantsWholeBuffer(value, user);
  });
}

/// Where `value` is wanted, or a buffer of its own.
View Placement::getPlace(Value value) {
  auto [it, isNew] = views.try_emplace(value);
  if (isNew) {
    RankedTensorType type = getType(value);
    unsigned buffer =
        isExternal(value)
            ? addBuffer({Buffer::Kind::External, type, 0, value})
            : addBuffer({Buffer::Kind::Arena, type, 0, {}});
    it->second = View::dense(buffer, type.getShape());
  }
  return it->second;
}

bool Placement::tryPlace(Value value, const View &place) {
  if (value.getDefiningOp<kernel::ExternOp>() && !place.isDense())
    return false;
  if (isExternal(value) || !fitsUsers(value, place))
    return false;
  return isPlaceable(value) && place.hasUnitInnermostStride() &&
         views.try_emplace(value, place).second;
}

/// `source` is wanted at `place` when `op` is reached: it is made there, or
/// copied there.
void Placement::demandSource(Operation *op, Value source, const View &place) {
  if (getType(source).getNumElements() == 0 || tryPlace(source, place))
    return;
  transfers[op].push_back({source, place});
}

void Placement::demandInsert(tensor::InsertSliceOp op) {
  View place = getPlace(op.getResult());
  Value dest = op.getDest();
  bool isUndefined = dest.getDefiningOp<tensor::EmptyOp>();
  bool isShared = isConsumed(dest) && tryPlace(dest, place);
  if (!isShared && !isUndefined)
    transfers[op].push_back({dest, place});
  View slice = getSlice(op, place);
  if (getType(op.getSource()).getNumElements() == 0)
    return;
  bool mayShare = (isShared || isUndefined) && canMakeInPlace(op);
  if (!mayShare || !tryPlace(op.getSource(), slice))
    transfers[op].push_back({op.getSource(), slice});
}

/// Says where the operands of `op` are wanted; all uses of its results have
/// been seen.
void Placement::demand(Operation *op) {
  if (auto end = dyn_cast<func::ReturnOp>(op)) {
    for (OpOperand &operand : end->getOpOperands()) {
      if (!isStaticTensor(operand.get()))
        continue;
      RankedTensorType type = getType(operand.get());
      unsigned buffer = addBuffer(
          {Buffer::Kind::Output, type, operand.getOperandNumber(), {}});
      demandSource(op, operand.get(), View::dense(buffer, type.getShape()));
    }
  } else if (auto concat = dyn_cast<tensor::ConcatOp>(op)) {
    SmallVector<View> parts = getParts(concat, getPlace(concat.getResult()));
    for (auto [operand, part] : llvm::zip(concat.getInputs(), parts))
      demandSource(op, operand, part);
  } else if (auto insert = dyn_cast<tensor::InsertSliceOp>(op)) {
    demandInsert(insert);
  } else if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op)) {
    // An alias, unless the slice is wanted somewhere.
    auto it = views.find(slice.getResult());
    if (it != views.end())
      transfers[op].push_back({slice.getSource(), it->second});
  } else if (isView(op)) {
    auto it = views.find(op->getResult(0));
    if (it == views.end())
      return;
    View place = it->second;
    Value source = op->getOperand(0);
    std::optional<View> reshaped = place.reshape(getType(source).getShape());
    if (!reshaped || !tryPlace(source, *reshaped))
      transfers[op].push_back({source, place});
  } else if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    // Targets of reshapes are read where they are made.
    auto tensor = dyn_cast<RankedTensorType>(constant.getType());
    if (!tensor || tensor.getElementType().isIndex())
      return;
    RankedTensorType type = getType(constant);
    unsigned buffer = addBuffer({Buffer::Kind::Constant, type, 0, constant});
    views[constant] = View::dense(buffer, type.getShape());
  } else {
    for (Value result : op->getResults())
      if (isStaticTensor(result))
        getPlace(result);
  }
}

/// Lays an op's result upon its source, or in a buffer of its own.
void Placement::alias(Operation *op, std::optional<View> view) {
  Value result = op->getResult(0);
  if (views.count(result))
    return;
  if (view && view->hasUnitInnermostStride() && fitsUsers(result, *view)) {
    views[result] = *view;
    return;
  }
  transfers[op].push_back({op->getOperand(0), getPlace(result)});
}

void Placement::makeInputsDense(kernel::ExternOp op) {
  for (OpOperand &operand : op.getInputsMutable()) {
    if (!isStaticTensor(operand.get()))
      continue;
    View from = getView(operand.get());
    if (from.isDense())
      continue;
    RankedTensorType type = getType(operand.get());
    unsigned buffer = addBuffer({Buffer::Kind::Arena, type, 0, {}});
    View dense = View::dense(buffer, type.getShape());
    denseInputs[&operand] = dense;
    copies[op].push_back({from, dense, type.getElementType()});
  }
}

/// All values before `op` have views: gives aliases theirs, and copies their
/// source.
void Placement::resolve(Operation *op) {
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    alias(op, getSlice(slice, getView(slice.getSource())));
  else if (isView(op))
    alias(op, getView(op->getOperand(0))
                  .reshape(getType(op->getResult(0)).getShape()));
  else if (auto call = dyn_cast<kernel::ExternOp>(op))
    makeInputsDense(call);
  auto it = transfers.find(op);
  if (it == transfers.end())
    return;
  for (const Transfer &transfer : it->second) {
    View from = getView(transfer.source);
    if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
      from = getSlice(slice, from);
    addCopy(op, from, transfer.to, getType(transfer.source).getElementType());
  }
}

/// Copies between views whose shapes may differ.
void Placement::addCopy(Operation *op, const View &from, const View &to,
                        Type elementType) {
  if (std::optional<View> view = from.reshape(to.shape)) {
    copies[op].push_back({*view, to, elementType});
    return;
  }
  if (std::optional<View> view = to.reshape(from.shape)) {
    copies[op].push_back({from, *view, elementType});
    return;
  }
  auto type = RankedTensorType::get(from.shape, elementType);
  View dense =
      View::dense(addBuffer({Buffer::Kind::Arena, type, 0, {}}), from.shape);
  copies[op].push_back({from, dense, elementType});
  copies[op].push_back({*dense.reshape(to.shape), to, elementType});
}
