//===- LowerHost.cpp - The host function as `run` of the ABI --------------===//

#include "dialects/graph/Graph.h"
#include "passes/cpu/HostLowering.h"
#include "passes/cpu/Passes.h"
#include "passes/support/HostFunctions.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/IndexToLLVM/IndexToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Transforms/DialectConversion.h"

namespace atrous {
#define GEN_PASS_DEF_LOWERHOST
#include "passes/cpu/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// Branches for loops.
static LogicalResult lowerLoops(func::FuncOp host) {
  RewritePatternSet patterns(host.getContext());
  populateSCFToControlFlowConversionPatterns(patterns);
  populateAffineToStdConversionPatterns(patterns);
  arith::populateCeilFloorDivExpandOpsPatterns(patterns);
  ConversionTarget target(*host.getContext());
  target.addIllegalDialect<scf::SCFDialect, affine::AffineDialect>();
  target.addIllegalOp<arith::CeilDivSIOp, arith::CeilDivUIOp,
                      arith::FloorDivSIOp>();
  target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
  return applyPartialConversion(host, target, std::move(patterns));
}

/// Scalars and branches to the LLVM dialect.
static LogicalResult convertScalars(func::FuncOp host) {
  MLIRContext *context = host.getContext();
  LLVMTypeConverter types(context);
  RewritePatternSet patterns(context);
  cf::populateControlFlowToLLVMConversionPatterns(types, patterns);
  arith::populateArithToLLVMConversionPatterns(types, patterns);
  index::populateIndexToLLVMConversionPatterns(types, patterns);
  populateMathToLLVMConversionPatterns(types, patterns);
  populateFuncToLLVMConversionPatterns(types, patterns);
  LLVMConversionTarget target(*context);
  return applyFullConversion(host, target, std::move(patterns));
}

/// Names link what is compiled one by one, but only within the model.
static void hideFunctions(ModuleOp module) {
  for (auto func : module.getOps<LLVM::LLVMFuncOp>()) {
    for (StringRef name :
         {kernel::kTasksAttr, kernel::kWorkAttr, kernel::kTasksFunctionAttr,
          kernel::kWorkPerTaskAttr, kernel::kScratchAttr,
          kernel::kWorkspaceAttr, kernel::kPhasesAttr, kernel::kAtLoadAttr,
          kernel::kPreparedAttr, kernel::kLoadPhasesAttr})
      func->removeAttr(name);
    if (func.isExternal() || func.getLinkage() == LLVM::Linkage::Private ||
        func.getLinkage() == LLVM::Linkage::Internal)
      continue;
    func.setVisibility_(LLVM::Visibility::Hidden);
    func.setDsoLocal(true);
  }
}

/// The outputs whose sizes, and so memory, the caller leaves to the network.
static FailureOr<SmallVector<int64_t>> getMadeOutputs(func::FuncOp host) {
  FailureOr<SmallVector<int64_t>> numbers = getResultNumbers(host);
  if (failed(numbers))
    return failure();
  SmallVector<int64_t> made;
  for (auto [type, number] : llvm::zip(host.getResultTypes(), *numbers))
    if (isOfUnknownSize(type))
      made.push_back(number);
  return made;
}

/// One function to the LLVM dialect, and what its inputs were.
static FailureOr<LoweredHost> lowerHost(ModuleOp module, func::FuncOp host,
                                        ArrayRef<int64_t> made,
                                        SmallVectorImpl<LoadPhase> &phases) {
  LoweredHost lowered{host.getSymName().str(), getInputTypes(host)};
  host->removeAttr(graph::kHintAttr);
  if (failed(lowerLoops(host)) ||
      failed(HostLowering(module, host, made, phases).lower()) ||
      failed(convertScalars(host)))
    return failure();
  return lowered;
}

namespace {
struct LowerHost : public atrous::impl::LowerHostBase<LowerHost> {
  void runOnOperation() override {
    FailureOr<HostFunctions> hosts = getHostFunctions(getOperation());
    if (failed(hosts))
      return signalPassFailure();
    if (hosts->hinted.empty())
      hosts->any.setName(kHostName);
    FailureOr<SmallVector<int64_t>> made = getMadeOutputs(hosts->any);
    if (failed(made))
      return signalPassFailure();
    SmallVector<LoadPhase> phases;
    FailureOr<LoweredHost> any =
        lowerHost(getOperation(), hosts->any, *made, phases);
    if (failed(any))
      return signalPassFailure();
    SmallVector<LoweredHost> hinted;
    for (func::FuncOp host : hosts->hinted) {
      FailureOr<LoweredHost> lowered =
          lowerHost(getOperation(), host, *made, phases);
      if (failed(lowered))
        return signalPassFailure();
      hinted.push_back(*lowered);
    }
    if (!hinted.empty())
      createDispatch(getOperation(), *any, hinted);
    if (!phases.empty())
      createPrepare(getOperation(), phases);
    hideFunctions(getOperation());
  }
};
} // namespace
