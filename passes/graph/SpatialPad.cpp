//===- SpatialPad.cpp - Zeros around images -------------------------------===//

#include "passes/graph/SpatialPad.h"

#include "dialects/graph/Constants.h"

using namespace mlir;

Value atrous::createSpatialPad(OpBuilder &builder, Location loc, Value value,
                               ArrayRef<int64_t> begins,
                               ArrayRef<int64_t> ends) {
  auto isZero = [](int64_t amount) { return amount == 0; };
  if (llvm::all_of(begins, isZero) && llvm::all_of(ends, isZero))
    return value;
  // Batch and channels have no padding.
  SmallVector<int64_t> amounts(2, 0);
  llvm::append_range(amounts, begins);
  amounts.append(2, 0);
  llvm::append_range(amounts, ends);
  return builder.create<graph::PadOp>(
      loc, value, graph::createI64Vector(builder, loc, amounts),
      /*value=*/Value(), /*axes=*/Value(), builder.getStringAttr("constant"));
}
