//===- LowerHost.cpp - The host function as `run` of the ABI --------------===//

#include "passes/cpu/HostLowering.h"
#include "passes/cpu/Passes.h"

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
          kernel::kWorkPerTaskAttr})
      func->removeAttr(name);
    if (func.isExternal() || func.getLinkage() == LLVM::Linkage::Private)
      continue;
    func.setVisibility_(LLVM::Visibility::Hidden);
    func.setDsoLocal(true);
  }
}

namespace {
struct LowerHost : public atrous::impl::LowerHostBase<LowerHost> {
  void runOnOperation() override {
    auto hosts = llvm::to_vector(getOperation().getOps<func::FuncOp>());
    if (hosts.size() != 1) {
      getOperation().emitError("expects one host function, got ")
          << hosts.size();
      return signalPassFailure();
    }
    if (failed(lowerLoops(hosts[0])) ||
        failed(HostLowering(getOperation(), hosts[0]).lower()) ||
        failed(convertScalars(hosts[0])))
      return signalPassFailure();
    hideFunctions(getOperation());
  }
};
} // namespace
