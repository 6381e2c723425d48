//===- ConvAnalysis.cpp - What a kernel's root computes -------------------===//

#include "passes/support/ConvAnalysis.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/SmallSet.h"

using namespace mlir;
using namespace atrous;

namespace {

/// An indexing expression as a sum: dimension -> coefficient, in the order
/// written, without the constant part.
using LinearForm = SmallVector<std::pair<unsigned, int64_t>, 2>;

/// The maps of a multiply-accumulate taken apart, and for each loop where it
/// appears.
struct Contraction {
  SmallVector<int64_t> sizes;
  SmallVector<utils::IteratorType> iterators;
  SmallVector<LinearForm> input, weights, output;

  Loop loop(unsigned dim) const { return {dim, sizes[dim]}; }
  bool isReduction(unsigned dim) const {
    return iterators[dim] == utils::IteratorType::reduction;
  }
};

/// What a loop indexes.
struct LoopUse {
  bool input = false, weights = false, output = false;
};

} // namespace

/// Adds `expr * factor` to `form`; false where it is not linear.
static bool addLinear(AffineExpr expr, int64_t factor, LinearForm &form) {
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    form.emplace_back(dim.getPosition(), factor);
    return true;
  }
  if (isa<AffineConstantExpr>(expr))
    return true;
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return false;
  if (binary.getKind() == AffineExprKind::Add)
    return addLinear(binary.getLHS(), factor, form) &&
           addLinear(binary.getRHS(), factor, form);
  auto scale = dyn_cast<AffineConstantExpr>(binary.getRHS());
  return binary.getKind() == AffineExprKind::Mul && scale &&
         addLinear(binary.getLHS(), factor * scale.getValue(), form);
}

static bool getLinearForms(AffineMap map, SmallVectorImpl<LinearForm> &forms) {
  for (AffineExpr expr : map.getResults())
    if (!addLinear(expr, 1, forms.emplace_back()))
      return false;
  return true;
}

static FailureOr<Contraction> getContraction(linalg::GenericOp op) {
  Contraction result;
  result.sizes = getKnownLoopSizes(op);
  if (!isMultiplyAccumulate(op))
    return failure();
  result.iterators = op.getIteratorTypesArray();
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  if (!getLinearForms(maps[0], result.input) ||
      !getLinearForms(maps[1], result.weights) ||
      !getLinearForms(maps[2], result.output))
    return failure();
  return result;
}

static SmallVector<LoopUse> getUses(const Contraction &op) {
  SmallVector<LoopUse> uses(op.sizes.size());
  for (const LinearForm &form : op.input)
    for (auto [dim, factor] : form)
      uses[dim].input = true;
  for (const LinearForm &form : op.weights)
    for (auto [dim, factor] : form)
      uses[dim].weights = true;
  for (const LinearForm &form : op.output)
    for (auto [dim, factor] : form)
      uses[dim].output = true;
  return uses;
}

/// The loop that alone walks the last dimension, one element a step.
static unsigned getInnermost(ArrayRef<LinearForm> forms) {
  if (forms.empty() || forms.back().size() != 1 ||
      forms.back().front().second != 1)
    return kNoLoop;
  return forms.back().front().first;
}

SmallVector<int64_t> atrous::getKnownLoopSizes(linalg::GenericOp op) {
  SmallVector<int64_t> sizes(op.getNumLoops(), ShapedType::kDynamic);
  for (OpOperand &operand : op->getOpOperands()) {
    auto type = dyn_cast<ShapedType>(operand.get().getType());
    if (!type)
      continue;
    for (auto [expr, size] : llvm::zip_equal(
             op.getMatchingIndexingMap(&operand).getResults(), type.getShape()))
      if (auto dim = dyn_cast<AffineDimExpr>(expr))
        if (int64_t &known = sizes[dim.getPosition()];
            ShapedType::isDynamic(known))
          known = size;
  }
  return sizes;
}

static bool areKnown(ArrayRef<Loop> loops) {
  return llvm::none_of(loops, [](Loop loop) { return loop.isDynamic(); });
}

/// Puts `dim` into `loop` unless that is taken.
static bool assign(Loop &loop, const Contraction &op, unsigned dim) {
  if (loop)
    return false;
  loop = op.loop(dim);
  return true;
}

bool atrous::isMultiplyAccumulate(linalg::GenericOp op) {
  if (op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1)
    return false;
  Block *body = op.getBody();
  auto isProduct = [&](Value value) {
    Operation *mul = value.getDefiningOp();
    if (!mul || !isa<arith::MulFOp, arith::MulIOp>(mul))
      return false;
    Value lhs = mul->getOperand(0), rhs = mul->getOperand(1);
    Value input = body->getArgument(0), weights = body->getArgument(1);
    return (lhs == input && rhs == weights) || (lhs == weights && rhs == input);
  };
  Operation *add = body->getTerminator()->getOperand(0).getDefiningOp();
  if (!add || !isa<arith::AddFOp, arith::AddIOp>(add))
    return false;
  Value acc = body->getArgument(2);
  Value lhs = add->getOperand(0), rhs = add->getOperand(1);
  return (lhs == acc && isProduct(rhs)) || (rhs == acc && isProduct(lhs));
}

/// Reads the window expressions `o*s + k*d` of the input: fills the spatial
/// lists in the input's order and marks the loops in `seen`.
template <typename Shape>
static bool readWindows(const Contraction &op, ArrayRef<LoopUse> uses,
                        Shape &shape, llvm::SmallSet<unsigned, 8> &seen) {
  for (const LinearForm &form : op.input) {
    if (form.size() != 2)
      continue;
    auto [outDim, stride] = form[0];
    auto [kernelDim, dilation] = form[1];
    if (op.isReduction(outDim)) {
      std::swap(outDim, kernelDim);
      std::swap(stride, dilation);
    }
    // A group and its block, not a window.
    if (!op.isReduction(outDim) && uses[outDim].weights)
      continue;
    if (op.isReduction(outDim) || !op.isReduction(kernelDim))
      return false;
    if (!uses[outDim].output || !uses[kernelDim].weights || stride < 1 ||
        dilation < 1)
      return false;
    shape.out.push_back(op.loop(outDim));
    shape.kernel.push_back(op.loop(kernelDim));
    shape.strides.push_back(stride);
    shape.dilations.push_back(dilation);
    seen.insert(outDim);
    seen.insert(kernelDim);
  }
  return !shape.out.empty();
}

FailureOr<ConvShape> atrous::analyzeConv(linalg::GenericOp generic) {
  FailureOr<Contraction> op = getContraction(generic);
  if (failed(op))
    return failure();
  SmallVector<LoopUse> uses = getUses(*op);
  ConvShape shape;
  llvm::SmallSet<unsigned, 8> seen;
  if (!readWindows(*op, uses, shape, seen))
    return failure();

  unsigned outInnermost = getInnermost(op->output);
  unsigned inInnermost = getInnermost(op->input);
  for (unsigned dim = 0; dim < op->sizes.size(); ++dim) {
    if (seen.contains(dim))
      continue;
    LoopUse use = uses[dim];
    Loop *role = nullptr;
    if (op->isReduction(dim))
      role = use.input && use.weights
                 ? (dim == inInnermost ? &shape.inLane : &shape.inBlock)
                 : nullptr;
    else if (use.input && use.weights)
      role = &shape.group;
    else if (use.input)
      role = &shape.batch;
    else if (use.weights)
      role = dim == outInnermost ? &shape.outLane : &shape.outBlock;
    if (!role || !assign(*role, *op, dim))
      return failure();
  }
  shape.blockedInput = static_cast<bool>(shape.inLane);
  bool weightsAlongLanes = getInnermost(op->weights) == shape.outLane.dim;
  if (!shape.outLane || !weightsAlongLanes)
    return failure();
  bool knowsChannels = areKnown({shape.group, shape.outBlock, shape.outLane,
                                 shape.inBlock, shape.inLane});
  if (!knowsChannels || !areKnown(shape.kernel))
    return failure();
  return shape;
}

FailureOr<DepthwiseShape> atrous::analyzeDepthwise(linalg::GenericOp generic) {
  FailureOr<Contraction> op = getContraction(generic);
  if (failed(op))
    return failure();
  SmallVector<LoopUse> uses = getUses(*op);
  DepthwiseShape shape;
  llvm::SmallSet<unsigned, 8> seen;
  if (!readWindows(*op, uses, shape, seen))
    return failure();

  unsigned innermost = getInnermost(op->output);
  for (unsigned dim = 0; dim < op->sizes.size(); ++dim) {
    if (seen.contains(dim))
      continue;
    LoopUse use = uses[dim];
    if (op->isReduction(dim) || !use.input || !use.output)
      return failure();
    Loop *role = !use.weights       ? &shape.batch
                 : dim == innermost ? &shape.lane
                                    : &shape.block;
    if (!assign(*role, *op, dim))
      return failure();
  }
  bool lanesInnermost = shape.lane &&
                        getInnermost(op->input) == shape.lane.dim &&
                        getInnermost(op->weights) == shape.lane.dim;
  if (!lanesInnermost || !areKnown({shape.block, shape.lane}) ||
      !areKnown(shape.kernel))
    return failure();
  return shape;
}

FailureOr<MatMulShape> atrous::analyzeMatMul(linalg::GenericOp generic) {
  FailureOr<Contraction> op = getContraction(generic);
  if (failed(op))
    return failure();
  SmallVector<LoopUse> uses = getUses(*op);
  unsigned rhsInnermost = getInnermost(op->weights);
  MatMulShape shape;
  SmallVector<unsigned, 2> rows, columns;
  for (unsigned dim = 0; dim < op->sizes.size(); ++dim) {
    LoopUse use = uses[dim];
    if (op->isReduction(dim)) {
      if (!use.input || !use.weights || !assign(shape.inner, *op, dim))
        return failure();
    } else if (use.input && use.weights) {
      shape.batch.push_back(op->loop(dim));
    } else if (use.input) {
      rows.push_back(dim);
    } else if (use.weights) {
      columns.push_back(dim);
    } else {
      return failure();
    }
  }
  if (!shape.inner || columns.empty() || columns.size() > 2)
    return failure();
  // Row loops before the last one are a batch that rhs is broadcast over.
  if (!rows.empty()) {
    shape.row = op->loop(rows.pop_back_val());
    for (unsigned dim : llvm::reverse(rows))
      shape.batch.insert(shape.batch.begin(), op->loop(dim));
  }
  // Of two column loops the one that steps by single columns is the lane.
  shape.column = op->loop(columns.front());
  if (columns.size() == 2) {
    shape.lane = op->loop(columns.back());
    if (rhsInnermost == shape.column.dim)
      std::swap(shape.lane, shape.column);
  }
  unsigned unitColumn = shape.lane ? shape.lane.dim : shape.column.dim;
  shape.columnsInnermost = rhsInnermost == unitColumn;
  bool innerInnermost = rhsInnermost == shape.inner.dim;
  if (!shape.columnsInnermost && !innerInnermost)
    return failure();
  if (getInnermost(op->input) != shape.inner.dim)
    return failure();
  if (!areKnown({shape.column, shape.lane, shape.inner}))
    return failure();
  return shape;
}
