//===- Bufferize.cpp - The host function on buffers -----------------------===//

#include "passes/memory/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "passes/memory/HostBufferizer.h"
#include "passes/support/TensorBuffer.h"

namespace atrous {
#define GEN_PASS_DEF_BUFFERIZE
#include "passes/memory/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// Every tensor has a rank, and where its shape is static, a size that can be
/// counted.
static LogicalResult verifyHost(func::FuncOp func) {
  if (!func.getBody().hasOneBlock())
    return func.emitError("control flow between blocks has no buffers");
  auto verify = [](Operation *op, TypeRange types) -> LogicalResult {
    for (Type type : types) {
      if (!isa<TensorType>(type))
        continue;
      auto tensor = dyn_cast<RankedTensorType>(type);
      if (!tensor)
        return op->emitError("value of type ") << type << " has no buffer";
      if (tensor.hasStaticShape() && failed(getTensorBytes(tensor)))
        return op->emitError("buffer size of ") << type << " is too large";
    }
    return success();
  };
  for (Type type : func.getArgumentTypes())
    if (!isa<TensorType>(type))
      return func.emitError("value of type ") << type << " has no buffer";
  if (failed(verify(func, func.getArgumentTypes())))
    return failure();
  auto isTensor = llvm::IsaPred<TensorType>;
  WalkResult result = func.walk([&](Operation *op) {
    if (failed(verify(op, op->getResultTypes())))
      return WalkResult::interrupt();
    bool isSlice = isa<tensor::InsertSliceOp, tensor::ExtractSliceOp>(op);
    if (!isSlice || llvm::all_of(op->getOperandTypes(), isTensor))
      return WalkResult::advance();
    op->emitError("has a dynamic offset or size");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

namespace {
struct Bufferize : public atrous::impl::BufferizeBase<Bufferize> {
  void runOnOperation() override {
    BufferKernels kernels(getOperation());
    SmallVector<func::FuncOp> funcs(getOperation().getOps<func::FuncOp>());
    for (func::FuncOp func : funcs) {
      if (func.isExternal())
        continue;
      if (failed(verifyHost(func)) ||
          failed(HostBufferizer(func, kernels).run()))
        return signalPassFailure();
    }
    kernels.eraseTensorKernels();
  }
};
} // namespace
