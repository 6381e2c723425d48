//===- CollapseDimensions.cpp - Fewer and longer loops --------------------===//

#include "passes/cpu/CollapseDimensions.h"

#include "passes/cpu/Access.h"
#include "passes/cpu/Sizes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;

namespace atrous::cpu {
namespace {

/// An operand without its dimensions of size 1.
struct OperandView {
  Value value;
  SmallVector<int64_t> sizes;
  SmallVector<int64_t> strides; ///< none for a dense one of dynamic sizes
  SmallVector<AffineExpr> exprs;
  SmallVector<unsigned> positions; ///< in the operand's type

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
           (strides.empty() || strides[p] == strides[q] * sizes[q]);
  }
  /// The position of `dim`, as it stands, among the operand's dimensions.
  std::optional<unsigned> positionOf(unsigned dim) const {
    for (auto [position, expr] : llvm::enumerate(exprs))
      if (expr == getAffineDimExpr(dim, expr.getContext()))
        return position;
    return std::nullopt;
  }
};

/// For each dimension of a new view, the dimensions of the buffer that are one
/// in it. Dimensions of size 1 are in none.
using Groups = SmallVector<SmallVector<unsigned, 2>>;

/// Gives the view of type `type`.
using CastFn = function_ref<Value(Value, MemRefType type, const Groups &)>;

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

  linalg::GenericOp rebuild(CastFn cast);

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
  SmallVector<OperandView, 4> views;
};

} // namespace

OperandView Space::viewOperand(OpOperand &operand) {
  OperandView view{operand.get(), {}, {}, {}, {}};
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
  bool isStatic = succeeded(getStaticStrides(type, strides, offset));
  for (unsigned position = 0; position < type.getRank(); ++position) {
    if (type.getDimSize(position) == 1)
      continue;
    view.sizes.push_back(type.getDimSize(position));
    if (isStatic)
      view.strides.push_back(strides[position]);
    AffineExpr expr = map.getResult(position).replaceDims(kept);
    view.exprs.push_back(simplifyAffineExpr(expr, map.getNumDims(), 0));
    view.positions.push_back(position);
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

linalg::GenericOp Space::rebuild(CastFn cast) {
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
    Groups groups;
    for (unsigned i = 0; i < view.exprs.size(); ++i) {
      AffineExpr expr = view.exprs[i];
      auto dim = dyn_cast<AffineDimExpr>(expr);
      bool isJoined = dim && joined.test(dim.getPosition());
      if (isJoined) {
        bool isKnown = !ShapedType::isDynamic(sizes.back()) &&
                       !ShapedType::isDynamic(view.sizes[i]);
        sizes.back() =
            isKnown ? sizes.back() * view.sizes[i] : ShapedType::kDynamic;
        groups.back().push_back(view.positions[i]);
      } else {
        sizes.push_back(view.sizes[i]);
        groups.push_back({view.positions[i]});
        exprs.push_back(expr.replaceDims(replacements));
      }
      if (isJoined && !view.strides.empty())
        strides.back() = view.strides[i];
      else if (!view.strides.empty())
        strides.push_back(view.strides[i]);
    }
    maps.push_back(AffineMap::get(newIterators.size(), 0, exprs, context));
    auto type = dyn_cast<MemRefType>(view.value.getType());
    if (!type) {
      operands.push_back(view.value);
      continue;
    }
    MemRefLayoutAttrInterface layout;
    SmallVector<int64_t> oldStrides;
    int64_t offset;
    if (succeeded(getStaticStrides(type, oldStrides, offset)))
      layout = StridedLayoutAttr::get(context, offset, strides);
    else if (llvm::is_contained(sizes, 0))
      layout = StridedLayoutAttr::get(context, 0,
                                      SmallVector<int64_t>(sizes.size(), 1));
    auto newType = MemRefType::get(sizes, type.getElementType(), layout,
                                   type.getMemorySpace());
    operands.push_back(cast(view.value, newType, groups));
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

/// `buffer` with the dimensions `groups`.
static Value createView(OpBuilder &builder, Value buffer, MemRefType type,
                        const Groups &groups) {
  Location loc = buffer.getLoc();
  SmallVector<int64_t> strides;
  int64_t offset;
  if (succeeded(getStaticStrides(type, strides, offset)))
    return builder.create<memref::ReinterpretCastOp>(loc, type, buffer, offset,
                                                     type.getShape(), strides);
  SmallVector<OpFoldResult> oldSizes = getSizes(buffer), sizes;
  for (const auto &group : groups) {
    sizes.push_back(builder.getIndexAttr(1));
    for (unsigned position : group)
      sizes.back() = multiply(builder, loc, sizes.back(), oldSizes[position]);
  }
  return createDenseView(builder, loc, buffer, sizes);
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
  struct View {
    Value buffer;
    Groups groups;
    Value result;
  };
  SmallVector<View> views;
  auto cast = [&](Value buffer, MemRefType type, const Groups &groups) {
    if (buffer.getType() == type)
      return buffer;
    for (View &view : views)
      if (view.buffer == buffer && view.groups == groups)
        return view.result;
    OpBuilder atDef = OpBuilder::atBlockBegin(&context.def.getBody().front());
    if (Operation *definition = buffer.getDefiningOp())
      atDef.setInsertionPointAfter(definition);
    // Stands for the buffer in `def`, which goes.
    Value result =
        atDef.create<UnrealizedConversionCastOp>(buffer.getLoc(), type, buffer)
            .getResult(0);
    context.mapping.map(
        result, createView(builder, context.bufferFor(buffer), type, groups));
    views.push_back({buffer, groups, result});
    return result;
  };
  context.root = root.rebuild(cast);
  for (auto [op, space] : llvm::zip_equal(context.epilogue, epilogue))
    op = space.rebuild(cast);
}

} // namespace atrous::cpu
