//===- PlainPlan.cpp - The loops of a plain kernel ------------------------===//

#include "passes/cpu/PlainPlan.h"

#include "passes/cpu/Epilogue.h"
#include "passes/cpu/Sizes.h"
#include "passes/support/ConvAnalysis.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace atrous::cpu {

/// Tasks that a thread should find, so that an uneven split costs little.
constexpr int64_t kTasksPerThread = 8;
/// Points of the iteration space below which a row is not split into chunks.
constexpr int64_t kPointsPerChunk = 4096;
/// A vector with fewer lanes is not worth its set-up.
constexpr int64_t kFewestLanes = 4;

Access classifyOperand(linalg::GenericOp root, OpOperand &operand,
                       unsigned dim) {
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return Access::uniform;
  return classifyAccess(root.getMatchingIndexingMap(&operand), dim, type);
}

SmallVector<BlockArgument> getVaryingArgs(linalg::GenericOp root,
                                          unsigned dim) {
  SmallVector<BlockArgument> args(root.getRegionOutputArgs());
  for (OpOperand *operand : root.getDpsInputOperands())
    if (classifyOperand(root, *operand, dim) != Access::uniform)
      args.push_back(root.getMatchingBlockArgument(operand));
  return args;
}

Operation *matchCombiner(linalg::GenericOp root) {
  if (root.getNumDpsInits() != 1 || root.getNumReductionLoops() == 0)
    return nullptr;
  BlockArgument accumulator = root.getRegionOutputArgs()[0];
  Operation *op =
      root.getBlock()->getTerminator()->getOperand(0).getDefiningOp();
  if (!op || !accumulator.hasOneUse() || *accumulator.user_begin() != op)
    return nullptr;
  return isa<arith::AddFOp, arith::MulFOp, arith::MaximumFOp, arith::MinimumFOp,
             arith::MaxNumFOp, arith::MinNumFOp, arith::AddIOp, arith::MulIOp,
             arith::MaxSIOp, arith::MaxUIOp, arith::MinSIOp, arith::MinUIOp,
             arith::AndIOp, arith::OrIOp, arith::XOrIOp>(op)
             ? op
             : nullptr;
}

static bool isBool(Value buffer) {
  return cast<MemRefType>(buffer.getType()).getElementType().isInteger(1);
}

/// Why lanes along parallel dimension `dim` are not possible, or nothing.
static std::string refuseParallel(const KernelContext &context, unsigned dim) {
  linalg::GenericOp root = context.root;
  for (auto [number, init] : llvm::enumerate(root.getDpsInitsMutable())) {
    if (isBool(init.get()))
      return "stores booleans";
    if (classifyOperand(root, init, dim) != Access::contiguous)
      return "stores elements that are not adjacent";
    AffineExpr last = root.getMatchingIndexingMap(&init).getResults().back();
    // The epilogue's operands move with the output's last index.
    if (last != getAffineDimExpr(dim, root.getContext()))
      return "stores at a computed index";
    std::string reason;
    if (!canVectorizeEpilogue(context, number, &reason))
      return reason;
  }
  for (OpOperand *operand : root.getDpsInputOperands())
    if (classifyOperand(root, *operand, dim) == Access::other &&
        !root.getMatchingBlockArgument(operand).use_empty())
      return "reads elements that are not adjacent";
  return Uniformity(root, dim, getVaryingArgs(root, dim)).refusal().str();
}

/// Whether the reduction over `dim` can have an accumulator per lane.
static bool canVectorizeReduction(const KernelContext &context, unsigned dim) {
  linalg::GenericOp root = context.root;
  Operation *combiner = matchCombiner(root);
  // A sum in f16 loses too much to be worth a rule of its own.
  Type type = getElementTypeOrSelf(root.getDpsInits()[0].getType());
  if (type.isF16() || type.isBF16())
    return false;
  if (!combiner || isBool(root.getDpsInits()[0]) ||
      !arith::getNeutralElement(combiner))
    return false;
  bool readsRows = false;
  for (OpOperand *operand : root.getDpsInputOperands()) {
    Access access = classifyOperand(root, *operand, dim);
    if (access == Access::other)
      return false;
    readsRows |= access == Access::contiguous;
  }
  return readsRows &&
         Uniformity(root, dim, getVaryingArgs(root, dim)).refusal().empty();
}

/// Masked loads and stores are instructions for elements of 32 and 64 bits,
/// and with AVX-512 for smaller integers.
static bool canMask(const KernelContext &context) {
  auto isMaskable = [&](Type type) {
    if (auto memref = dyn_cast<MemRefType>(type))
      type = memref.getElementType();
    unsigned bits = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
    bool isWide = bits == 32 || bits == 64;
    bool isByteInteger = isa<IntegerType>(type) && bits >= 8;
    return isWide || (isByteInteger &&
                      context.schedule.getIsa() == kernel::CpuIsa::avx512);
  };
  auto isOpMaskable = [&](linalg::GenericOp op) {
    for (Type type : op->getOperandTypes())
      if (!isMaskable(type))
        return false;
    // Loads in the body are masked, too.
    WalkResult result = op.getRegion().walk([&](memref::LoadOp load) {
      return isMaskable(load.getType()) ? WalkResult::advance()
                                        : WalkResult::interrupt();
    });
    return !result.wasInterrupted();
  };
  return isOpMaskable(context.root) &&
         llvm::all_of(context.epilogue, isOpMaskable);
}

/// Lanes for a dimension of `size`: the schedule's, fewer for a short one.
static int64_t chooseLanes(const KernelContext &context, int64_t size,
                           bool mayMask) {
  int64_t lanes = llvm::bit_floor<uint64_t>(context.schedule.getLanes());
  uint64_t fitting = mayMask ? llvm::bit_ceil<uint64_t>(size)
                             : llvm::bit_floor<uint64_t>(size);
  if (!ShapedType::isDynamic(size))
    lanes = std::min<int64_t>(lanes, fitting);
  return lanes < kFewestLanes ? 1 : lanes;
}

static void chooseVectors(const KernelContext &context, PlainPlan &plan,
                          ArrayRef<unsigned> parallelDims) {
  linalg::GenericOp root = context.root;
  bool mayMask = canMask(context);
  auto setVectors = [&](PlainPlan::Vectorized kind, unsigned dim) {
    int64_t lanes = chooseLanes(context, plan.sizes[dim], mayMask);
    if (lanes == 1) {
      plan.refusal = "the vector dimension is too short";
      return false;
    }
    plan.vectorized = kind;
    plan.vectorDim = dim;
    plan.lanes = lanes;
    plan.masksRest = mayMask;
    plan.refusal.clear();
    return true;
  };
  plan.refusal = "the output has no vector dimension";
  AffineMap outputMap = root.getMatchingIndexingMap(root.getDpsInitOperand(0));
  if (outputMap.getNumResults() != 0) {
    auto dim = dyn_cast<AffineDimExpr>(outputMap.getResults().back());
    if (dim && llvm::is_contained(parallelDims, dim.getPosition())) {
      plan.refusal = refuseParallel(context, dim.getPosition());
      if (plan.refusal.empty() &&
          setVectors(PlainPlan::parallel, dim.getPosition()))
        return;
    }
  }
  if (!plan.reductions.empty() &&
      canVectorizeReduction(context, plan.reductions.back()))
    setVectors(PlainPlan::reduction, plan.reductions.back());
}

int64_t product(ArrayRef<int64_t> sizes, ArrayRef<unsigned> dims,
                int64_t unknown) {
  uint64_t result = 1;
  for (unsigned dim : dims)
    result = llvm::SaturatingMultiply<uint64_t>(
        result, ShapedType::isDynamic(sizes[dim]) ? unknown : sizes[dim]);
  return std::min<uint64_t>(result, INT64_MAX);
}

/// Elements of a dimension that are worth a task, if each is `points` points.
static int64_t getSmallestChunk(const PlainPlan &plan, unsigned dim,
                                int64_t points) {
  int64_t chunk =
      llvm::divideCeil(kPointsPerChunk, std::max<int64_t>(1, points));
  bool byVectors =
      plan.vectorized == PlainPlan::parallel && plan.vectorDim == dim;
  return llvm::alignTo(chunk, byVectors ? plan.lanes : 1);
}

/// Splits the parallel dimensions over tasks: as many leading ones as it takes
/// for `wanted`, then the next one by chunks. Each size that is not known may
/// be 1; the last of them is where the tasks must come from.
static void chooseTasks(const KernelContext &context, PlainPlan &plan,
                        ArrayRef<unsigned> others) {
  plan.inner.assign(others.begin(), others.end());
  if (context.schedule.getParallel() == 0 || !plan.last)
    return;
  int64_t wanted = kTasksPerThread * context.threads;
  bool lastIsKnown = !ShapedType::isDynamic(plan.sizes[*plan.last]);
  auto points = [&](ArrayRef<unsigned> dims) {
    SmallVector<unsigned> all(plan.reductions);
    all.append(dims.begin(), dims.end());
    return product(plan.sizes, all, kAssumedSize);
  };
  auto isKnown = [&](unsigned dim) {
    return !ShapedType::isDynamic(plan.sizes[dim]);
  };
  unsigned count = 0;
  for (; count < others.size(); ++count) {
    ArrayRef<unsigned> rest = others.drop_front(count + 1);
    if (product(plan.sizes, others.take_front(count), 1) >= wanted)
      break;
    // One index of the last unknown dimension may be too little for a task.
    bool isLastUnknown =
        !isKnown(others[count]) && lastIsKnown && llvm::all_of(rest, isKnown);
    if (!isLastUnknown)
      continue;
    SmallVector<unsigned> within(rest);
    within.push_back(*plan.last);
    plan.chunk = getSmallestChunk(plan, others[count], points(within));
    if (plan.chunk == 1)
      continue;
    plan.chunked = others[count];
    break;
  }
  plan.outer.assign(others.begin(), others.begin() + count);
  plan.inner.assign(others.begin() + count, others.end());
  int64_t outerTasks = product(plan.sizes, plan.outer, 1);
  int64_t size = plan.sizes[*plan.last];
  if (plan.chunked || outerTasks >= wanted || outerTasks == 0 || size == 0)
    return;

  plan.chunked = plan.last;
  plan.chunk = getSmallestChunk(plan, *plan.last, points(plan.inner));
  if (!lastIsKnown)
    return;
  int64_t step = plan.vectorized == PlainPlan::parallel ? plan.lanes : 1;
  int64_t chunk = llvm::divideCeil(size * outerTasks, wanted);
  plan.chunk = std::max<int64_t>(llvm::alignTo(chunk, step), plan.chunk);
  plan.chunk = std::min(plan.chunk, size);
}

PlainPlan planPlain(const KernelContext &context) {
  PlainPlan plan;
  linalg::GenericOp root = context.root;
  plan.sizes = llvm::map_to_vector(context.getLoopSizes(root), getKnownSize);
  SmallVector<unsigned> parallelDims;
  root.getParallelDims(parallelDims);
  root.getReductionDims(plan.reductions);
  if (llvm::is_contained(plan.sizes, 0))
    plan.refusal = "has no elements";
  else
    chooseVectors(context, plan, parallelDims);

  if (plan.vectorized == PlainPlan::parallel)
    plan.last = plan.vectorDim;
  else if (!parallelDims.empty())
    plan.last = parallelDims.back();
  if (plan.last)
    llvm::erase(parallelDims, *plan.last);
  chooseTasks(context, plan, parallelDims);
  return plan;
}

} // namespace atrous::cpu
