//===- legacy.cpp - Operators as they were before opset 7 -----------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

TEST(Legacy, Broadcast) {
  const char *signature =
      "(float[2,3,4,5] a, float[3,4] b) => (float[2,3,4,5] y)";
  EXPECT_IMPORTS(importGraph(6, signature, "y = Add<broadcast=1, axis=1>(a, b)"),
                 "-> tensor<3x4x1xf32>");
  EXPECT_IMPORTS(importGraph(6, "(float[2,3] a, float[3] b) => (float[2,3] y)",
                             "y = Mul<broadcast=1>(a, b)"),
                 "-> tensor<2x3xf32>");
  EXPECT_IMPORTS(importGraph(6, "(float[2,3] a, float[2] b) => (bool[2,3] y)",
                             "y = Less<broadcast=1, axis=0>(a, b)"),
                 "-> tensor<2x3xi1>");
  EXPECT_REFUSED(importGraph(6, signature, "y = Add<broadcast=1, axis=3>(a, b)"),
                 "axis is 3, which leaves 1 dimensions for an input of rank 2");
}

TEST(Legacy, Attributes) {
  EXPECT_IMPORTS(importUnary(1, "Reshape<shape=[4, -1]>"),
                 "-> tensor<4x36xf32>");
  EXPECT_IMPORTS(importUnary(1, "Pad<paddings=[0,0,1,1,0,0,1,1]>"),
                 "-> tensor<1x4x8x8xf32>");
  EXPECT_IMPORTS(importUnary(6, "Slice<starts=[1],ends=[3],axes=[1]>"),
                 "-> tensor<1x2x6x6xf32>");
  EXPECT_IMPORTS(importGraph(6, "(float[1,4,6] x, float[4] s) => (float[?] y)",
                             "y = PRelu(x, s)"),
                 "-> tensor<4x1xf32>");
}

TEST(Legacy, Training) {
  EXPECT_IMPORTS(importUnary(6, "Dropout<is_test=1>"), "return %arg0");
  EXPECT_REFUSED(importUnary(6, "Dropout"), "is_test is 0");
  EXPECT_REFUSED(
      importGraph(6,
                  "(float[1,2,3] x, float[2] s, float[2] b, float[2] m, "
                  "float[2] v) => (float[1,2,3] y)",
                  "y = BatchNormalization(x, s, b, m, v)"),
      "is_test is 0");
}
