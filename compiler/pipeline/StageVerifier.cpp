//===- StageVerifier.cpp - What each stage promises -----------------------===//

#include "compiler/pipeline/StageVerifier.h"

#include "compiler/pipeline/Diagnostics.h"
#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#include "passes/support/HostFunctions.h"
#include "runtime/abi/atrous_abi.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace atrous;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

using Check = llvm::function_ref<LogicalResult(Operation *)>;

/// Runs `check` on every op inside the module; goes on after a failure so that
/// all of them are reported.
static LogicalResult checkAll(ModuleOp module, Check check) {
  bool ok = true;
  module.getBody()->walk([&](Operation *op) { ok &= succeeded(check(op)); });
  return success(ok);
}

static LogicalResult checkDialect(Operation *op, Stage stage,
                                  ArrayRef<StringRef> dialects) {
  if (llvm::is_contained(dialects, op->getName().getDialectNamespace()))
    return success();
  return op->emitError() << "op '" << op->getName()
                         << "' does not belong after stage '"
                         << getStageName(stage) << "'";
}

/// All host functions, @main first.
static FailureOr<SmallVector<func::FuncOp>> getHosts(ModuleOp module) {
  auto isBody = [](func::FuncOp func) {
    return !func.isExternal() && func.getBody().hasOneBlock();
  };
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main || !isBody(main))
    return module.emitError("module has no function 'main' of one block");
  FailureOr<HostFunctions> hosts = getHostFunctions(module);
  if (failed(hosts))
    return failure();
  SmallVector<func::FuncOp> all{hosts->any};
  for (func::FuncOp hinted : hosts->hinted) {
    if (!isBody(hinted))
      return hinted.emitError("function '")
             << hinted.getSymName() << "' has not one block";
    all.push_back(hinted);
  }
  return all;
}

//===----------------------------------------------------------------------===//
// The promises
//===----------------------------------------------------------------------===//

static LogicalResult verifyImport(ModuleOp module) {
  if (failed(getHosts(module)))
    return failure();
  return checkAll(module, [](Operation *op) -> LogicalResult {
    if (failed(checkDialect(op, Stage::Import,
                           {"graph", "func", "scf", "arith"})))
      return failure();
    if (isa<graph::GraphDialect>(op->getDialect()) &&
        isa<UnknownLoc>(op->getLoc()))
      return op->emitError() << "op '" << op->getName()
                             << "' does not say which ONNX node it came from";
    return success();
  });
}

/// Every dimension is static or a named symbol.
static LogicalResult checkNamedSizes(Location loc, Type type) {
  if (isa<UnrankedTensorType>(type))
    return emitError(loc, "the number of dimensions of the result cannot be "
                          "derived");
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || tensor.hasStaticShape())
    return success();
  graph::TensorAttr attr = graph::getTensorAttr(tensor);
  ArrayRef<StringAttr> symbols =
      attr ? attr.getSymbols() : ArrayRef<StringAttr>();
  for (int64_t i = 0, e = tensor.getRank(); i < e; ++i) {
    bool named = i < static_cast<int64_t>(symbols.size()) && symbols[i] &&
                 !symbols[i].empty();
    if (tensor.isDynamicDim(i) && !named)
      return emitError(loc) << "the size of dimension " << i
                            << " of the result has no name";
  }
  return success();
}

static LogicalResult verifySimplify(ModuleOp module) {
  if (failed(getHosts(module)))
    return failure();
  return checkAll(module, [](Operation *op) -> LogicalResult {
    if (failed(checkDialect(op, Stage::Simplify,
                           {"graph", "func", "scf", "arith"})))
      return failure();
    for (Type type : op->getResultTypes())
      if (failed(checkNamedSizes(op->getLoc(), type)))
        return failure();
    return success();
  });
}

static LogicalResult verifyFuse(ModuleOp module) {
  if (failed(getHosts(module)))
    return failure();
  return checkAll(module, [](Operation *op) {
    return checkDialect(op, Stage::Fuse,
                        {"kernel", "func", "linalg", "tensor", "arith", "math",
                         "scf", "affine", "ub", "cf"});
  });
}

static LogicalResult verifySchedule(ModuleOp module) {
  if (failed(verifyFuse(module)))
    return failure();
  kernel::TargetAttr target = kernel::getTarget(module);
  if (!target)
    return module.emitError("module has no attribute 'kernel.target'");
  bool ok = true;
  for (auto def : module.getOps<kernel::DefOp>()) {
    auto schedule =
        dyn_cast_if_present<kernel::CpuScheduleAttr>(def.getScheduleAttr());
    if (!schedule) {
      def.emitError() << "kernel '" << def.getSymName()
                      << "' has no CPU schedule";
      ok = false;
    } else if (schedule.getIsa() > target.getIsa()) {
      def.emitError() << "the schedule of kernel '" << def.getSymName()
                      << "' needs "
                      << kernel::stringifyCpuIsa(schedule.getIsa())
                      << ", which the target does not have";
      ok = false;
    }
  }
  return success(ok);
}

/// A view of the arena lies within it, aligned.
static LogicalResult checkArenaView(memref::ViewOp view) {
  auto arena = cast<MemRefType>(view.getSource().getType());
  APInt shift;
  if (!matchPattern(view.getByteShift(), m_ConstantInt(&shift)))
    return view.emitError("the place of a buffer is not a constant");
  auto type = cast<MemRefType>(view.getType());
  if (!type.hasStaticShape() || !arena.hasStaticShape())
    return view.emitError("the size of a buffer is not static");
  uint64_t begin = shift.getZExtValue();
  uint64_t size = type.getNumElements() *
                  llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  if (begin % ATROUS_ALIGNMENT || begin + size > uint64_t(arena.getDimSize(0)))
    return view.emitError() << "a buffer of " << size << " bytes at byte "
                            << begin << " is not an aligned part of " << arena;
  return success();
}

/// The host function has one arena and one constants section, and works in
/// them.
static LogicalResult checkMemory(func::FuncOp host) {
  for (StringRef name : {kernel::kArenaAttr, kernel::kConstantsAttr}) {
    auto marked = [&](unsigned i) { return !!host.getArgAttr(i, name); };
    if (llvm::count_if(llvm::seq(host.getNumArguments()), marked) != 1)
      return host.emitError()
             << "function '" << host.getSymName()
             << "' does not have exactly one argument marked '" << name << "'";
  }
  bool ok = true;
  host.walk([&](Operation *op) {
    if (isa<memref::AllocOp, memref::AllocaOp>(op)) {
      op->emitError("the host function allocates outside of its arena");
      ok = false;
    } else if (auto view = dyn_cast<memref::ViewOp>(op)) {
      ok &= succeeded(checkArenaView(view));
    }
  });
  return success(ok);
}

static LogicalResult verifyPlan(ModuleOp module) {
  FailureOr<SmallVector<func::FuncOp>> hosts = getHosts(module);
  if (failed(hosts))
    return failure();
  bool ok = true;
  for (func::FuncOp host : *hosts)
    ok &= succeeded(checkMemory(host));
  return success(
      ok && succeeded(checkAll(module, [](Operation *op) -> LogicalResult {
        if (failed(checkDialect(op, Stage::Plan,
                                {"kernel", "memref", "func", "linalg", "arith",
                                 "math", "scf", "affine", "ub"})))
          return failure();
        if (llvm::any_of(op->getResultTypes(), llvm::IsaPred<TensorType>))
          return op->emitError()
                 << "op '" << op->getName() << "' still works on tensors";
        return success();
      })));
}

static LogicalResult verifyCodegen(ModuleOp module) {
  return checkAll(module, [](Operation *op) -> LogicalResult {
    // The constants section is data, not code: emit writes it out.
    if (isa<kernel::ConstantsOp>(op))
      return success();
    return checkDialect(op, Stage::Codegen, {"llvm"});
  });
}

LogicalResult atrous::verifyStage(ModuleOp module, Stage stage) {
  switch (stage) {
  case Stage::Import:
    return verifyImport(module);
  case Stage::Simplify:
    return verifySimplify(module);
  case Stage::Fuse:
    return verifyFuse(module);
  case Stage::Schedule:
    return verifySchedule(module);
  case Stage::Plan:
    return verifyPlan(module);
  case Stage::Codegen:
    return verifyCodegen(module);
  case Stage::Emit:
    return success();
  }
  return success();
}
