//===- placement.cpp - Shapes, slices, constants
//---------------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

TEST(Placement, Split) {
  const char *signature = "(float[6,2] x) => (float[?] a, float[?] b)";
  EXPECT_IMPORTS(importGraph(11, signature, "a, b = Split<split=[2,4]>(x)"),
                 "-> tensor<4x2xf32>");
  EXPECT_IMPORTS(importGraph(13,
                             std::string(signature) + " <int64[2] s = {1, 5}>",
                             "a, b = Split(x, s)"),
                 "-> tensor<5x2xf32>");
  EXPECT_IMPORTS(importGraph(18, "(float[7,2] x) => (float[?] a, float[?] b)",
                             "a, b = Split<num_outputs=2>(x)"),
                 "-> tensor<3x2xf32>");
  // Sizes that only the graph knows.
  EXPECT_IMPORTS(
      importGraph(13, "(float[6,2] x, int64[2] s) => (float[?] a, float[?] b)",
                  "a, b = Split(x, s)"),
      "graph.split");
  EXPECT_IMPORTS(importGraph(13, "(float[N,2] x) => (float[?] a, float[?] b)",
                             "a, b = Split(x)"),
                 "graph.div");
}

TEST(Placement, SplitRefuses) {
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
  EXPECT_REFUSED(importGraph(18,
                             std::string(signature) + " <int64[2] s = {3, 3}>",
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

TEST(Placement, Shapes) {
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

TEST(Placement, Placement) {
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
  EXPECT_IMPORTS(importUnary(28, "SpaceToDepth<blocksize=2, mode=\"CRD\">"),
                 "mode = \"CRD\"");
}

TEST(Placement, Pad) {
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

TEST(Placement, Constants) {
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

TEST(Placement, ConstantOfShapeAndRange) {
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

TEST(Placement, Diagonals) {
  EXPECT_IMPORTS(importGraph(9, "(float[3,4] x) => (double[3,4] y)",
                             "y = EyeLike<k=1, dtype=11>(x)"),
                 "-> tensor<3x4xf64>");
  EXPECT_REFUSED(importGraph(9, "(float[3] x) => (float[?] y)",
                             "y = EyeLike(x)"),
                 "input has rank 1, expected 2");
  EXPECT_REFUSED(importGraph(9, "(float[3,3] x) => (float[?] y)",
                             "y = EyeLike<dtype=8>(x)"),
                 "attribute dtype is 8 (string), a data type that is not "
                 "supported");
  EXPECT_REFUSED(importGraph(14, "(float[3] x) => (float[?] y)",
                             "y = Trilu(x)"),
                 "input has rank 1, expected at least 2");
}

TEST(Placement, CenterCropPad) {
  const char *signature = "(float[3,4] x) => (float[?,?] y)";
  EXPECT_IMPORTS(importGraph(18,
                             std::string(signature) + " <int64[1] s = {7}>",
                             "y = CenterCropPad<axes=[-1]>(x, s)"),
                 "graph.pad");
  EXPECT_REFUSED(importGraph(18,
                             std::string(signature) + " <int64[1] s = {7}>",
                             "y = CenterCropPad(x, s)"),
                 "shape has 1 sizes for 2 axes");
}
