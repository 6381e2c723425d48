//===- Resize.cpp - Resize and Upsample
//------------------------------------===//

#include "frontends/onnx/ops/NamedSizes.h"
#include "frontends/onnx/ops/Reduce.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

//===----------------------------------------------------------------------===//
// Factors that are computed at run time
//===----------------------------------------------------------------------===//

namespace {
/// What tells the output's size: one of the two, or both where scales are
/// computed at run time.
struct Factors {
  Value scales, sizes;
};
} // namespace

/// The sizes of x along `axes` (null: all) as f32.
static Value createInputSizes(NodeImport &node, Value x,
                              DenseI64ArrayAttr axes) {
  Value sizes = node.shapeOf(x);
  if (axes)
    sizes = node.create<graph::GatherOp>(
        sizes, node.i64Vector(axes.asArrayRef()), /*axis=*/0);
  return node.create<graph::CastOp>(sizes, node.builder.getF32Type());
}

/// The products rounded down, as sizes.
static Value createSizes(NodeImport &node, Value products) {
  Value whole = node.create<graph::FloorOp>(products);
  return createNamedSizes(
      node, node.create<graph::CastOp>(whole, node.builder.getI64Type()));
}

static Factors createScaled(NodeImport &node, Value x, Value scales,
                            DenseI64ArrayAttr axes) {
  if (graph::getConstantElements(scales))
    return {scales, Value()};
  return {scales,
          createSizes(node, node.create<graph::MulOp>(
                                createInputSizes(node, x, axes), scales))};
}

/// The sizes that one scale for all axes gives: the smallest or the largest.
static Factors createCommonScale(NodeImport &node, Value x, Value sizes,
                                 DenseI64ArrayAttr axes, bool isSmallest) {
  Value in = createInputSizes(node, x, axes);
  Value ratios = node.create<graph::DivOp>(
      node.create<graph::CastOp>(sizes, node.builder.getF32Type()), in);
  Value common = createReduce(
      node, isSmallest ? graph::ReduceKind::min : graph::ReduceKind::max,
      ratios, node.i64Vector(0));
  Value products = node.create<graph::MulOp>(in, common);
  Value rounded =
      node.create<graph::AddOp>(products, node.scalar(products, 0.5));
  Value scales = node.create<graph::ExpandOp>(
      common, node.i64Vector(node.dimOf(sizes, 0)));
  return {scales, createSizes(node, rounded)};
}

static bool isStatic(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.hasStaticShape();
}

/// Resampling by `scales` in the manner of Upsample and of Resize-10: positions
/// are divided by the scale, and the nearest neighbour is the one below.
static Value createAsymmetric(NodeImport &node, Value x, Value scales,
                              llvm::StringRef mode, llvm::StringRef nearest) {
  Factors factors = createScaled(node, x, scales, DenseI64ArrayAttr());
  return node.create<graph::ResizeOp>(
      x, /*roi=*/Value(), factors.scales, factors.sizes, mode, "asymmetric",
      nearest, llvm::APFloat(-0.75), /*exclude_outside=*/false,
      llvm::APFloat(0.0), /*antialias=*/false, /*axes=*/DenseI64ArrayAttr(),
      "stretch");
}

static Value createF32Vector(NodeImport &node, llvm::ArrayRef<float> values) {
  return graph::createConstant(
      node.builder, node.loc,
      RankedTensorType::get(int64_t(values.size()), node.builder.getF32Type()),
      {reinterpret_cast<const char *>(values.data()),
       values.size() * sizeof(float)});
}

static void checkScales(NodeImport &node, llvm::ArrayRef<double> scales,
                        double least) {
  for (double scale : scales)
    // Written so that NaN fails, too.
    if (!(scale > 0 && scale >= least && scale < INT32_MAX))
      node.refuse("scales has the value " + llvm::Twine(std::to_string(scale)));
}

void importUpsample(NodeImport &node) {
  Value x = node.operand(0), scales = node.operand(1);
  if (node.opset < 9) {
    const onnx::AttributeProto *attribute = node.findAttr("scales");
    scales = createF32Vector(
        node, {attribute->floats().data(), size_t(attribute->floats_size())});
  }
  if (auto values = graph::getConstantFloats(scales); succeeded(values))
    checkScales(node, *values, /*least=*/1);
  std::string mode = node.getEnum("mode", {"nearest", "linear"});
  node.yield(createAsymmetric(node, x, scales, mode, "floor"));
}

/// Resize-10: as Upsample; where it shrinks, the nearest neighbour is the one
/// above, as ONNX Runtime has it (ONNX does not say).
static void importResize10(NodeImport &node) {
  Value x = node.operand(0), scales = node.operand(1);
  std::string mode = node.getEnum("mode", {"nearest", "linear"});
  FailureOr<llvm::SmallVector<double>> values =
      graph::getConstantFloats(scales);
  if (succeeded(values))
    checkScales(node, *values, /*least=*/0);
  bool shrinks = succeeded(values) &&
                 llvm::any_of(*values, [](double s) { return s < 1; });
  if (mode == "linear" || !shrinks) {
    node.yield(createAsymmetric(node, x, scales, mode, "floor"));
    return;
  }
  llvm::SmallVector<float> up, down;
  for (double scale : *values) {
    up.push_back(std::max(float(scale), 1.0f));
    down.push_back(std::min(float(scale), 1.0f));
  }
  if (llvm::any_of(up, [](float scale) { return scale > 1; }))
    x = createAsymmetric(node, x, createF32Vector(node, up), mode, "floor");
  node.yield(
      createAsymmetric(node, x, createF32Vector(node, down), mode, "ceil"));
}

static std::string readCoordinateMode(NodeImport &node) {
  llvm::SmallVector<llvm::StringRef> allowed = {
      "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric",
      "tf_crop_and_resize"};
  if (node.opset < 13)
    allowed.push_back("tf_half_pixel_for_nn");
  if (node.opset >= 19)
    allowed.push_back("half_pixel_symmetric");
  return node.getEnum("coordinate_transformation_mode", allowed);
}

void importResize(NodeImport &node) {
  if (node.opset < 11)
    return importResize10(node);
  // Until opset 13, what is not given is given as an empty tensor.
  auto given = [&](unsigned index) {
    Value operand = node.operand(index);
    return node.isEmpty(operand) ? Value() : operand;
  };
  Value x = node.operand(0), roi = given(1), scales = given(2),
        sizes = given(3);
  if (bool(scales) == bool(sizes))
    node.refuse("expects one of scales and sizes, got " +
                llvm::Twine(scales ? "both" : "none"));
  if (scales)
    if (auto values = graph::getConstantFloats(scales); succeeded(values))
      checkScales(node, *values, /*least=*/0);

  std::string coordinates = readCoordinateMode(node);
  bool crops = coordinates == "tf_crop_and_resize";
  if (crops && !roi)
    node.refuse("tf_crop_and_resize expects a roi");
  if (!crops)
    roi = Value();
  DenseI64ArrayAttr axes;
  if (node.hasAttr("axes"))
    axes = node.builder.getDenseI64ArrayAttr(node.getInts("axes"));

  std::string policy = node.getEnum("keep_aspect_ratio_policy",
                                    {"stretch", "not_larger", "not_smaller"});
  Factors factors{scales, sizes};
  if (scales) {
    factors = createScaled(node, x, scales, axes);
  } else if (policy != "stretch" &&
             !(graph::getConstantElements(sizes) && isStatic(x))) {
    factors = createCommonScale(node, x, sizes, axes, policy == "not_larger");
    policy = "stretch";
  } else {
    factors.sizes = createNamedSizes(node, sizes);
  }
  node.yield(node.create<graph::ResizeOp>(
      x, roi, factors.scales, factors.sizes,
      node.getEnum("mode", {"nearest", "linear", "cubic"}), coordinates,
      node.getEnum("nearest_mode", {"round_prefer_floor", "round_prefer_ceil",
                                    "floor", "ceil"}),
      llvm::APFloat(node.getFloat("cubic_coeff_a", -0.75)),
      node.getInt("exclude_outside", 0) != 0,
      llvm::APFloat(node.getFloat("extrapolation_value", 0)),
      node.getInt("antialias", 0) != 0, axes, policy));
}

} // namespace atrous::onnx_frontend
