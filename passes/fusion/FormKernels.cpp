//===- FormKernels.cpp - Grouping roots with their epilogues --------------===//

#include "passes/fusion/Passes.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "passes/fusion/KernelBuilder.h"
#include "passes/support/KernelBody.h"
#include "llvm/ADT/SetVector.h"

namespace atrous {
#define GEN_PASS_DEF_FORMKERNELS
#include "passes/fusion/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

//===----------------------------------------------------------------------===//
// Preparation: every computation is a linalg.generic or kernel.extern
//===----------------------------------------------------------------------===//

/// Whether `use` is the initial value of a reduction, which takes the fill
/// along into its kernel.
static bool isInit(OpOperand &use) {
  auto generic = dyn_cast<linalg::GenericOp>(use.getOwner());
  return generic && generic.isDpsInit(&use);
}

/// A linalg.generic that writes the fill's scalar, for users that need the
/// filled tensor itself.
static Value createFillKernel(OpBuilder &builder, linalg::FillOp fill) {
  auto type = cast<RankedTensorType>(fill.getOutputs()[0].getType());
  Location loc = fill.getLoc();
  Value empty = fill.getOutputs()[0];
  SmallVector<AffineMap> maps{builder.getMultiDimIdentityMap(type.getRank())};
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  auto generic = builder.create<linalg::GenericOp>(
      loc, type, ValueRange(), empty, maps, iterators,
      [&](OpBuilder &body, Location loc, ValueRange) {
        body.create<linalg::YieldOp>(loc, fill.getInputs()[0]);
      });
  generic->setAttr(kPartNameAttr, builder.getStringAttr("fill"));
  return generic->getResult(0);
}

/// Moves casts of sizes, and elements that the host reads, too, into the loops
/// that use the numbers: kernels take tensors, and sizes as indices, only.
static void sinkScalars(linalg::GenericOp op) {
  Block &body = *op.getBody();
  llvm::SetVector<Operation *> scalars;
  auto canSink = [&](Operation *scalar) {
    auto cast = dyn_cast<arith::IndexCastOp>(scalar);
    return (cast && cast.getIn().getType().isIndex()) ||
           isa<tensor::ExtractOp>(scalar);
  };
  body.walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (Operation *scalar = operand.getDefiningOp();
          scalar && !op->isProperAncestor(scalar) && canSink(scalar))
        scalars.insert(scalar);
  });
  OpBuilder builder = OpBuilder::atBlockBegin(&body);
  for (Operation *scalar : scalars) {
    Operation *inside = builder.clone(*scalar);
    scalar->getResult(0).replaceUsesWithIf(
        inside->getResult(0),
        [&](OpOperand &use) { return op->isProperAncestor(use.getOwner()); });
  }
}

static LogicalResult generalize(Block &block) {
  IRRewriter rewriter(block.getParentOp()->getContext());
  SmallVector<linalg::LinalgOp> ops(block.getOps<linalg::LinalgOp>());
  for (linalg::LinalgOp op : ops) {
    rewriter.setInsertionPoint(op);
    auto fill = dyn_cast<linalg::FillOp>(op.getOperation());
    if (!fill && !isa<linalg::GenericOp>(op)) {
      if (failed(linalg::generalizeNamedOp(rewriter, op)))
        return op->emitError("is no structured op");
      continue;
    }
    if (auto generic = dyn_cast<linalg::GenericOp>(op.getOperation()))
      sinkScalars(generic);
    if (!fill || llvm::all_of(fill->getUses(), isInit))
      continue;
    // One for each use, so that each may lie where it is wanted.
    for (OpOperand &use :
         llvm::make_early_inc_range(fill->getResult(0).getUses()))
      if (!isInit(use)) {
        rewriter.setInsertionPoint(use.getOwner());
        use.set(createFillKernel(rewriter, fill));
      }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Clusters
//===----------------------------------------------------------------------===//

namespace {
/// The clusters of a block. An elementwise op belongs to the root whose
/// result it reads; of several roots, to the last.
class Clustering {
public:
  explicit Clustering(Block &block);
  /// In the order in which their kernels run.
  SmallVector<Cluster> clusters;

private:
  void grow(Operation *root);
  linalg::GenericOp getNext(const Cluster &cluster, Value result);
  bool canRunAt(const Cluster &cluster, Operation *place, Value except);

  Block &block;
  llvm::DenseSet<Operation *> taken;
};
} // namespace

/// Whether all users of the cluster's results, beside those of `except`, come
/// after `place`.
bool Clustering::canRunAt(const Cluster &cluster, Operation *place,
                          Value except) {
  return llvm::all_of(cluster.getResults(), [&](Value result) {
    return result == except ||
           llvm::all_of(result.getUsers(), [&](Operation *user) {
             // A use within a branch or a loop is one of the branch or loop.
             return place->isBeforeInBlock(block.findAncestorOpInBlock(*user));
           });
  });
}

/// The op that can join the end of the chain upon `result`, or null.
linalg::GenericOp Clustering::getNext(const Cluster &cluster, Value result) {
  if (!hasOneUser(result))
    return {};
  auto next = dyn_cast<linalg::GenericOp>(*result.getUsers().begin());
  if (!next || next->getBlock() != &block || taken.contains(next) ||
      !isEpilogueOf(next, result))
    return {};
  bool readsOtherResult = llvm::any_of(cluster.getResults(), [&](Value other) {
    return other != result && llvm::is_contained(next->getOperands(), other);
  });
  if (readsOtherResult || !canRunAt(cluster, next, result))
    return {};
  return next;
}

void Clustering::grow(Operation *root) {
  if (!taken.insert(root).second)
    return;
  Cluster cluster{root, {}};
  for (unsigned i = 0; i < root->getNumResults(); ++i)
    while (linalg::GenericOp next = getNext(cluster, cluster.getResults()[i])) {
      // A place after the last op so far.
      if (next->isBeforeInBlock(cluster.last()))
        break;
      cluster.epilogue.push_back(next);
      taken.insert(next);
    }
  clusters.push_back(std::move(cluster));
}

Clustering::Clustering(Block &block) : block(block) {
  SmallVector<Operation *> roots, elementwise;
  for (Operation &op : block) {
    auto generic = dyn_cast<linalg::GenericOp>(op);
    if (generic && isElementwise(generic))
      elementwise.push_back(&op);
    else if (generic)
      roots.push_back(&op);
  }
  for (Operation *root : llvm::reverse(roots))
    grow(root);
  for (Operation *op : elementwise)
    grow(op);
  llvm::sort(clusters, [](const Cluster &a, const Cluster &b) {
    return a.last()->isBeforeInBlock(b.last());
  });
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Ops that may stay in the host function.
static bool isHostOp(Operation &op) {
  return isa<kernel::LaunchOp, kernel::ExternOp, tensor::ConcatOp,
             tensor::InsertSliceOp, tensor::ExtractSliceOp,
             tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::EmptyOp,
             tensor::CastOp, tensor::DimOp, tensor::ReshapeOp,
             tensor::FromElementsOp, tensor::ExtractOp, cf::AssertOp, scf::IfOp,
             scf::WhileOp, scf::YieldOp, scf::ConditionOp, func::ReturnOp>(
             op) ||
         isa<arith::ArithDialect>(op.getDialect());
}

static void eraseUnused(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block))) {
    for (Region &region : op.getRegions())
      if (isa<scf::SCFDialect>(op.getDialect()))
        for (Block &inner : region)
          eraseUnused(inner);
    if (isOpTriviallyDead(&op))
      op.erase();
  }
}

static LogicalResult formKernels(Block &block, KernelBuilder &kernels) {
  if (failed(generalize(block)))
    return failure();
  SmallVector<Cluster> clusters = Clustering(block).clusters;
  for (const Cluster &cluster : clusters)
    if (failed(kernels.build(cluster)))
      return failure();
  for (const Cluster &cluster : llvm::reverse(clusters)) {
    for (linalg::GenericOp op : llvm::reverse(cluster.epilogue))
      op.erase();
    cluster.root->erase();
  }
  eraseUnused(block);
  for (Operation &op : block) {
    if (!isHostOp(op))
      return op.emitError("cannot be part of a kernel");
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        if (failed(formKernels(inner, kernels)))
          return failure();
  }
  return success();
}

namespace {
struct FormKernels : public atrous::impl::FormKernelsBase<FormKernels> {
  void runOnOperation() override {
    SmallVector<func::FuncOp> funcs(getOperation().getOps<func::FuncOp>());
    if (funcs.empty())
      return;
    KernelBuilder kernels(funcs.front());
    for (func::FuncOp func : funcs) {
      if (func.isExternal())
        continue;
      if (!func.getBody().hasOneBlock()) {
        func.emitError("control flow between blocks has no kernels");
        return signalPassFailure();
      }
      Block &body = func.getBody().front();
      eraseUnused(body);
      if (failed(formKernels(body, kernels)))
        return signalPassFailure();
    }
  }
};
} // namespace
