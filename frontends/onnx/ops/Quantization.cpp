//===- Quantization.cpp - QuantizeLinear, DequantizeLinear, ... -----------===//

#include "frontends/onnx/ops/Quantization.h"
#include "frontends/onnx/ops/Positions.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;

namespace atrous::onnx_frontend {

Value createCast(NodeImport &node, Value x, Type type) {
  return node.elementType(x) == type ? x : node.create<graph::CastOp>(x, type);
}

// In f32, which holds the sum exactly wherever it is in the range of the
// result; casts saturate.
Value createQuantized(NodeImport &node, Value x, Value zeroPoint, Type type) {
  Type f32 = node.builder.getF32Type();
  Value sum = node.create<graph::RoundOp>(createCast(node, x, f32));
  if (zeroPoint) {
    type = node.elementType(zeroPoint);
    sum = node.create<graph::AddOp>(sum, createCast(node, zeroPoint, f32));
  }
  return createCast(node, sum, type);
}

Value createCentered(NodeImport &node, Value x, Value zeroPoint) {
  Type i32 = node.builder.getI32Type();
  Value wide = createCast(node, x, i32);
  if (!zeroPoint)
    return wide;
  return node.create<graph::SubOp>(wide, createCast(node, zeroPoint, i32));
}

Value createPerRow(NodeImport &node, Value parameter) {
  if (!parameter || node.findRank(parameter) != 1)
    return parameter;
  return node.create<graph::UnsqueezeOp>(parameter, node.i64Vector(1));
}

//===----------------------------------------------------------------------===//
// Granularity
//===----------------------------------------------------------------------===//

/// A parameter of blocks along `axis`, each value repeated for its block.
static Value createPerBlock(NodeImport &node, Value x, Value parameter,
                            int64_t axis, int64_t block) {
  // [..., S, ...] to [..., S, 1, ...] to [..., S, block, ...] to
  // [..., S * block, ...], of which x may need less.
  int64_t rank = node.rankOf(x);
  llvm::SmallVector<int64_t> ones(rank + 1, 1), merged(rank, 0);
  ones[axis + 1] = block;
  Value repeated = node.create<graph::ExpandOp>(
      node.create<graph::UnsqueezeOp>(parameter, node.i64Vector(axis + 1)),
      node.i64Vector(ones));
  // What follows the axis is one dimension further on in `repeated`, so that
  // sizes cannot be copied from it.
  llvm::SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < rank; ++dim)
    sizes.push_back(dim == axis ? node.i64Vector(-1)
                                : createSize(node, parameter, dim));
  Value shape = node.create<graph::ConcatOp>(sizes, 0);
  Value whole = node.create<graph::ReshapeOp>(repeated, shape,
                                              /*allowzero=*/false);
  return node.create<graph::SliceOp>(whole, node.i64Vector(0),
                                     createSize(node, x, axis),
                                     node.i64Vector(axis), /*steps=*/Value());
}

/// A scale or zero point so that it broadcasts to `x`: of the tensor, of each
/// slice along the axis, or of blocks.
static Value createParameter(NodeImport &node, Value x, Value parameter) {
  if (!parameter || node.rankOf(parameter) == 0)
    return parameter;
  int64_t rank = node.rankOf(x), parameterRank = node.rankOf(parameter);
  // One value for all is also written as a vector.
  if (parameterRank == 1 && (node.dimOf(parameter, 0) == 1 || rank == 1))
    return parameter;
  int64_t axis = node.normalizeAxis(node.getInt("axis", 1), rank);
  int64_t block = node.getInt("block_size", 0);
  if (block < 0)
    node.refuse("block_size is " + llvm::Twine(block));
  if (block > 0) {
    if (parameterRank != rank)
      node.refuse("scale has rank " + llvm::Twine(parameterRank) +
                  " for blocks of an input of rank " + llvm::Twine(rank));
    return createPerBlock(node, x, parameter, axis, block);
  }
  if (parameterRank != 1)
    node.refuse("scale has rank " + llvm::Twine(parameterRank) +
                ", expected 0 or 1 without block_size");
  llvm::SmallVector<int64_t> ones =
      llvm::to_vector(llvm::seq<int64_t>(1, rank - axis));
  return ones.empty() ? parameter
                      : node.create<graph::UnsqueezeOp>(parameter,
                                                        node.i64Vector(ones));
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

// round(x / scale) + zero point. The type of the scale is that of the division
// unless `precision` says otherwise.
void importQuantizeLinear(NodeImport &node) {
  Value x = node.operand(0), scale = node.operand(1);
  Value zeroPoint = node.operand(2);
  Type type = IntegerType::get(node.context.context, 8, IntegerType::Unsigned);
  // 0 says that it is not given.
  bool hasType = node.getInt("output_dtype", 0) != 0;
  if (hasType)
    type = node.getType("output_dtype");
  if (hasType && zeroPoint && node.elementType(zeroPoint) != type)
    node.refuse("output_dtype is not the type of the zero point");
  if (!isa<IntegerType>(type))
    node.refuse("output_dtype is not a type of integers");
  Type precision = node.getInt("precision", 0) != 0 ? node.getType("precision")
                                                    : node.elementType(scale);
  if (!isa<FloatType>(precision))
    precision = node.builder.getF32Type();
  Value quotient = node.create<graph::DivOp>(
      createCast(node, x, precision),
      createCast(node, createParameter(node, x, scale), precision));
  node.yield(createQuantized(node, quotient,
                             createParameter(node, x, zeroPoint), type));
}

// (x - zero point) * scale
void importDequantizeLinear(NodeImport &node) {
  Value x = node.operand(0), scale = node.operand(1);
  Type type = node.getInt("output_dtype", 0) != 0
                  ? node.getType("output_dtype")
                  : node.elementType(scale);
  if (!isa<FloatType>(type))
    node.refuse("output_dtype is not a floating-point type");
  Type f32 = node.builder.getF32Type();
  Value centered =
      createCentered(node, x, createParameter(node, x, node.operand(2)));
  Value product = node.create<graph::MulOp>(
      createCast(node, centered, f32),
      createCast(node, createParameter(node, x, scale), f32));
  node.yield(createCast(node, product, type));
}

// The range of x, extended to hold zero, is divided into 255 steps.
void importDynamicQuantizeLinear(NodeImport &node) {
  Value x = node.operand(0);
  Type type = IntegerType::get(node.context.context, 8, IntegerType::Unsigned);
  auto createBound = [&](graph::ReduceKind kind) {
    return node.create<graph::ReduceOp>(kind, x, /*axes=*/Value(),
                                        /*keepdims=*/false,
                                        /*noop_with_empty_axes=*/false);
  };
  Value zero = node.scalar(x, 0);
  Value low = node.create<graph::MinOp>(createBound(graph::ReduceKind::min),
                                        zero);
  Value high = node.create<graph::MaxOp>(createBound(graph::ReduceKind::max),
                                         zero);
  Value range = node.create<graph::SubOp>(high, low);
  Value step = node.create<graph::DivOp>(range, node.scalar(x, 255));
  // For all zeros any scale would do; ONNX Runtime takes 1.
  Value isEmpty =
      node.create<graph::CompareOp>(graph::ComparePredicate::eq, range, zero);
  Value scale =
      node.create<graph::WhereOp>(isEmpty, node.scalar(x, 1), step);
  Value zeroPoint = createQuantized(
      node,
      node.create<graph::NegOp>(node.create<graph::DivOp>(low, scale)),
      /*zeroPoint=*/Value(), type);
  Value y = createQuantized(node, node.create<graph::DivOp>(x, scale),
                            zeroPoint);
  node.yield({y, scale, zeroPoint});
}

/// The product of two matrices of integers less their zero points, in i32.
static Value createProduct(NodeImport &node, Value lhs, Value lhsZeroPoint,
                           Value rhs, Value rhsZeroPoint) {
  lhs = createCentered(node, lhs, createPerRow(node, lhsZeroPoint));
  rhs = createCentered(node, rhs, rhsZeroPoint);
  return node.create<graph::MatMulOp>(lhs, rhs, /*bias=*/Value(),
                                      /*transpose_rhs=*/false);
}

void importMatMulInteger(NodeImport &node) {
  node.yield(createProduct(node, node.operand(0), node.operand(2),
                           node.operand(1), node.operand(3)));
}

void importQLinearMatMul(NodeImport &node) {
  Value product = createProduct(node, node.operand(0), node.operand(2),
                                node.operand(3), node.operand(5));
  Type f32 = node.builder.getF32Type();
  Value scale = node.create<graph::MulOp>(
      createCast(node, createPerRow(node, node.operand(1)), f32),
      createCast(node, node.operand(4), f32));
  scale = node.create<graph::DivOp>(
      scale, createCast(node, createPerRow(node, node.operand(6)), f32));
  Value y =
      node.create<graph::MulOp>(createCast(node, product, f32), scale);
  node.yield(
      createQuantized(node, y, createPerRow(node, node.operand(7))));
}

} // namespace atrous::onnx_frontend
