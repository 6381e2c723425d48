//===- TileOperand.cpp - What a register tile reads -----------------------===//

#include "passes/cpu/TileOperand.h"

#include "mlir/Dialect/Affine/Utils.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/cpu/Access.h"
#include "passes/cpu/Sizes.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

//===----------------------------------------------------------------------===//
// Indices
//===----------------------------------------------------------------------===//

TileMap::TileMap(AffineMap map, const TileRoles &roles)
    : perRow(roles.row && map.isFunctionOfDim(*roles.row)),
      perColumn(roles.column && map.isFunctionOfDim(*roles.column)) {
  auto stepOf = [](AffineExpr expr, std::optional<unsigned> dim) -> int64_t {
    return dim ? getCoefficient(expr, *dim).value_or(0) : 0;
  };
  std::optional<unsigned> tap;
  if (!roles.reductions.empty())
    tap = roles.reductions.back();
  steps = llvm::map_to_vector(map.getResults(), [&](AffineExpr expr) {
    return TileSpot{stepOf(expr, roles.row), stepOf(expr, roles.column),
                    stepOf(expr, tap)};
  });
}

SmallVector<int64_t> TileMap::offsetsAt(TileSpot spot) const {
  return llvm::map_to_vector(steps, [&](TileSpot step) {
    return step.row * spot.row + step.column * spot.column +
           step.tap * spot.tap;
  });
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

/// `linear` with its terms added up one by one in the order of the dimensions.
static AffineExpr addInOrder(AffineExpr sum, AffineExpr linear,
                             unsigned numDims) {
  MLIRContext *context = linear.getContext();
  SmallVector<AffineExpr> zeros(numDims, getAffineConstantExpr(0, context));
  sum = sum + linear.replaceDims(zeros);
  for (unsigned dim = 0; dim < numDims; ++dim)
    sum = sum + getAffineDimExpr(dim, context) *
                    getCoefficient(linear, dim).value_or(0);
  return sum;
}

TileOperand::TileOperand(OpBuilder &builder, const KernelContext &context,
                         OpOperand &operand, const TileRoles &roles)
    : TileMap(linalg::GenericOp(context.root).getMatchingIndexingMap(&operand),
              roles),
      loc(operand.getOwner()->getLoc()) {
  linalg::GenericOp root = context.root;
  AffineMap map = root.getMatchingIndexingMap(&operand);
  int64_t lanes = getKnownSize(context.getLoopSizes(root)[roles.lane]);
  type = VectorType::get({lanes}, builder.getF32Type());
  isVector = map.isFunctionOfDim(roles.lane);
  Value buffer = context.bufferFor(operand.get());
  strides = getStrides(buffer);
  AffineExpr linear = getAffineConstantExpr(0, builder.getContext());
  AffineExpr products = linear;
  for (auto [index, stride] : llvm::zip_equal(map.getResults(), strides)) {
    if (auto known = getConstantIntValue(stride)) {
      linear = linear + index * *known;
      continue;
    }
    AffineExpr symbol =
        getAffineSymbolExpr(symbols.size(), builder.getContext());
    products = products + index * symbol;
    symbols.push_back(stride.get<Value>());
  }
  linear = simplifyAffineExpr(linear, map.getNumDims(), 0);
  // Where LLVM unrolls the innermost loops, which come last, their terms become
  // part of the instruction, and elements of neighbouring taps are found to be
  // the same.
  element =
      symbols.empty() ? linear : addInOrder(products, linear, map.getNumDims());
  flat = createDenseView(builder, loc, buffer, getSpan(builder, loc, buffer));
}

Value TileOperand::getFirst(OpBuilder &builder, ValueRange ivs) const {
  return affine::expandAffineExpr(builder, loc, element, ivs, symbols);
}

/// The element at `spot`, given the first one's.
Value TileOperand::getElement(OpBuilder &builder, Value first,
                              TileSpot spot) const {
  int64_t known = 0;
  for (auto [distance, stride] : llvm::zip_equal(offsetsAt(spot), strides)) {
    if (auto constantStride = getConstantIntValue(stride)) {
      known += distance * *constantStride;
    } else if (distance != 0) {
      OpFoldResult offset =
          multiply(builder, loc, builder.getIndexAttr(distance), stride);
      first = builder.create<arith::AddIOp>(
          loc, first, getValueOrCreateConstantIndexOp(builder, loc, offset));
    }
  }
  return builder.create<arith::AddIOp>(
      loc, first, builder.create<arith::ConstantIndexOp>(loc, known));
}

Value TileOperand::load(OpBuilder &builder, Value first, TileSpot spot) const {
  Value index = getElement(builder, first, spot);
  if (isVector)
    return builder.create<vector::LoadOp>(loc, type, flat, index);
  Value value = builder.create<memref::LoadOp>(loc, flat, index);
  return builder.create<vector::BroadcastOp>(loc, type, value);
}
