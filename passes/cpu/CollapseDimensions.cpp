//===- CollapseDimensions.cpp - Fewer and longer loops --------------------===//

#include "passes/cpu/CollapseDimensions.h"

#include "passes/cpu/Access.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;

namespace atrous::cpu {
namespace {

/// An operand without its dimensions of size 1.
struct OperandView {
  Value value;
  SmallVector<int64_t> sizes, strides;
  SmallVector<AffineExpr> exprs;

  /// Whether dimensions `i` and `j` are one, or none, of the operand's.
  bool canJoin(unsigned i, unsigned j) const {
    SmallVector<unsigned> positions;
    for (auto [position, expr] : llvm::enumerate(exprs))
      if (expr.isFunctionOfDim(i) || expr.isFunctionOfDim(j))
        positions.push_back(position);
    if (positions.empty())
      return true;
    if (positions.size() != 2 || positions[0] + 1 != positions[1])
      return false;
    unsigned p = positions[0], q = positions[1];
    MLIRContext *context = exprs[p].getContext();
    return exprs[p] == getAffineDimExpr(i, context) &&
           exprs[q] == getAffineDimExpr(j, context) &&
           strides[p] == strides[q] * sizes[q];
  }
  /// The position of `dim`, as it stands, among the operand's dimensions.
  std::optional<unsigned> positionOf(unsigned dim) const {
    for (auto [position, expr] : llvm::enumerate(exprs))
      if (expr == getAffineDimExpr(dim, expr.getContext()))
        return position;
    return std::nullopt;
  }
};

/// The iteration space of one op. Dimensions keep their old numbers until
/// `rebuild`.
class Space {
public:
  explicit Space(linalg::GenericOp op)
      : op(op), iterators(op.getIteratorTypesArray()) {
    SmallVector<int64_t> ranges = op.getStaticLoopRanges();
    for (unsigned dim = 0; dim < ranges.size(); ++dim)
      if (ranges[dim] != 1)
        dims.push_back(dim);
    joined.resize(ranges.size());
    indexed.resize(ranges.size());
    op.getRegion().walk(
        [&](linalg::IndexOp index) { indexed.set(index.getDim()); });
    for (OpOperand &operand : op->getOpOperands())
      views.push_back(viewOperand(operand));
  }

  ArrayRef<unsigned> getDims() const { return dims; }
  const OperandView &getOutput(unsigned number) const {
    return views[views.size() - numOutputs() + number];
  }
  bool canJoin(unsigned i, unsigned j) const {
    return iterators[i] == iterators[j] && !indexed.test(i) &&
           !indexed.test(j) &&
           llvm::all_of(views, [&](const OperandView &view) {
             return view.canJoin(i, j);
           });
  }
  /// Makes `j` one with the dimension before it.
  void joinToPrevious(unsigned j) { joined.set(j); }

  linalg::GenericOp rebuild(function_ref<Value(Value, MemRefType)> cast);

private:
  unsigned numOutputs() const {
    linalg::GenericOp generic = op;
    return generic.getNumDpsInits();
  }
  OperandView viewOperand(OpOperand &operand);
  void renumberIndices(linalg::GenericOp newOp, ArrayRef<int64_t> newDims);

  linalg::GenericOp op;
  SmallVector<utils::IteratorType> iterators;
  /// The dimensions whose size is not 1, in order.
  SmallVector<unsigned> dims;
  llvm::SmallBitVector joined, indexed;
  SmallVector<OperandView> views;
};

} // namespace

OperandView Space::viewOperand(OpOperand &operand) {
  OperandView view{operand.get(), {}, {}, {}};
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return view;
  AffineMap map = op.getMatchingIndexingMap(&operand);
  MLIRContext *context = op.getContext();
  SmallVector<AffineExpr> kept;
  for (unsigned dim = 0; dim < map.getNumDims(); ++dim)
    kept.push_back(llvm::is_contained(dims, dim)
                       ? getAffineDimExpr(dim, context)
                       : getAffineConstantExpr(0, context));
  SmallVector<int64_t> strides;
  int64_t offset;
  (void)getStaticStrides(type, strides, offset);
  for (auto [size, stride, expr] :
       llvm::zip_equal(type.getShape(), strides, map.getResults()))
    if (size != 1) {
      view.sizes.push_back(size);
      view.strides.push_back(stride);
      view.exprs.push_back(
          simplifyAffineExpr(expr.replaceDims(kept), map.getNumDims(), 0));
    }
  return view;
}

void Space::renumberIndices(linalg::GenericOp newOp,
                            ArrayRef<int64_t> newDims) {
  newOp.getRegion().walk([&](linalg::IndexOp index) {
    OpBuilder builder(index);
    int64_t dim = newDims[index.getDim()];
    Value value;
    if (dim < 0)
      value = builder.create<arith::ConstantIndexOp>(index.getLoc(), 0);
    else
      value = builder.create<linalg::IndexOp>(index.getLoc(), dim);
    index.replaceAllUsesWith(value);
    index.erase();
  });
}

linalg::GenericOp Space::rebuild(function_ref<Value(Value, MemRefType)> cast) {
  MLIRContext *context = op.getContext();
  SmallVector<int64_t> newDims(iterators.size(), -1);
  SmallVector<utils::IteratorType> newIterators;
  for (unsigned dim : dims) {
    if (!joined.test(dim))
      newIterators.push_back(iterators[dim]);
    newDims[dim] = newIterators.size() - 1;
  }
  SmallVector<AffineExpr> replacements =
      llvm::map_to_vector(newDims, [&](int64_t dim) -> AffineExpr {
        return dim < 0 ? getAffineConstantExpr(0, context)
                       : getAffineDimExpr(dim, context);
      });

  SmallVector<Value> operands;
  SmallVector<AffineMap> maps;
  for (OperandView &view : views) {
    SmallVector<int64_t> sizes, strides;
    SmallVector<AffineExpr> exprs;
    for (auto [size, stride, expr] :
         llvm::zip_equal(view.sizes, view.strides, view.exprs)) {
      auto dim = dyn_cast<AffineDimExpr>(expr);
      if (dim && joined.test(dim.getPosition())) {
        sizes.back() *= size;
        strides.back() = stride;
        continue;
      }
      sizes.push_back(size);
      strides.push_back(stride);
      exprs.push_back(expr.replaceDims(replacements));
    }
    maps.push_back(AffineMap::get(newIterators.size(), 0, exprs, context));
    auto type = dyn_cast<MemRefType>(view.value.getType());
    if (!type) {
      operands.push_back(view.value);
      continue;
    }
    SmallVector<int64_t> oldStrides;
    int64_t offset;
    (void)getStaticStrides(type, oldStrides, offset);
    auto layout = StridedLayoutAttr::get(context, offset, strides);
    operands.push_back(
        cast(view.value, MemRefType::get(sizes, type.getElementType(), layout,
                                         type.getMemorySpace())));
  }

  OpBuilder builder(op);
  unsigned numInputs = operands.size() - numOutputs();
  auto newOp = builder.create<linalg::GenericOp>(
      op.getLoc(), TypeRange(), ArrayRef(operands).take_front(numInputs),
      ArrayRef(operands).drop_front(numInputs), maps, newIterators);
  newOp.getRegion().takeBody(op.getRegion());
  renumberIndices(newOp, newDims);
  op.erase();
  return newOp;
}

/// The epilogue's spaces over output number `output`.
static SmallVector<Space *> getSpaces(const KernelContext &context,
                                      MutableArrayRef<Space> epilogue,
                                      unsigned output) {
  linalg::GenericOp root = context.root;
  SmallVector<Space *> spaces;
  for (auto [op, space] : llvm::zip_equal(context.epilogue, epilogue)) {
    linalg::GenericOp generic = op;
    if (generic.getDpsInits()[0] == root.getDpsInits()[output])
      spaces.push_back(&space);
  }
  return spaces;
}

void collapseDimensions(OpBuilder &builder, KernelContext &context) {
  Space root(context.root);
  SmallVector<Space, 0> epilogue;
  for (linalg::GenericOp op : context.epilogue)
    epilogue.emplace_back(op);

  ArrayRef<unsigned> dims = root.getDims();
  for (unsigned n = 1; n < dims.size(); ++n) {
    unsigned i = dims[n - 1], j = dims[n];
    if (!root.canJoin(i, j))
      continue;
    // Where the output has the two dimensions, so has its epilogue.
    SmallVector<std::pair<Space *, unsigned>> joins;
    bool agreed = true;
    for (unsigned output = 0; output < context.initValues.size(); ++output) {
      std::optional<unsigned> at = root.getOutput(output).positionOf(i);
      if (!at)
        continue;
      for (Space *space : getSpaces(context, epilogue, output)) {
        unsigned p = space->getDims()[*at], q = space->getDims()[*at + 1];
        agreed &= space->canJoin(p, q);
        joins.emplace_back(space, q);
      }
    }
    if (!agreed)
      continue;
    root.joinToPrevious(j);
    for (auto [space, q] : joins)
      space->joinToPrevious(q);
  }

  // One value per buffer and shape: the epilogue finds the output by it.
  llvm::MapVector<std::pair<Value, Type>, Value> casts;
  auto cast = [&](Value buffer, MemRefType type) -> Value {
    if (buffer.getType() == type)
      return buffer;
    Value &result = casts[{buffer, type}];
    if (result)
      return result;
    SmallVector<int64_t> strides;
    int64_t offset;
    (void)getStaticStrides(type, strides, offset);
    auto create = [&](OpBuilder &at, Value source) {
      return at.create<memref::ReinterpretCastOp>(
          source.getLoc(), type, source, offset, type.getShape(), strides);
    };
    OpBuilder atDef = OpBuilder::atBlockBegin(&context.def.getBody().front());
    if (Operation *definition = buffer.getDefiningOp())
      atDef.setInsertionPointAfter(definition);
    result = create(atDef, buffer);
    context.mapping.map(result, create(builder, context.bufferFor(buffer)));
    return result;
  };
  context.root = root.rebuild(cast);
  for (auto [op, space] : llvm::zip_equal(context.epilogue, epilogue))
    op = space.rebuild(cast);
}

} // namespace atrous::cpu
