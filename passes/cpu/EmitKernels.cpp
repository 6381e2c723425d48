//===- EmitKernels.cpp - From kernel.def to loops -------------------------===//

#include "passes/cpu/Access.h"
#include "passes/cpu/KernelEmitter.h"
#include "passes/cpu/KernelFunction.h"
#include "passes/cpu/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/PatternMatch.h"

namespace atrous {
#define GEN_PASS_DEF_EMITKERNELS
#include "passes/cpu/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

using LaunchMap = DenseMap<StringAttr, SmallVector<kernel::LaunchOp>>;

//===----------------------------------------------------------------------===//
// Taking a kernel apart
//===----------------------------------------------------------------------===//

/// Makes generics of other linalg ops, except fills that start a later op.
static LogicalResult generalizeBody(kernel::DefOp def) {
  IRRewriter rewriter(def.getContext());
  for (Operation &op : llvm::make_early_inc_range(def.getBody().front())) {
    auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
    if (!linalgOp || isa<linalg::GenericOp>(op))
      continue;
    if (!linalgOp.hasPureBufferSemantics())
      return op.emitError("kernel is still on tensors");
    auto fill = dyn_cast<linalg::FillOp>(op);
    bool startsLaterOp =
        fill &&
        llvm::any_of(fill.getOutputs()[0].getUsers(), [&](Operation *user) {
          return user->getBlock() == op.getBlock() && op.isBeforeInBlock(user);
        });
    if (startsLaterOp)
      continue;
    rewriter.setInsertionPoint(&op);
    if (failed(linalg::generalizeNamedOp(rewriter, linalgOp)))
      return op.emitError("is not a structured op");
  }
  return success();
}

/// An epilogue op reads and writes one output of the root at the same place.
static LogicalResult verifyEpilogue(linalg::GenericOp op,
                                    linalg::GenericOp root) {
  if (op.getNumDpsInits() != 1 || op.getNumReductionLoops() != 0)
    return op.emitError("an epilogue op is elementwise with one output");
  Value buffer = op.getDpsInits()[0];
  if (!llvm::is_contained(root.getDpsInits(), buffer))
    return op.emitError("an epilogue op writes an output of the root");
  for (OpOperand &operand : op->getOpOperands())
    if (operand.get() == buffer &&
        !op.getMatchingIndexingMap(&operand).isIdentity())
      return op.emitError(
          "an epilogue op reads and writes its output in place");
  return success();
}

/// Whether code generation knows where the elements of `def`'s buffers are.
static LogicalResult verifyBuffers(kernel::DefOp def) {
  auto isDynamic = [](MemRefType type) { return !type.hasStaticShape(); };
  for (Type argument : def.getArgumentTypes())
    if (auto type = dyn_cast<MemRefType>(argument);
        type && isDynamic(type) && !type.getLayout().isIdentity())
      return def.emitError("argument of dynamic size is not dense: ") << type;
  for (auto op : def.getBody().front().getOps<linalg::GenericOp>()) {
    if (!op.hasPureBufferSemantics())
      return op.emitError("kernel is still on tensors");
    for (Value operand : op->getOperands()) {
      auto type = dyn_cast<MemRefType>(operand.getType());
      SmallVector<int64_t> strides;
      int64_t offset;
      if (!type || succeeded(getStaticStrides(type, strides, offset)))
        continue;
      if (!isDynamic(type))
        return op.emitError("operand has no static layout: ") << type;
      if (!isa<BlockArgument>(operand))
        return op.emitError("operand of dynamic size is not the kernel's: ")
               << type;
    }
  }
  return success();
}

/// Sorts the ops of the kernel's body into `context` and clones the others
/// into its function.
static LogicalResult takeApart(OpBuilder &builder, KernelContext &context) {
  // Views of buffers of dynamic sizes have the types that these had before.
  auto isDynamicView = [](Type type) {
    auto memref = dyn_cast<MemRefType>(type);
    return memref && !memref.hasStaticShape();
  };
  auto hasPlace = [&](Operation &op) {
    return isMemoryEffectFree(&op) && op.getNumRegions() == 0 &&
           llvm::none_of(op.getResultTypes(), isDynamicView);
  };
  DenseMap<Value, Value> fills;
  for (Operation &op : context.def.getBody().front().without_terminator()) {
    if (auto fill = dyn_cast<linalg::FillOp>(op)) {
      fills[fill.getOutputs()[0]] = fill.getInputs()[0];
    } else if (auto generic = dyn_cast<linalg::GenericOp>(op)) {
      if (!context.root) {
        context.root = generic;
        continue;
      }
      if (failed(verifyEpilogue(generic, context.root)))
        return failure();
      context.epilogue.push_back(generic);
    } else if (hasPlace(op)) {
      builder.clone(op, context.mapping);
    } else {
      return op.emitError("has no place in a CPU kernel");
    }
  }
  if (!context.root)
    return context.def.emitError("kernel has no root");
  for (Value buffer : context.root.getDpsInits()) {
    Value fill = fills.lookup(buffer);
    context.initValues.push_back(fill ? context.mapping.lookup(fill) : Value());
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The function of a kernel
//===----------------------------------------------------------------------===//

/// Whether no launch passes a buffer twice.
static bool areBuffersDistinct(ArrayRef<kernel::LaunchOp> launches) {
  return llvm::all_of(launches, [](kernel::LaunchOp launch) {
    return llvm::all_of(launch.getOutputs(), [&](Value output) {
      return llvm::count(launch->getOperands(), output) == 1;
    });
  });
}

/// Scalar operations of one run, about.
static int64_t estimateWork(const KernelContext &context) {
  auto work = [](linalg::GenericOp op) {
    linalg::GenericOp generic = op;
    int64_t points = 1;
    for (int64_t range : generic.getStaticLoopRanges())
      points = llvm::SaturatingMultiply<uint64_t>(points, range);
    int64_t ops = generic.getBlock()->getOperations().size();
    return llvm::SaturatingMultiply<uint64_t>(points, ops);
  };
  uint64_t sum = work(context.root);
  for (linalg::GenericOp op : context.epilogue)
    sum = llvm::SaturatingAdd<uint64_t>(sum, work(op));
  return std::min<uint64_t>(sum, INT64_MAX);
}

static EmitKernelFn getAlgorithm(kernel::CpuAlgorithm algorithm) {
  switch (algorithm) {
  case kernel::CpuAlgorithm::direct_conv:
    return emitDirectConv;
  case kernel::CpuAlgorithm::matmul:
    return emitMatMul;
  case kernel::CpuAlgorithm::depthwise:
    return emitDepthwise;
  case kernel::CpuAlgorithm::transpose:
    return emitTranspose;
  case kernel::CpuAlgorithm::winograd_tiles:
    return emitWinogradByTiles;
  case kernel::CpuAlgorithm::winograd_channels:
    return emitWinogradByChannels;
  case kernel::CpuAlgorithm::strassen:
    return emitStrassen;
  default:
    return emitPlain;
  }
}

static LogicalResult emitFunction(kernel::DefOp def,
                                  kernel::CpuScheduleAttr schedule,
                                  ArrayRef<kernel::LaunchOp> launches) {
  if (failed(verifyBuffers(def)))
    return failure();
  OpBuilder builder(def);
  KernelContext context;
  context.def = def;
  context.schedule = schedule;
  if (auto target = kernel::getTarget(def->getParentOfType<ModuleOp>()))
    context.threads = std::max<int64_t>(1, target.getThreads());
  createKernelFunction(builder, context, areBuffersDistinct(launches));
  if (failed(takeApart(builder, context)))
    return failure();
  if (failed(getAlgorithm(schedule.getAlgo())(builder, context)))
    return failure();
  if (!context.hasDynamicSizes)
    context.func->setAttr(kernel::kWorkAttr,
                          builder.getI64IntegerAttr(estimateWork(context)));
  def.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// Pass
//===----------------------------------------------------------------------===//

namespace {
struct EmitKernels : public atrous::impl::EmitKernelsBase<EmitKernels> {
  void runOnOperation() override {
    LaunchMap launches;
    getOperation().walk([&](kernel::LaunchOp launch) {
      launches[launch.getCalleeAttr().getAttr()].push_back(launch);
    });
    for (auto def :
         llvm::make_early_inc_range(getOperation().getOps<kernel::DefOp>())) {
      auto schedule =
          dyn_cast_or_null<kernel::CpuScheduleAttr>(def.getScheduleAttr());
      if (!schedule) {
        def.emitError("kernel has no CPU schedule");
        return signalPassFailure();
      }
      if (failed(generalizeBody(def)) ||
          failed(emitFunction(def, schedule, launches[def.getSymNameAttr()])))
        return signalPassFailure();
    }
  }
};
} // namespace
