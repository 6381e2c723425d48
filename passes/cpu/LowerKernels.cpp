//===- LowerKernels.cpp - Kernel functions to the LLVM dialect ------------===//

#include "passes/cpu/Passes.h"

#include "dialects/kernel/Kernel.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/Transforms/DialectConversion.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace atrous {
#define GEN_PASS_DEF_LOWERKERNELS
#include "passes/cpu/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// Rewrites what the conversion patterns expect to be gone.
static FrozenRewritePatternSet getExpansions(MLIRContext *context) {
  RewritePatternSet patterns(context);
  memref::populateExpandStridedMetadataPatterns(patterns);
  populateAffineToStdConversionPatterns(patterns);
  arith::populateCeilFloorDivExpandOpsPatterns(patterns);
  arith::populateExpandBFloat16Patterns(patterns);
  vector::populateVectorContractLoweringPatterns(
      patterns, vector::VectorTransformsOptions().setVectorTransformsOptions(
                    vector::VectorContractLowering::OuterProduct));
  vector::populateVectorOuterProductLoweringPatterns(patterns);
  vector::populateVectorBroadcastLoweringPatterns(patterns);
  vector::populateVectorMaskOpLoweringPatterns(patterns);
  vector::populateVectorShapeCastLoweringPatterns(patterns);
  vector::populateVectorTransposeLoweringPatterns(
      patterns, vector::VectorTransformsOptions());
  vector::populateVectorBitCastLoweringPatterns(patterns);
  return std::move(patterns);
}

static bool isKernel(Operation *func) {
  return func->hasAttr(kernel::kTasksAttr) ||
         func->hasAttr(kernel::kTasksFunctionAttr);
}

/// The host function waits for atrous-lower-host.
static bool isHost(func::FuncOp func) {
  return !func.isDeclaration() && func.isPublic() && !isKernel(func);
}

/// Branches for loops: first, since the values of loops change their types.
static LogicalResult lowerLoops(func::FuncOp kernel,
                                const FrozenRewritePatternSet &patterns) {
  ConversionTarget target(*kernel.getContext());
  target.addIllegalDialect<scf::SCFDialect>();
  target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
  return applyPartialConversion(kernel, target, patterns);
}

/// Calls of libm for the math ops that LLVM has no intrinsic for. The others
/// must not come here: a fused multiply-add is an instruction, not `fmaf`.
static LogicalResult callLibm(ModuleOp module) {
  RewritePatternSet patterns(module.getContext());
  populateMathToLibmConversionPatterns(patterns);
  ConversionTarget target(*module.getContext());
  target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
  target.addIllegalOp<math::AcosOp, math::AcoshOp, math::AsinOp, math::AsinhOp,
                      math::AtanOp, math::Atan2Op, math::AtanhOp, math::CbrtOp,
                      math::CoshOp, math::ErfOp, math::ExpM1Op, math::Log1pOp,
                      math::SinhOp, math::TanOp, math::TanhOp>();
  return applyPartialConversion(module, target, std::move(patterns));
}

static LogicalResult convert(ModuleOp module) {
  MLIRContext *context = module.getContext();
  LowerToLLVMOptions options(context);
  options.useBarePtrCallConv = true;
  LLVMTypeConverter types(context, options);

  RewritePatternSet patterns(context);
  cf::populateControlFlowToLLVMConversionPatterns(types, patterns);
  arith::populateArithToLLVMConversionPatterns(types, patterns);
  populateMathToLLVMConversionPatterns(types, patterns);
  populateFinalizeMemRefToLLVMConversionPatterns(types, patterns);
  populateVectorToLLVMConversionPatterns(types, patterns,
                                         /*reassociateFPReductions=*/true);
  ub::populateUBToLLVMConversionPatterns(types, patterns);
  populateFuncToLLVMConversionPatterns(types, patterns);

  LLVMConversionTarget target(*context);
  target.addLegalOp<ModuleOp>();
  target.addLegalDialect<kernel::KernelDialect>();
  target.addDynamicallyLegalOp<func::FuncOp>(isHost);
  target.markOpRecursivelyLegal<func::FuncOp>(isHost);
  return applyFullConversion(module, target, std::move(patterns));
}

namespace {
struct LowerKernels : public atrous::impl::LowerKernelsBase<LowerKernels> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    RewritePatternSet branches(&getContext());
    populateSCFToControlFlowConversionPatterns(branches);
    FrozenRewritePatternSet loops(std::move(branches));
    FrozenRewritePatternSet expansions = getExpansions(&getContext());
    for (auto func : module.getOps<func::FuncOp>())
      if (!isHost(func) &&
          (failed(applyPatternsAndFoldGreedily(func, expansions)) ||
           failed(lowerLoops(func, loops))))
        return signalPassFailure();
    if (failed(callLibm(module)) || failed(convert(module)))
      return signalPassFailure();
    // Kernels may be compiled one by one: their names link them, but only
    // within the model.
    SymbolTable symbols(module);
    for (auto func : module.getOps<LLVM::LLVMFuncOp>()) {
      if (!isKernel(func))
        continue;
      func.setVisibility_(LLVM::Visibility::Hidden);
      func.setDsoLocal(true);
      if (auto count = func->getAttrOfType<FlatSymbolRefAttr>(
              kernel::kTasksFunctionAttr))
        symbols.lookup<LLVM::LLVMFuncOp>(count.getAttr())
            .setLinkage(LLVM::Linkage::Internal);
    }
  }
};
} // namespace
