//===- Normalization.cpp - Normalisation by statistics of the input
//--------===//

#include "frontends/onnx/ops/Reduce.h"

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

/// Mean, 1 / sqrt(variance + epsilon), and the input normalised by them.
struct Normalized {
  Value mean, inverseDeviation, value;
};

} // namespace

static Value createAxes(NodeImport &node, int64_t begin, int64_t end) {
  return node.i64Vector(llvm::to_vector(llvm::seq<int64_t>(begin, end)));
}

static Normalized createNormalized(NodeImport &node, Value x, Value axes,
                                   double epsilon) {
  Value mean = createReduce(node, graph::ReduceKind::mean, x, axes);
  Value centered = node.create<graph::SubOp>(x, mean);
  Value square = node.create<graph::MulOp>(centered, centered);
  Value variance = createReduce(node, graph::ReduceKind::mean, square, axes);
  Value deviation = node.create<graph::SqrtOp>(
      node.create<graph::AddOp>(variance, node.scalar(x, epsilon)));
  Value inverse = node.create<graph::DivOp>(node.scalar(x, 1), deviation);
  return {mean, inverse, node.create<graph::MulOp>(centered, inverse)};
}

/// `vector` [C] as [C, 1, ...], to go with dimension 1 of a tensor of `rank`.
static Value createPerChannel(NodeImport &node, Value vector, int64_t rank) {
  if (rank <= 2)
    return vector;
  return node.create<graph::UnsqueezeOp>(vector, createAxes(node, 1, rank - 1));
}

static Value createScaleAndShift(NodeImport &node, Value x, Value scale,
                                 Value bias) {
  Value scaled = node.create<graph::MulOp>(x, scale);
  return bias ? node.create<graph::AddOp>(scaled, bias) : scaled;
}

/// x in the type that statistics are computed in: stash_type 1 is float.
static Value createStashed(NodeImport &node, Value x) {
  int64_t stashType = node.getInt("stash_type", 1);
  Type type = node.elementType(x);
  if (stashType != 1 || type.isF32() || type.isF64())
    return x;
  return node.create<graph::CastOp>(x, node.builder.getF32Type());
}

static Value createCastTo(NodeImport &node, Value x, Type type) {
  return node.elementType(x) == type ? x : node.create<graph::CastOp>(x, type);
}

void importInstanceNormalization(NodeImport &node) {
  Value x = node.operand(0);
  int64_t rank = node.rankOf(x);
  if (rank < 3)
    node.refuse("input has rank " + llvm::Twine(rank) +
                ", expected at least 3");
  Normalized normalized = createNormalized(node, x, createAxes(node, 2, rank),
                                           node.getFloat("epsilon", 1e-5));
  node.yield(createScaleAndShift(
      node, normalized.value, createPerChannel(node, node.operand(1), rank),
      createPerChannel(node, node.operand(2), rank)));
}

void importLayerNormalization(NodeImport &node) {
  Value x = node.operand(0);
  int64_t rank = node.rankOf(x);
  int64_t axis = node.normalizeAxis(node.getInt("axis", -1), rank);
  Normalized normalized = createNormalized(node, createStashed(node, x),
                                           createAxes(node, axis, rank),
                                           node.getFloat("epsilon", 1e-5));
  Value value = createCastTo(node, normalized.value, node.elementType(x));
  value = createScaleAndShift(node, value, node.operand(1), node.operand(2));
  node.yield({value, normalized.mean, normalized.inverseDeviation});
}

void importGroupNormalization(NodeImport &node) {
  Value x = node.operand(0);
  int64_t rank = node.rankOf(x);
  int64_t groups = node.getInt("num_groups", 0);
  int64_t channels = node.dimOf(x, 1);
  if (rank < 2)
    node.refuse("input has rank " + llvm::Twine(rank) +
                ", expected at least 2");
  if (groups < 1)
    node.refuse("num_groups is " + llvm::Twine(groups) +
                ", expected at least 1");
  if (!ShapedType::isDynamic(channels) && channels % groups != 0)
    node.refuse("num_groups is " + llvm::Twine(groups) +
                ", which does not divide " + llvm::Twine(channels) +
                " channels");
  Value grouped = node.create<graph::ReshapeOp>(createStashed(node, x),
                                                node.i64Vector({0, groups, -1}),
                                                /*allowzero=*/false);
  Normalized normalized = createNormalized(node, grouped, node.i64Vector(2),
                                           node.getFloat("epsilon", 1e-5));
  Value value = node.create<graph::ReshapeOp>(normalized.value, node.shapeOf(x),
                                              /*allowzero=*/true);
  value = createCastTo(node, value, node.elementType(x));
  node.yield(createScaleAndShift(
      node, value, createPerChannel(node, node.operand(1), rank),
      createPerChannel(node, node.operand(2), rank)));
}

// (x - mean) / (sqrt(variance) + 1e-9)
void importMeanVarianceNormalization(NodeImport &node) {
  Value x = node.operand(0);
  Value axes = node.hasAttr("axes") ? node.i64Vector(node.getInts("axes"))
                                    : node.i64Vector({0, 2, 3});
  Value mean = createReduce(node, graph::ReduceKind::mean, x, axes);
  Value centered = node.create<graph::SubOp>(x, mean);
  Value square = node.create<graph::MulOp>(centered, centered);
  Value variance = createReduce(node, graph::ReduceKind::mean, square, axes);
  Value deviation = node.create<graph::AddOp>(
      node.create<graph::SqrtOp>(variance), node.scalar(x, 1e-9));
  node.yield(node.create<graph::DivOp>(centered, deviation));
}

// x / |x|, where |x| = 0 gives 0.
void importLpNormalization(NodeImport &node) {
  Value x = node.operand(0);
  int64_t p = node.getInt("p", 2);
  if (p != 1 && p != 2)
    node.refuse("p is " + llvm::Twine(p) + ", expected 1 or 2");
  Value norm =
      createReduce(node, p == 1 ? graph::ReduceKind::l1 : graph::ReduceKind::l2,
                   x, node.i64Vector(node.getInt("axis", -1)));
  Value isZero = node.create<graph::CompareOp>(graph::ComparePredicate::eq,
                                               norm, node.scalar(x, 0));
  Value divisor = node.create<graph::WhereOp>(isZero, node.scalar(x, 1), norm);
  node.yield(node.create<graph::DivOp>(x, divisor));
}

} // namespace atrous::onnx_frontend
