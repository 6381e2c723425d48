//===- elementwise.cpp - Elementwise ops and activations
//-------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

TEST(Elementwise, Unary) {
  for (const char *op :
       {"Abs", "Neg", "Ceil", "Floor", "Round", "Sqrt", "Exp", "Log", "Sin",
        "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh",
        "Atanh", "Tanh", "Erf", "Sigmoid", "Relu", "Sign"})
    EXPECT_IMPORTS(importUnary(17, op),
                   "graph." + llvm::StringRef(op).lower() + " %arg0");
  EXPECT_IMPORTS(importUnary(17, "Reciprocal"), "graph.div");
  EXPECT_IMPORTS(importGraph(17, "(bool[2] x) => (bool[2] y)", "y = Not(x)"),
                 "graph.not");
}

TEST(Elementwise, Activations) {
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
                 "graph.mul");
}

TEST(Elementwise, Binary) {
  for (const char *op : {"Add", "Sub", "Mul", "Div", "Pow"})
    EXPECT_IMPORTS(importGraph(17,
                               "(float[2,1] a, float[3] b) => "
                               "(float[2,3] y)",
                               std::string("y = ") + op + "(a, b)"),
                   "-> tensor<2x3xf32>");
  for (const char *op :
       {"Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"})
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

TEST(Elementwise, BitShift) {
  const char *signature = "(uint8[2] a, uint8[2] b) => (uint8[2] y)";
  EXPECT_IMPORTS(importGraph(11, signature,
                             "y = BitShift<direction=\"RIGHT\">(a, b)"),
                 "graph.shift_right");
  EXPECT_REFUSED(importGraph(11, signature,
                             "y = BitShift<direction=\"UP\">(a, b)"),
                 "direction is 'UP'; expected one of LEFT, RIGHT");
}

TEST(Elementwise, PowOfMixedTypes) {
  EXPECT_IMPORTS(importGraph(17, "(float[2] a, int64[2] b) => (float[2] y)",
                             "y = Pow(a, b)"),
                 "-> tensor<2xf32>");
  Imported fractional = importGraph(
      17, "(int64[2] a, float[2] b) => (int64[2] y)", "y = Pow(a, b)");
  EXPECT_EQ(fractional.errors, "");
  EXPECT_EQ(fractional.count("graph.cast"), 2u);
}

TEST(Elementwise, Mod) {
  const char *floats = "(float[2] a, float[2] b) => (float[2] y)";
  EXPECT_IMPORTS(importGraph(17, floats, "y = Mod<fmod=1>(a, b)"), "fmod");
  EXPECT_REFUSED(importGraph(17, floats, "y = Mod(a, b)"),
                 "fmod must be 1 for floating-point inputs");
  EXPECT_IMPORTS(importGraph(28, floats, "y = Mod(a, b)"), "graph.where");
  EXPECT_IMPORTS(importGraph(17, "(int32[2] a, int32[2] b) => (int32[2] y)",
                             "y = Mod(a, b)"),
                 "graph.mod");
}

TEST(Elementwise, Variadic) {
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

TEST(Elementwise, NotANumberAndInfinity) {
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (bool[2] y)", "y = IsNaN(x)"),
                 "graph.not");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (bool[2] y)", "y = IsInf(x)"),
                 "graph.or");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (bool[2] y)",
                             "y = IsInf<detect_negative=0>(x)"),
                 "0x7F800000");
  EXPECT_IMPORTS(
      importGraph(17, "(float[2] x) => (bool[2] y)",
                  "y = IsInf<detect_negative=0, detect_positive=0>(x)"),
      "lt");
}

TEST(Elementwise, WhereAndCast) {
  EXPECT_IMPORTS(importGraph(17,
                             "(bool[2] c, float[2] a, float[1] b) => "
                             "(float[2] y)",
                             "y = Where(c, a, b)"),
                 "graph.where");
  EXPECT_IMPORTS(
      importGraph(17, "(float[2] x) => (int32[2] y)", "y = Cast<to=6>(x)"),
      "-> tensor<2xi32>");
  EXPECT_REFUSED(
      importGraph(17, "(float[2] x) => (float[2] y)", "y = Cast<to=9999>(x)"),
      "attribute to is 9999 (unknown)");
  EXPECT_REFUSED(
      importGraph(17, "(float[2] x) => (string[2] y)", "y = Cast<to=8>(x)"),
      "attribute to is 8 (string)");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x, int8[1] l) => (int8[2] y)",
                             "y = CastLike(x, l)"),
                 "-> tensor<2xi8>");
}

TEST(Elementwise, Clip) {
  Imported attributes = importUnary(7, "Clip<min=0.0, max=6.0>");
  EXPECT_IMPORTS(attributes, "graph.max");
  EXPECT_IMPORTS(attributes, "graph.min");
  EXPECT_IMPORTS(importUnary(17, "Clip"), "return %arg0");
  EXPECT_IMPORTS(importGraph(17, "(float[2] x) => (float[2] y) <float m = {6}>",
                             "y = Clip(x, , m)"),
                 "graph.min");
  EXPECT_REFUSED(
      importGraph(17, "(float[2] x) => (float[2] y) <float[2] m = {6, 7}>",
                  "y = Clip(x, m)"),
      "min must be a scalar, but has shape 2");
}

TEST(Elementwise, IdentityAndDropout) {
  EXPECT_IMPORTS(importUnary(17, "Identity"), "return %arg0");
  EXPECT_IMPORTS(importUnary(7, "Dropout<ratio=0.5>"), "return %arg0");
  EXPECT_IMPORTS(
      importGraph(17, "(float[2] x) => (bool[2] m)", "y, m = Dropout(x)"),
      "-> tensor<2xi1>");
  EXPECT_IMPORTS(
      importGraph(9, "(float[2] x) => (float[2] m)", "y, m = Dropout(x)"),
      "-> tensor<2xf32>");
  EXPECT_REFUSED(importGraph(17, "(float[2] x) => (float[2] y) <bool t = {1}>",
                             "y = Dropout(x, , t)"),
                 "training_mode must be false");
  // Of nothing to drop, training makes no difference.
  EXPECT_IMPORTS(importGraph(17,
                             "(float[2] x) => (float[2] y) "
                             "<float r = {0}, bool t = {1}>",
                             "y = Dropout(x, r, t)"),
                 "return %arg0");
}
