//===- ops.cpp - Import functions, one test a family ----------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

/// `op` applied to a 1x4x6x6 tensor at an opset.
static Imported importUnary(int opset, llvm::StringRef op) {
  return importGraph(opset, "(float[1,4,6,6] x) => (float[?] y)",
                     "y = " + op.str() + "(x)");
}

#define EXPECT_IMPORTS(IMPORTED, TEXT)                                         \
  do {                                                                         \
    const auto &imported_ = (IMPORTED);                                        \
    EXPECT_EQ(imported_.errors, "");                                           \
    EXPECT_TRUE(imported_.has(TEXT)) << imported_.module;                      \
  } while (false)

TEST(Ops, Unary) {
  for (const char *op :
       {"Abs", "Neg", "Ceil", "Floor", "Round", "Sqrt", "Exp", "Log", "Sin",
        "Cos", "Tanh", "Erf", "Sigmoid", "Relu", "Sign"})
    EXPECT_IMPORTS(importUnary(17, op),
                   "graph." + llvm::StringRef(op).lower() + " %arg0");
  EXPECT_IMPORTS(importUnary(17, "Reciprocal"), "graph.div");
  EXPECT_IMPORTS(importGraph(17, "(bool[2] x) => (bool[2] y)", "y = Not(x)"),
                 "graph.not");
}

TEST(Ops, Activations) {
  for (const char *op :
       {"LeakyRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "HardSigmoid",
        "HardSwish", "Softplus", "Softsign", "Mish", "Gelu", "Swish",
        "LeakyRelu<alpha=2.0>", "Gelu<approximate=\"tanh\">"})
    EXPECT_IMPORTS(importUnary(24, op), "-> tensor<1x4x6x6xf32>");
  EXPECT_REFUSED(importUnary(17, "Celu<alpha=0.0>"), "alpha is 0");
  EXPECT_REFUSED(importUnary(20, "Gelu<approximate=\"junk\">"),
                 "approximate is 'junk'; expected one of none, tanh");
  EXPECT_IMPORTS(importGraph(17,
                             "(float[1,4,6,6] x, float[4,1,1] s) => "
                             "(float[?] y)",
                             "y = PRelu(x, s)"),
                 "graph.where");
}

TEST(Ops, Binary) {
  for (const char *op : {"Add", "Sub", "Mul", "Div", "Pow"})
    EXPECT_IMPORTS(importGraph(17, "(float[2,1] a, float[3] b) => "
                                   "(float[2,3] y)",
                               std::string("y = ") + op + "(a, b)"),
                   "-> tensor<2x3xf32>");
  for (const char *op : {"Equal", "Less", "LessOrEqual", "Greater",
                         "GreaterOrEqual"})
    EXPECT_IMPORTS(importGraph(17, "(float[2] a, float[2] b) => (bool[2] y)",
                               std::string("y = ") + op + "(a, b)"),
                   "graph.compare");
  for (const char *op : {"And", "Or", "Xor"})
    EXPECT_IMPORTS(importGraph(17, "(bool[2] a, bool[2] b) => (bool[2] y)",
                               std::string("y = ") + op + "(a, b)"),
                   "-> tensor<2xi1>");
  for (const char *op : {"BitwiseAnd", "BitwiseOr", "BitwiseXor"})
    EXPECT_IMPORTS(importGraph(18, "(uint8[2] a, uint8[2] b) => (uint8[2] y)",
                               std::string("y = ") + op + "(a, b)"),
                   "-> tensor<2xui8>");
}

TEST(Ops, PowOfMixedTypes) {
  EXPECT_IMPORTS(importGraph(17, "(float[2] a, int64[2] b) => (float[2] y)",
                             "y = Pow(a, b)"),
                 "-> tensor<2xf32>");
  Imported fractional =
      importGraph(17, "(int64[2] a, float[2] b) => (int64[2] y)",
                  "y = Pow(a, b)");
  EXPECT_EQ(fractional.errors, "");
  EXPECT_EQ(fractional.count("graph.cast"), 2u);
}

TEST(Ops, Mod) {
  const char *floats = "(float[2] a, float[2] b) => (float[2] y)";
  EXPECT_IMPORTS(importGraph(17, floats, "y = Mod<fmod=1>(a, b)"), "fmod");
  EXPECT_REFUSED(importGraph(17, floats, "y = Mod(a, b)"),
                 "fmod must be 1 for floating-point inputs");
  EXPECT_IMPORTS(importGraph(28, floats, "y = Mod(a, b)"), "graph.where");
  EXPECT_IMPORTS(importGraph(17, "(int32[2] a, int32[2] b) => (int32[2] y)",
                             "y = Mod(a, b)"),
                 "graph.mod");
}

TEST(Ops, Variadic) {
  for (const char *op : {"Min", "Max", "Sum", "Mean"}) {
    std::string name = op;
    EXPECT_IMPORTS(importGraph(17,
                               "(float[2] a, float[2] b, float[2] c) => "
                               "(float[2] y)",
                               "y = " + name + "(a, b, c)"),
                   "tensor<2xf32>");
    EXPECT_IMPORTS(importUnary(17, name), "return");
  }
}

TEST(Ops, NotANumberAndInfinity) {
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (bool[2] y)",
                             "y = IsNaN(x)"),
                 "graph.not");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (bool[2] y)",
                             "y = IsInf(x)"),
                 "graph.or");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (bool[2] y)",
                             "y = IsInf<detect_negative=0>(x)"),
                 "0x7F800000");
  EXPECT_IMPORTS(
      importGraph(17, "(float[2] x) => (bool[2] y)",
                  "y = IsInf<detect_negative=0, detect_positive=0>(x)"),
      "lt");
}

TEST(Ops, WhereAndCast) {
  EXPECT_IMPORTS(importGraph(17,
                             "(bool[2] c, float[2] a, float[1] b) => "
                             "(float[2] y)",
                             "y = Where(c, a, b)"),
                 "graph.where");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (int32[2] y)",
                             "y = Cast<to=6>(x)"),
                 "-> tensor<2xi32>");
  EXPECT_REFUSED(importGraph(17, "(float[2] x) => (float[2] y)",
                             "y = Cast<to=9999>(x)"),
                 "attribute to is 9999 (type 9999)");
  EXPECT_REFUSED(importGraph(17, "(float[2] x) => (string[2] y)",
                             "y = Cast<to=8>(x)"),
                 "attribute to is 8 (string)");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x, int8[1] l) => (int8[2] y)",
                             "y = CastLike(x, l)"),
                 "-> tensor<2xi8>");
}

TEST(Ops, Clip) {
  Imported attributes = importUnary(7, "Clip<min=0.0, max=6.0>");
  EXPECT_IMPORTS(attributes, "graph.max");
  EXPECT_IMPORTS(attributes, "graph.min");
  EXPECT_IMPORTS(importUnary(17, "Clip"), "return %arg0");
  EXPECT_IMPORTS(importGraph(17,
                             "(float[2] x) => (float[2] y) <float m = {6}>",
                             "y = Clip(x, , m)"),
                 "graph.min");
  EXPECT_REFUSED(
      importGraph(17, "(float[2] x) => (float[2] y) <float[2] m = {6, 7}>",
                  "y = Clip(x, m)"),
      "min must be a scalar, but has shape 2");
}

TEST(Ops, IdentityAndDropout) {
  EXPECT_IMPORTS(importUnary(17, "Identity"), "return %arg0");
  EXPECT_IMPORTS(importUnary(7, "Dropout<ratio=0.5>"), "return %arg0");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (bool[2] m)",
                             "y, m = Dropout(x)"),
                 "-> tensor<2xi1>");
  EXPECT_IMPORTS(importGraph(9, "(float[2] x) => (float[2] m)",
                             "y, m = Dropout(x)"),
                 "-> tensor<2xf32>");
  EXPECT_REFUSED(
      importGraph(17, "(float[2] x) => (float[2] y) <bool t = {1}>",
                  "y = Dropout(x, , t)"),
      "training_mode must be false");
}

TEST(Ops, BatchNormalization) {
  const char *signature = "(float[1,2,3] x, float[2] s, float[2] b, float[2] "
                          "m, float[2] v) => (float[1,2,3] y)";
  EXPECT_IMPORTS(importGraph(17, signature,
                             "y = BatchNormalization(x, s, b, m, v)"),
                 "graph.batch_norm");
  EXPECT_REFUSED(
      importGraph(17, signature,
                  "y = BatchNormalization<training_mode=1>(x, s, b, m, v)"),
      "training_mode is 1");
  EXPECT_REFUSED(
      importGraph(7, signature,
                  "y = BatchNormalization<spatial=0>(x, s, b, m, v)"),
      "spatial is 0");
}

TEST(Ops, MatMulAndGemm) {
  EXPECT_IMPORTS(importGraph(17, "(float[2,3] a, float[3,4] b) => (float[?] y)",
                             "y = MatMul(a, b)"),
                 "-> tensor<2x4xf32>");
  const char *signature = "(float[3,2] a, float[4,3] b, float[4] c) => "
                          "(float[?] y)";
  Imported gemm = importGraph(
      17, signature,
      "y = Gemm<transA=1, transB=1, alpha=2.0, beta=0.5>(a, b, c)");
  EXPECT_IMPORTS(gemm, "graph.transpose");
  EXPECT_IMPORTS(gemm, "transpose_rhs");
  EXPECT_EQ(gemm.count("graph.mul"), 2u);
  EXPECT_FALSE(importGraph(17, signature,
                           "y = Gemm<transA=1, transB=1, beta=0.0>(a, b, c)")
                   .has("graph.add"));
  EXPECT_REFUSED(importGraph(17, "(float[2,3,1] a, float[3,4] b) => "
                                 "(float[?] y)",
                             "y = Gemm(a, b)"),
                 "matrix operand has shape 2x3x1, expected rank 2");
  EXPECT_REFUSED(importGraph(17, "(int32[2,3] a, int32[3,4] b) => (int32[?] y)",
                             "y = Gemm<alpha=0.5>(a, b)"),
                 "for integer inputs, expected a whole number");
  EXPECT_REFUSED(importGraph(17, "(float[2,3] a, float[4,3] b) => (float[?] y)",
                             "y = Gemm(a, b)"),
                 "Gemm:17 'y': ");
}

TEST(Ops, Reductions) {
  for (const char *op :
       {"ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd",
        "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum",
        "ReduceLogSumExp"}) {
    std::string name = op;
    Imported attribute = importUnary(11, name + "<axes=[1,-1], keepdims=0>");
    EXPECT_IMPORTS(attribute, "-> tensor<1x6xf32>");
    EXPECT_IMPORTS(importGraph(18,
                               "(float[1,4,6,6] x) => (float[?] y) "
                               "<int64[1] a = {2}>",
                               "y = " + name + "(x, a)"),
                   "-> tensor<1x4x1x6xf32>");
    EXPECT_IMPORTS(importUnary(18, name + "<keepdims=0>"), "-> tensor<f32>");
  }
  EXPECT_REFUSED(importGraph(18, "(int32[2] x) => (int32[?] y)",
                             "y = ReduceLogSum(x)"),
                 "logarithm of integers is not supported");
}

TEST(Ops, ArgReductions) {
  EXPECT_IMPORTS(importGraph(17, "(float[2,3] x) => (int64[?] y)",
                             "y = ArgMax<axis=1, keepdims=0>(x)"),
                 "-> tensor<2xi64>");
  EXPECT_IMPORTS(importGraph(17, "(float[2,3] x) => (int64[?] y)",
                             "y = ArgMin<select_last_index=1>(x)"),
                 "select_last_index");
}

TEST(Ops, SoftmaxBeforeAndSinceOpset13) {
  // Flattened from axis 1 on: three dimensions sum up to one.
  EXPECT_IMPORTS(importUnary(11, "Softmax"), "dense<[1, 2, 3]>");
  EXPECT_IMPORTS(importUnary(13, "Softmax"), "dense<-1>");
  EXPECT_IMPORTS(importUnary(13, "LogSoftmax<axis=1>"), "graph.log");
  EXPECT_REFUSED(importUnary(11, "Softmax<axis=9>"),
                 "axis is 9, but the rank is 4");
}

TEST(Ops, Normalizations) {
  const char *perChannel =
      "(float[1,4,6,6] x, float[4] s, float[4] b) => (float[?] y)";
  EXPECT_IMPORTS(importGraph(17, perChannel,
                             "y = InstanceNormalization(x, s, b)"),
                 "graph.unsqueeze");
  EXPECT_IMPORTS(importGraph(21, perChannel,
                             "y = GroupNormalization<num_groups=2>(x, s, b)"),
                 "graph.reshape");
  EXPECT_REFUSED(importGraph(21, perChannel,
                             "y = GroupNormalization<num_groups=0>(x, s, b)"),
                 "num_groups is 0");
  EXPECT_REFUSED(importGraph(21, perChannel,
                             "y = GroupNormalization<num_groups=3>(x, s, b)"),
                 "does not divide 4 channels");
  EXPECT_REFUSED(importGraph(21, "(float[4] x) => (float[?] y)",
                             "y = GroupNormalization<num_groups=1>(x, x, x)"),
                 "input has rank 1, expected at least 2");
  EXPECT_REFUSED(importGraph(17, "(float[4] x) => (float[?] y)",
                             "y = InstanceNormalization(x, x, x)"),
                 "input has rank 1, expected at least 3");
  EXPECT_IMPORTS(importGraph(17,
                             "(float16[2,8] x, float16[8] s) => (float[?] m)",
                             "y, m, d = LayerNormalization(x, s)"),
                 "-> tensor<2x1xf32>");
  EXPECT_IMPORTS(importUnary(17, "MeanVarianceNormalization"), "graph.sqrt");
  EXPECT_IMPORTS(importUnary(17, "LpNormalization<p=1>"), "reduce");
  EXPECT_REFUSED(importUnary(17, "LpNormalization<p=3>"), "p is 3");
  EXPECT_IMPORTS(importUnary(17, "LRN<size=5>"), "graph.lrn");
  EXPECT_REFUSED(importUnary(17, "LRN<size=0>"), "size is 0");
}

TEST(Ops, Split) {
  const char *signature = "(float[6,2] x) => (float[?] a, float[?] b)";
  EXPECT_IMPORTS(importGraph(11, signature, "a, b = Split<split=[2,4]>(x)"),
                 "-> tensor<4x2xf32>");
  EXPECT_IMPORTS(importGraph(13,
                             std::string(signature) + " <int64[2] s = {1, 5}>",
                             "a, b = Split(x, s)"),
                 "-> tensor<5x2xf32>");
  EXPECT_IMPORTS(
      importGraph(18, "(float[7,2] x) => (float[?] a, float[?] b)",
                  "a, b = Split<num_outputs=2>(x)"),
      "-> tensor<3x2xf32>");
  // Sizes that only the graph knows.
  EXPECT_IMPORTS(
      importGraph(13, "(float[6,2] x, int64[2] s) => (float[?] a, float[?] b)",
                  "a, b = Split(x, s)"),
      "graph.slice");
  EXPECT_IMPORTS(
      importGraph(13, "(float[N,2] x) => (float[?] a, float[?] b)",
                  "a, b = Split(x)"),
      "graph.div");
}

TEST(Ops, SplitRefuses) {
  const char *signature = "(float[6,2] x) => (float[?] a, float[?] b)";
  EXPECT_REFUSED(importGraph(11, signature, "a, b = Split<split=[2,2]>(x)"),
                 "split sizes add up to 4, but the dimension has size 6");
  EXPECT_REFUSED(importGraph(11, signature, "a, b = Split<split=[-1,7]>(x)"),
                 "split has the size -1");
  EXPECT_REFUSED(importGraph(11, signature, "a, b = Split<split=[6]>(x)"),
                 "split has 1 sizes for 2 outputs");
  EXPECT_REFUSED(importGraph(11, signature, "a, b = Split<axis=5>(x)"),
                 "axis is 5, but the rank is 2");
  EXPECT_REFUSED(importGraph(18, signature, "a, b = Split<num_outputs=3>(x)"),
                 "num_outputs is 3, but 2 outputs are listed");
  EXPECT_REFUSED(
      importGraph(18, std::string(signature) + " <int64[2] s = {3, 3}>",
                  "a, b = Split<num_outputs=2>(x, s)"),
      "num_outputs and split cannot both be given");
  EXPECT_REFUSED(
      importGraph(13, "(float[6,2] x, int64[3] s) => (float[?] a, float[?] b)",
                  "a, b = Split(x, s)"),
      "split has 3 sizes for 2 outputs");
  EXPECT_REFUSED(importGraph(17, "(float[7] x) => (float[?] a, float[?] b)",
                             "a, b = Split(x)"),
                 "size 7 cannot be split into 2 equal parts");
}

TEST(Ops, Shapes) {
  EXPECT_IMPORTS(importGraph(17,
                             "(float[2,6] x) => (float[?] y) "
                             "<int64[2] s = {3, -1}>",
                             "y = Reshape(x, s)"),
                 "-> tensor<3x4xf32>");
  EXPECT_IMPORTS(importUnary(17, "Flatten"), "-> tensor<1x144xf32>");
  EXPECT_IMPORTS(importUnary(11, "Squeeze<axes=[0]>"), "-> tensor<4x6x6xf32>");
  EXPECT_IMPORTS(importUnary(17, "Squeeze"), "-> tensor<4x6x6xf32>");
  EXPECT_IMPORTS(importUnary(11, "Unsqueeze<axes=[0]>"),
                 "-> tensor<1x1x4x6x6xf32>");
  EXPECT_IMPORTS(importUnary(17, "Transpose<perm=[0,2,3,1]>"),
                 "-> tensor<1x6x6x4xf32>");
  EXPECT_IMPORTS(importUnary(17, "Transpose"), "-> tensor<6x6x4x1xf32>");
  EXPECT_REFUSED(importUnary(17, "Transpose<perm=[0,0,1,2]>"),
                 "perm is no permutation of 0..3");
  EXPECT_REFUSED(importUnary(17, "Transpose<perm=[1,0]>"),
                 "perm has 2 values, but the rank is 4");
  EXPECT_IMPORTS(importGraph(17, "(float[2,6] x) => (int64[?] y)",
                             "y = Shape<start=1>(x)"),
                 "tensor<1xi64>");
  EXPECT_IMPORTS(importGraph(17, "(float[2,6] x) => (int64 y)", "y = Size(x)"),
                 "tensor<i64>");
}

TEST(Ops, Placement) {
  EXPECT_IMPORTS(importGraph(17, "(float[2] a, float[3] b) => (float[?] y)",
                             "y = Concat<axis=0>(a, b)"),
                 "-> tensor<5xf32>");
  EXPECT_IMPORTS(importUnary(9, "Slice<starts=[1], ends=[3], axes=[1]>"),
                 "-> tensor<1x2x6x6xf32>");
  EXPECT_IMPORTS(
      importGraph(17,
                  "(float[8] x) => (float[?] y) <int32[1] s = {1}, "
                  "int32[1] e = {7}, int32[1] a = {0}, int32[1] t = {2}>",
                  "y = Slice(x, s, e, a, t)"),
      "-> tensor<3xf32>");
  EXPECT_IMPORTS(importGraph(17,
                             "(float[4,3] x) => (float[?] y) "
                             "<int64[2] i = {0, -1}>",
                             "y = Gather<axis=0>(x, i)"),
                 "-> tensor<2x3xf32>");
  EXPECT_IMPORTS(importGraph(17,
                             "(float[1,3] x) => (float[?] y) "
                             "<int64[2] s = {4, 3}>",
                             "y = Expand(x, s)"),
                 "-> tensor<4x3xf32>");
  EXPECT_IMPORTS(importGraph(17,
                             "(float[1,3] x) => (float[?] y) "
                             "<int64[2] r = {4, 2}>",
                             "y = Tile(x, r)"),
                 "-> tensor<4x6xf32>");
  EXPECT_IMPORTS(importUnary(17, "DepthToSpace<blocksize=2>"),
                 "-> tensor<1x1x12x12xf32>");
  EXPECT_IMPORTS(importUnary(17, "SpaceToDepth<blocksize=2>"),
                 "-> tensor<1x16x3x3xf32>");
  EXPECT_REFUSED(importUnary(17, "DepthToSpace<blocksize=0>"),
                 "blocksize is 0");
  EXPECT_REFUSED(importUnary(17, "SpaceToDepth<blocksize=-1>"),
                 "blocksize is -1");
  EXPECT_REFUSED(importUnary(28, "SpaceToDepth<blocksize=2, mode=\"CRD\">"),
                 "mode CRD is not supported");
}

TEST(Ops, Pad) {
  EXPECT_IMPORTS(importUnary(9, "Pad<pads=[0,0,1,1,0,0,1,1], value=2.0>"),
                 "-> tensor<1x4x8x8xf32>");
  EXPECT_IMPORTS(importGraph(18,
                             "(float[3,4] x) => (float[?] y) "
                             "<int64[2] p = {1, 1}, float v = {5}, "
                             "int64[1] a = {1}>",
                             "y = Pad(x, p, v, a)"),
                 "-> tensor<3x6xf32>");
  EXPECT_REFUSED(importUnary(9, "Pad<pads=[0,0,1,1,0,0,1,1], mode=\"wrap\">"),
                 "mode is 'wrap'; expected one of constant, reflect, edge");
}

TEST(Ops, Constants) {
  auto importConstant = [](llvm::StringRef value) {
    return importGraph(17, "(float[1] x) => (float[?] y)",
                       "c = Constant<" + value.str() +
                           ">() f = Cast<to=1>(c) y = Add(x, f)");
  };
  EXPECT_IMPORTS(importConstant("value_float = 1.5"),
                 "dense<1.500000e+00> : tensor<f32>");
  EXPECT_IMPORTS(importConstant("value_int = 3"), "dense<3> : tensor<i64>");
  EXPECT_IMPORTS(importConstant("value_floats = [1.0, 2.0]"), "tensor<2xf32>");
  EXPECT_IMPORTS(importConstant("value_ints = [4, 5]"), "dense<[4, 5]>");
  EXPECT_IMPORTS(importConstant("value = int8[1] {7}"), "dense<7>");
  EXPECT_REFUSED(importConstant("value_string = \"s\""),
                 "attribute value_string is not supported");
  EXPECT_REFUSED(importConstant("value_int = 3, value_float = 1.0"),
                 "has 2 attributes, expected one value");
}

TEST(Ops, ConstantOfShapeAndRange) {
  EXPECT_IMPORTS(importGraph(17,
                             "(float[1] x) => (float[?] y) "
                             "<int64[2] s = {2, 3}>",
                             "y = ConstantOfShape(s)"),
                 "-> tensor<2x3xf32>");
  EXPECT_IMPORTS(importGraph(17,
                             "(float[1] x) => (int32[?] y) "
                             "<int64[1] s = {2}>",
                             "y = ConstantOfShape<value=int32[1] {7}>(s)"),
                 "-> tensor<2xi32>");
  EXPECT_REFUSED(importGraph(17,
                             "(float[1] x) => (float[?] y) "
                             "<int64[1] s = {-2}>",
                             "y = ConstantOfShape(s)"),
                 "shape has the negative dimension -2");
  EXPECT_REFUSED(importGraph(17,
                             "(float[1] x) => (int32[?] y) "
                             "<int64[1] s = {2}>",
                             "y = ConstantOfShape<value=int32[2] {7,8}>(s)"),
                 "value has 2 elements, expected 1");
  EXPECT_IMPORTS(importGraph(17,
                             "(float[1] x) => (int64[?] y) <int64 a = {0}, "
                             "int64 b = {5}, int64 d = {2}>",
                             "y = Range(a, b, d)"),
                 "-> tensor<3xi64>");
}

TEST(Ops, RegionsOfInterestAndUnpooling) {
  EXPECT_IMPORTS(
      importGraph(17, "(float[1,4,6,6] x, float[3,5] r) => (float[?] y)",
                  "y = MaxRoiPool<pooled_shape=[2,2]>(x, r)"),
      "-> tensor<3x4x2x2xf32>");
  EXPECT_REFUSED(
      importGraph(17, "(float[1,4,6,6] x, float[3,5] r) => (float[?] y)",
                  "y = MaxRoiPool<pooled_shape=[0,2]>(x, r)"),
      "pooled_shape has the value 0");
  EXPECT_IMPORTS(
      importGraph(17, "(float[1,4,6,6] x) => (float[?] y)",
                  "p, i = MaxPool<kernel_shape=[2,2], strides=[2,2]>(x) "
                  "y = MaxUnpool<kernel_shape=[2,2], strides=[2,2]>(p, i)"),
      "graph.max_unpool");
}

TEST(Ops, Resize) {
  const char *scaled = "(float[1,1,4,4] x) => (float[?] y) "
                       "<float[4] s = {1, 1, 2, 2}>";
  EXPECT_IMPORTS(importUnary(7, "Upsample<scales=[1.0,1.0,2.0,2.0]>"),
                 "-> tensor<1x4x12x12xf32>");
  EXPECT_IMPORTS(importGraph(9, scaled, "y = Upsample(x, s)"),
                 "coordinate_transformation_mode = \"asymmetric\"");
  EXPECT_IMPORTS(importGraph(10, scaled, "y = Resize(x, s)"),
                 "nearest_mode = \"floor\"");
  // Up in one dimension, down in the other: two steps.
  EXPECT_EQ(importGraph(10,
                        "(float[1,1,4,4] x) => (float[?] y) "
                        "<float[4] s = {1, 1, 2, 0.5}>",
                        "y = Resize(x, s)")
                .count("graph.resize"),
            2u);
  EXPECT_IMPORTS(importGraph(11,
                             "(float[1,1,4,4] x) => (float[?] y) "
                             "<float[0] r = {}, float[4] s = {1, 1, 2, 2}>",
                             "y = Resize(x, r, s)"),
                 "coordinate_transformation_mode = \"half_pixel\"");
  EXPECT_IMPORTS(importGraph(13,
                             "(float[1,1,4,4] x) => (float[?] y) "
                             "<int64[4] z = {1, 1, 7, 7}>",
                             "y = Resize<mode=\"linear\">(x, , , z)"),
                 "-> tensor<1x1x7x7xf32>");
}

TEST(Ops, ResizeRefuses) {
  const char *scaled = "(float[1,1,4,4] x) => (float[?] y) "
                       "<float[4] s = {1, 1, 2, 2}>";
  EXPECT_REFUSED(importGraph(13, "(float[1,1,4,4] x) => (float[?] y)",
                             "y = Resize(x)"),
                 "expects one of scales and sizes, got none");
  EXPECT_REFUSED(importGraph(13, scaled, "y = Resize<mode=\"junk\">(x, , s)"),
                 "mode is 'junk'");
  EXPECT_REFUSED(importGraph(13, scaled,
                             "y = Resize<coordinate_transformation_mode="
                             "\"tf_crop_and_resize\">(x, , s)"),
                 "tf_crop_and_resize expects a roi");
  EXPECT_REFUSED(importGraph(13,
                             "(float[1,1,4,4] x) => (float[?] y) "
                             "<float[4] s = {1, 1, 0, 2}>",
                             "y = Resize(x, , s)"),
                 "scales has the value 0");
  EXPECT_REFUSED(importGraph(13,
                             "(float[1,1,4,4] x) => (float[?] y) "
                             "<float[2] s = {2, 2}>",
                             "y = Resize(x, , s)"),
                 "Resize:13 'y': ");
}
