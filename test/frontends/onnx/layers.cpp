//===- layers.cpp - Products, reductions, norms, sampling
//------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

TEST(Layers, BatchNormalization) {
  const char *signature = "(float[1,2,3] x, float[2] s, float[2] b, float[2] "
                          "m, float[2] v) => (float[1,2,3] y)";
  EXPECT_IMPORTS(
      importGraph(17, signature, "y = BatchNormalization(x, s, b, m, v)"),
      "graph.batch_norm");
  // Statistics of the batch itself.
  EXPECT_IMPORTS(
      importGraph(17, signature,
                  "y = BatchNormalization<training_mode=1>(x, s, b, m, v)"),
      "graph.reduce  mean");
  EXPECT_REFUSED(
      importGraph(7, signature,
                  "y = BatchNormalization<spatial=0>(x, s, b, m, v)"),
      "spatial is 0");
}

TEST(Layers, MatMulAndGemm) {
  EXPECT_IMPORTS(importGraph(17, "(float[2,3] a, float[3,4] b) => (float[?] y)",
                             "y = MatMul(a, b)"),
                 "-> tensor<2x4xf32>");
  const char *signature = "(float[3,2] a, float[4,3] b, float[4] c) => "
                          "(float[?] y)";
  Imported gemm =
      importGraph(17, signature,
                  "y = Gemm<transA=1, transB=1, alpha=2.0, beta=0.5>(a, b, c)");
  EXPECT_IMPORTS(gemm, "graph.transpose");
  EXPECT_IMPORTS(gemm, "transpose_rhs");
  EXPECT_EQ(gemm.count("graph.mul"), 2u);
  EXPECT_FALSE(importGraph(17, signature,
                           "y = Gemm<transA=1, transB=1, beta=0.0>(a, b, c)")
                   .has("graph.add"));
  EXPECT_REFUSED(importGraph(17,
                             "(float[2,3,1] a, float[3,4] b) => "
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

TEST(Layers, Reductions) {
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
  EXPECT_REFUSED(
      importGraph(18, "(int32[2] x) => (int32[?] y)", "y = ReduceLogSum(x)"),
      "logarithm of integers is not supported");
}

TEST(Layers, ArgReductions) {
  EXPECT_IMPORTS(importGraph(17, "(float[2,3] x) => (int64[?] y)",
                             "y = ArgMax<axis=1, keepdims=0>(x)"),
                 "-> tensor<2xi64>");
  EXPECT_IMPORTS(importGraph(17, "(float[2,3] x) => (int64[?] y)",
                             "y = ArgMin<select_last_index=1>(x)"),
                 "select_last_index");
}

TEST(Layers, SoftmaxBeforeAndSinceOpset13) {
  // Flattened from axis 1 on: three dimensions sum up to one.
  EXPECT_IMPORTS(importUnary(11, "Softmax"), "dense<[1, 2, 3]>");
  EXPECT_IMPORTS(importUnary(13, "Softmax"), "dense<-1>");
  EXPECT_IMPORTS(importUnary(13, "LogSoftmax<axis=1>"), "graph.log");
  EXPECT_REFUSED(importUnary(11, "Softmax<axis=9>"),
                 "axis is 9, but the rank is 4");
}

TEST(Layers, Normalizations) {
  const char *perChannel =
      "(float[1,4,6,6] x, float[4] s, float[4] b) => (float[?] y)";
  EXPECT_IMPORTS(
      importGraph(17, perChannel, "y = InstanceNormalization(x, s, b)"),
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

TEST(Layers, RegionsOfInterestAndUnpooling) {
  EXPECT_IMPORTS(importGraph(17,
                             "(float[1,4,6,6] x, float[3,5] r) => (float[?] y)",
                             "y = MaxRoiPool<pooled_shape=[2,2]>(x, r)"),
                 "-> tensor<3x4x2x2xf32>");
  EXPECT_REFUSED(importGraph(17,
                             "(float[1,4,6,6] x, float[3,5] r) => (float[?] y)",
                             "y = MaxRoiPool<pooled_shape=[0,2]>(x, r)"),
                 "pooled_shape has the value 0");
  EXPECT_IMPORTS(
      importGraph(17, "(float[1,4,6,6] x) => (float[?] y)",
                  "p, i = MaxPool<kernel_shape=[2,2], strides=[2,2]>(x) "
                  "y = MaxUnpool<kernel_shape=[2,2], strides=[2,2]>(p, i)"),
      "graph.max_unpool");
}

TEST(Layers, Resize) {
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

TEST(Layers, ResizeRefuses) {
  const char *scaled = "(float[1,1,4,4] x) => (float[?] y) "
                       "<float[4] s = {1, 1, 2, 2}>";
  EXPECT_REFUSED(
      importGraph(13, "(float[1,1,4,4] x) => (float[?] y)", "y = Resize(x)"),
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
