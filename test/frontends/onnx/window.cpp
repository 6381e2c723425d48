//===- window.cpp - Convolutions and pools --------------------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

static Imported importConv(llvm::StringRef attributes, int size = 9,
                           llvm::StringRef op = "Conv") {
  return importGraph(17,
                     "(float[1,2," + std::to_string(size) + "," +
                         std::to_string(size) +
                         "] x, float[2,2,3,3] w) => (float[?] y)",
                     "y = " + op.str() + "<" + attributes.str() + ">(x, w)");
}

TEST(Window, DefaultsAreOnesAndZeros) {
  Imported imported = importConv("group = 1");
  EXPECT_TRUE(imported.has("strides = array<i64: 1, 1>"));
  EXPECT_TRUE(imported.has("dilations = array<i64: 1, 1>"));
  EXPECT_TRUE(imported.has("pads = array<i64: 0, 0, 0, 0>"));
  EXPECT_TRUE(imported.has("-> tensor<1x2x7x7xf32>")) << imported.module;
}

TEST(Window, ResolvesAutoPad) {
  // 8 in, stride 2: 4 windows take 9, so one of padding.
  EXPECT_TRUE(importConv("auto_pad = \"SAME_UPPER\", strides = [2, 2]", 8)
                  .has("pads = array<i64: 0, 0, 1, 1>"));
  EXPECT_TRUE(importConv("auto_pad = \"SAME_LOWER\", strides = [2, 2]", 8)
                  .has("pads = array<i64: 1, 1, 0, 0>"));
  EXPECT_TRUE(importConv("auto_pad = \"SAME_UPPER\", dilations = [2, 2]")
                  .has("pads = array<i64: 2, 2, 2, 2>"));
  EXPECT_TRUE(importConv("auto_pad = \"VALID\", pads = [1, 1, 1, 1]")
                  .has("pads = array<i64: 0, 0, 0, 0>"));
}

TEST(Window, RefusesAttributes) {
  EXPECT_REFUSED(importConv("auto_pad = \"JUNK\""),
                 "Conv:17 'y': auto_pad is 'JUNK'; expected one of NOTSET, ");
  EXPECT_REFUSED(importConv("group = 0"), "group is 0, expected at least 1");
  EXPECT_REFUSED(importConv("dilations = [0, 1]"),
                 "dilations has the value 0, expected one from 1");
  EXPECT_REFUSED(importConv("strides = [1]"),
                 "strides has 1 values, expected 2");
  EXPECT_REFUSED(importConv("pads = [-1, 0, 0, 0]"),
                 "pads has the value -1, expected one from 0");
  EXPECT_REFUSED(importConv("pads = [9223372036854775807, 0, 0, 0]"),
                 "pads has the value 9223372036854775807");
  EXPECT_REFUSED(importConv("kernel_shape = [5, 5]"),
                 "kernel_shape has 5 in spatial dimension 0, but the weights "
                 "have 3");
}

TEST(Window, RefusesRanks) {
  EXPECT_REFUSED(importGraph(17,
                             "(float[1,2,8] x, float[2,2,3,3] w) => "
                             "(float[?] y)",
                             "y = Conv(x, w)"),
                 "weights have rank 4, but the input has rank 3");
  EXPECT_REFUSED(importGraph(17, "(float[1,2] x, float[2,2] w) => (float[?] y)",
                             "y = Conv(x, w)"),
                 "input has rank 2, expected at least 3");
  EXPECT_REFUSED(importGraph(17,
                             "(float[1,2,8] x, float[2,2,0] w) => (float[?] y)",
                             "y = Conv(x, w)"),
                 "weights have kernel size 0");
  EXPECT_REFUSED(
      importGraph(17, "(float[1,2] x) => (float[?] y)", "y = GlobalMaxPool(x)"),
      "input has rank 2, expected at least 3");
}

TEST(Window, AutoPadWithStride) {
  const char *signature = "(float[1,2,H,8] x, float[2,2,3,3] w) => "
                          "(float[?] y)";
  // The padding is computed from the size.
  EXPECT_IMPORTS(
      importGraph(17, signature,
                  "y = Conv<auto_pad = \"SAME_UPPER\", strides=[2,2]>(x, w)"),
      "graph.pad");
  EXPECT_REFUSED(importGraph(17,
                             "(float[1,2,H,8] x) => (float[?] y, int64[?] i)",
                             "y, i = MaxPool<auto_pad = \"SAME_UPPER\", "
                             "kernel_shape=[3,3], strides=[2,2]>(x)"),
                 "auto_pad SAME with stride 2 needs a static size");
  EXPECT_TRUE(
      importGraph(17, signature, "y = Conv<auto_pad = \"SAME_UPPER\">(x, w)")
          .has("pads = array<i64: 1, 1, 1, 1>"));
  EXPECT_REFUSED(
      importGraph(17, "(float[1,2,8,8] x, float[2,2,A,B] w) => (float[?] y)",
                  "y = Conv<auto_pad = \"SAME_UPPER\">(x, w)"),
      "auto_pad SAME needs a kernel size known at import");
}

TEST(Window, ConvTransposeFitsItsOutput) {
  Imported imported = importConv("strides = [3, 2], output_shape = [10, 8]", 3,
                                 "ConvTranspose");
  EXPECT_TRUE(imported.has("output_padding = array<i64: 1, 1>"));
  EXPECT_TRUE(imported.has("pads = array<i64: 0, 0, 0, 0>"));
  EXPECT_TRUE(imported.has("tensor<1x2x10x8xf32>")) << imported.module;
  EXPECT_TRUE(importConv("strides = [2, 2], auto_pad = \"SAME_UPPER\"", 3,
                         "ConvTranspose")
                  .has("pads = array<i64: 0, 0, 1, 1>"));
  EXPECT_TRUE(importConv("strides = [2, 2], auto_pad = \"SAME_LOWER\"", 3,
                         "ConvTranspose")
                  .has("pads = array<i64: 1, 1, 0, 0>"));
}

TEST(Window, ConvTransposeRefuses) {
  EXPECT_REFUSED(importConv("group = 0", 9, "ConvTranspose"),
                 "ConvTranspose:17 'y': group is 0");
}

TEST(Window, ConvTransposeFitsItsOutputAtRunTime) {
  auto import = [](std::string x, std::string w, std::string attributes) {
    return importGraph(17,
                       "(float[1,2," + x + "] x, float[2,2," + w +
                           "] w, float[2] b) => (float[?] y)",
                       "y = ConvTranspose<" + attributes + ">(x, w, b)");
  };
  EXPECT_IMPORTS(import("H,8", "3,3", "output_shape = [9, 9]"), "graph.pad");
  EXPECT_IMPORTS(import("8,8", "A,B", "output_shape = [9, 9]"), "graph.pad");
  Imported same = import("8,8", "A,B", "auto_pad = \"SAME_LOWER\"");
  EXPECT_IMPORTS(same, "graph.pad");
  // What the cut adds is biased, too.
  EXPECT_IMPORTS(same, "graph.unsqueeze %arg2");
  EXPECT_FALSE(import("H,8", "3,3", "auto_pad = \"SAME_LOWER\"").has("pad %"));
}

TEST(Window, Pools) {
  const char *signature = "(float[1,2,8,8] x) => (float[?] y)";
  Imported pool = importGraph(
      17, signature, "y = MaxPool<kernel_shape=[3,3], strides=[2,2]>(x)");
  EXPECT_TRUE(pool.has("graph.max_pool"));
  EXPECT_FALSE(pool.has("with_indices"));
  EXPECT_TRUE(
      importGraph(17, signature, "y, i = MaxPool<kernel_shape=[3,3]>(x)")
          .has("with_indices"));
  EXPECT_TRUE(importGraph(17, signature,
                          "y = AveragePool<kernel_shape=[3,3], ceil_mode=1, "
                          "count_include_pad=1>(x)")
                  .has("count_include_pad"));
  EXPECT_REFUSED(
      importGraph(17, signature, "y = AveragePool<kernel_shape=[0,0]>(x)"),
      "kernel_shape has the value 0");
  EXPECT_REFUSED(importGraph(17, signature,
                             "y = MaxPool<kernel_shape=[2,2], "
                             "storage_order=2>(x)"),
                 "storage_order is 2, expected 0 or 1");
}
