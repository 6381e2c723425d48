//===- PackConstants.cpp - The constants section --------------------------===//

#include "passes/memory/Passes.h"

#include "dialects/graph/Constants.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "passes/memory/Section.h"
#include "passes/support/TensorBuffer.h"
#include "llvm/ADT/MapVector.h"

namespace atrous {
#define GEN_PASS_DEF_PACKCONSTANTS
#include "passes/memory/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

namespace {
/// The section under construction.
struct Constants {
  /// Each distinct value, and its offset.
  llvm::MapVector<Attribute, int64_t> offsets;
  /// Blobs among them: values of other types may have the same.
  llvm::DenseMap<const void *, int64_t> blobs;
  int64_t size = 0;

  int64_t add(TypedAttr value) {
    const void *blob = graph::getConstantStorage(cast<ElementsAttr>(value));
    if (auto it = blobs.find(blob); blob && it != blobs.end())
      return it->second;
    if (auto it = offsets.find(value); it != offsets.end())
      return it->second;
    int64_t offset = size;
    place(value, offset);
    size += alignUp(*getTensorBytes(cast<ShapedType>(value.getType())));
    return offset;
  }

  void place(TypedAttr value, int64_t offset) {
    offsets[value] = offset;
    if (const void *blob = graph::getConstantStorage(cast<ElementsAttr>(value)))
      blobs[blob] = offset;
  }
};
} // namespace

static LogicalResult
collect(func::FuncOp func, Constants &constants,
        SmallVectorImpl<std::pair<bufferization::ToMemrefOp, int64_t>> &uses) {
  WalkResult result = func.walk([&](bufferization::ToMemrefOp buffer) {
    auto constant = buffer.getTensor().getDefiningOp<arith::ConstantOp>();
    if (!constant ||
        failed(getTensorBytes(cast<ShapedType>(constant.getType())))) {
      buffer.emitError("is no buffer of a constant");
      return WalkResult::interrupt();
    }
    uses.emplace_back(buffer, constants.add(constant.getValue()));
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

static kernel::ConstantsOp createSection(ModuleOp module,
                                         const Constants &constants) {
  auto builder = OpBuilder::atBlockBegin(module.getBody());
  SmallVector<int64_t> offsets;
  SmallVector<Attribute> values;
  for (auto [value, offset] : constants.offsets) {
    offsets.push_back(offset);
    values.push_back(value);
  }
  return builder.create<kernel::ConstantsOp>(
      module.getLoc(), constants.size, offsets, builder.getArrayAttr(values));
}

/// Takes over the section that the module already has: its values keep their
/// places.
static LogicalResult adoptSection(ModuleOp module, Constants &constants) {
  for (auto op :
       llvm::make_early_inc_range(module.getOps<kernel::ConstantsOp>())) {
    for (auto [offset, value] :
         llvm::zip_equal(op.getOffsets(), op.getValues()))
      if (isa<ElementsAttr>(value))
        constants.place(cast<TypedAttr>(value), offset);
      else
        return op.emitError("holds a value that is no constant: ") << value;
    constants.size = alignUp(op.getSize());
    op.erase();
  }
  return success();
}

namespace {
struct PackConstants : public atrous::impl::PackConstantsBase<PackConstants> {
  void runOnOperation() override {
    Constants constants;
    if (failed(adoptSection(getOperation(), constants)))
      return signalPassFailure();
    SmallVector<func::FuncOp> funcs(getOperation().getOps<func::FuncOp>());
    SmallVector<SmallVector<std::pair<bufferization::ToMemrefOp, int64_t>>>
        uses(funcs.size());
    for (auto [func, buffers] : llvm::zip(funcs, uses))
      if (failed(collect(func, constants, buffers)))
        return signalPassFailure();
    createSection(getOperation(), constants);
    for (auto [func, buffers] : llvm::zip(funcs, uses)) {
      if (func.isExternal())
        continue;
      Value section = addSection(func, constants.size, kernel::kConstantsAttr);
      for (auto [buffer, offset] : buffers) {
        Operation *constant = buffer.getTensor().getDefiningOp();
        replaceBySection(buffer, section, offset);
        if (constant->use_empty())
          constant->erase();
      }
    }
  }
};
} // namespace
