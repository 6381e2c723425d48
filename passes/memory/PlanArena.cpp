//===- PlanArena.cpp - Offsets of buffers in one arena --------------------===//

#include "passes/memory/Passes.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "passes/memory/Section.h"
#include "passes/support/TensorBuffer.h"

namespace atrous {
#define GEN_PASS_DEF_PLANARENA
#include "passes/memory/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

namespace {
/// A buffer that lives from the op numbered `first` to the one numbered `last`.
struct Lifetime {
  memref::AllocOp alloc;
  int64_t size = 0;
  int64_t first = 0, last = 0;
  int64_t offset = 0;

  bool overlaps(const Lifetime &other) const {
    return first <= other.last && other.first <= last;
  }
};
} // namespace

/// The ops that read or write the buffer, through whichever views.
static SmallVector<Operation *> getAccesses(Value buffer) {
  SmallVector<Operation *> accesses;
  SmallVector<Value> values{buffer};
  while (!values.empty())
    for (Operation *user : values.pop_back_val().getUsers()) {
      if (auto view = dyn_cast<ViewLikeOpInterface>(user))
        values.push_back(view->getResult(0));
      else
        accesses.push_back(user);
    }
  return accesses;
}

namespace {
/// The numbers of an op and of the last op within it.
struct Span {
  int64_t first, last;
};
} // namespace

/// Numbers all ops, those of branches and loops between their neighbours.
static void numberOps(Block &block, int64_t &next,
                      DenseMap<Operation *, Span> &spans) {
  for (Operation &op : block) {
    int64_t first = next++;
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        numberOps(inner, next, spans);
    spans[&op] = {first, next - 1};
  }
}

static FailureOr<SmallVector<Lifetime>> getLifetimes(func::FuncOp func) {
  DenseMap<Operation *, Span> spans;
  int64_t count = 0;
  numberOps(func.getBody().front(), count, spans);
  SmallVector<memref::AllocOp> allocs;
  func.walk([&](memref::AllocOp alloc) { allocs.push_back(alloc); });
  SmallVector<Lifetime> lifetimes;
  for (memref::AllocOp alloc : allocs) {
    MemRefType type = alloc.getType();
    FailureOr<int64_t> bytes = failure();
    if (type.getLayout().isIdentity())
      bytes = getTensorBytes(type);
    if (failed(bytes))
      return alloc.emitError("buffer size is not known or too large");
    Lifetime life{alloc, alignUp(*bytes), INT64_MAX, -1, 0};
    // An access within a loop is one in every iteration.
    for (Operation *access : getAccesses(alloc)) {
      Span span =
          spans.lookup(alloc->getBlock()->findAncestorOpInBlock(*access));
      life.first = std::min(life.first, span.first);
      life.last = std::max(life.last, span.last);
    }
    lifetimes.push_back(life);
  }
  return lifetimes;
}

/// The lowest byte of the smallest gap, between the buffers placed so far that
/// live at the same time, that `life` fits in; behind them all if there is
/// none.
static int64_t findGap(const Lifetime &life, ArrayRef<Lifetime *> placed) {
  SmallVector<Lifetime *> neighbours;
  llvm::copy_if(placed, std::back_inserter(neighbours),
                [&](Lifetime *other) { return life.overlaps(*other); });
  llvm::stable_sort(neighbours, [](Lifetime *a, Lifetime *b) {
    return a->offset < b->offset;
  });
  int64_t end = 0, best = -1, bestSize = INT64_MAX;
  for (Lifetime *other : neighbours) {
    int64_t gap = other->offset - end;
    if (gap >= life.size && gap < bestSize) {
      best = end;
      bestSize = gap;
    }
    end = std::max(end, other->offset + other->size);
  }
  return best >= 0 ? best : end;
}

/// Gives each buffer its offset, large ones first, and returns the arena's
/// size.
static int64_t place(MutableArrayRef<Lifetime> lifetimes) {
  SmallVector<Lifetime *> order;
  for (Lifetime &life : lifetimes)
    order.push_back(&life);
  llvm::stable_sort(order, [](Lifetime *a, Lifetime *b) {
    return std::make_tuple(-a->size, a->first) <
           std::make_tuple(-b->size, b->first);
  });
  int64_t size = 0;
  SmallVector<Lifetime *> placed;
  for (Lifetime *life : order) {
    life->offset = findGap(*life, placed);
    size = std::max(size, life->offset + life->size);
    placed.push_back(life);
  }
  return size;
}

static LogicalResult planArena(func::FuncOp func) {
  func.walk([](memref::AllocOp alloc) {
    if (getAccesses(alloc).empty() && alloc->use_empty())
      alloc.erase();
  });
  FailureOr<SmallVector<Lifetime>> lifetimes = getLifetimes(func);
  if (failed(lifetimes))
    return failure();
  Value arena = addSection(func, place(*lifetimes), kernel::kArenaAttr);
  for (Lifetime &life : *lifetimes)
    replaceBySection(life.alloc, arena, life.offset);
  return success();
}

namespace {
struct PlanArena : public atrous::impl::PlanArenaBase<PlanArena> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (func.isExternal())
      return;
    if (!func.getBody().hasOneBlock()) {
      func.emitError("control flow between blocks has no lifetimes");
      return signalPassFailure();
    }
    if (failed(planArena(func)))
      signalPassFailure();
  }
};
} // namespace
