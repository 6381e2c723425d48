//===- irregular.cpp - Ops that the runtime does --------------------------===//

#include "test/frontends/onnx/testing.h"

using namespace atrous::testing;

TEST(Irregular, TopK) {
  const char *signature = "(float[2,9] x) => (float[?] y)";
  EXPECT_IMPORTS(importGraph(9, signature, "y, i = TopK<k=3>(x)"),
                 "-> (tensor<2x3xf32>");
  EXPECT_IMPORTS(
      importGraph(11, "(float[2,9] x, int64[1] k) => (float[?] y)",
                  "y, i = TopK<axis=0, largest=0>(x, k)"),
      "{axis = 0 : i64, smallest} : (tensor<2x9xf32>, tensor<1xi64>) -> "
      "(tensor<?x9xf32");
  EXPECT_REFUSED(importGraph(9, signature, "y, i = TopK<k=10>(x)"),
                 "k is 10, but dimension 1 has size 9");
}

TEST(Irregular, Selection) {
  EXPECT_IMPORTS(importGraph(17, "(float[2,9] x) => (int64[?] y)",
                             "y = NonZero(x)"),
                 "-> tensor<2x?xi64>");
  EXPECT_IMPORTS(importGraph(11, "(float[2,9] x, bool[2] c) => (float[?] y)",
                             "y = Compress<axis=0>(x, c)"),
                 "-> tensor<?x9xf32>");
  EXPECT_IMPORTS(importUnary(17, "Unique"), "graph.unique %arg0 {sorted}");
  EXPECT_IMPORTS(importUnary(17, "Unique<sorted=0>"), "graph.unique %arg0 :");
}

TEST(Irregular, NonMaxSuppression) {
  const char *signature =
      "(float[1,6,4] b, float[1,2,6] s, int64[1] n) => (int64[?] y)";
  EXPECT_IMPORTS(importGraph(11, signature,
                             "y = NonMaxSuppression<center_point_box=1>"
                             "(b, s, n)"),
                 "{center_point_box}");
  EXPECT_REFUSED(importGraph(11, signature,
                             "y = NonMaxSuppression<center_point_box=2>(b, s)"),
                 "center_point_box is 2; expected 0 or 1");
}

TEST(Irregular, RoiAlign) {
  const char *signature =
      "(float[1,5,8,8] x, float[7,4] r, int64[7] b) => (float[?] y)";
  EXPECT_IMPORTS(importGraph(16, signature, "y = RoiAlign(x, r, b)"),
                 "half_pixel");
  Imported old = importGraph(10, signature, "y = RoiAlign(x, r, b)");
  EXPECT_IMPORTS(old, "-> tensor<7x5x1x1xf32>");
  EXPECT_FALSE(old.has("half_pixel"));
  EXPECT_REFUSED(
      importGraph(16, signature, "y = RoiAlign<mode=\"junk\">(x, r, b)"),
      "mode is 'junk'");
}

TEST(Irregular, Indexing) {
  const char *signature =
      "(float[2,9] x, int64[2,3] i, float[2,3] u) => (float[?] y)";
  EXPECT_IMPORTS(importGraph(13, signature, "y = GatherElements<axis=1>(x, i)"),
                 "-> tensor<2x3xf32>");
  EXPECT_IMPORTS(
      importGraph(18, signature,
                  "y = ScatterElements<axis=1, reduction=\"max\">(x, i, u)"),
      "graph.scatter_elements  max");
  EXPECT_REFUSED(
      importGraph(16, signature,
                  "y = ScatterElements<axis=1, reduction=\"max\">(x, i, u)"),
      "reduction is 'max'; expected one of none, add, mul");
  EXPECT_IMPORTS(importGraph(9, signature, "y = Scatter<axis=1>(x, i, u)"),
                 "graph.scatter_elements  none");
  EXPECT_IMPORTS(importGraph(13, "(float[2,9] x, int64[5,1] i) => (float[?] y)",
                             "y = GatherND(x, i)"),
                 "-> tensor<5x9xf32>");
  EXPECT_IMPORTS(importGraph(18,
                             "(float[2,9] x, int64[5,1] i, float[5,9] u) => "
                             "(float[?] y)",
                             "y = ScatterND<reduction=\"add\">(x, i, u)"),
                 "graph.scatter_nd  add");
  EXPECT_IMPORTS(importGraph(11,
                             "(int64[3] i, float[2] v) => (float[?] y) "
                             "<int64 d = {5}>",
                             "y = OneHot<axis=0>(i, d, v)"),
                 "-> tensor<5x3xf32>");
  EXPECT_IMPORTS(importGraph(10, "(float[4,3] x, int64[3] n) => (float[?] y)",
                             "y = ReverseSequence(x, n)"),
                 "{batch_axis = 1 : i64, time_axis = 0 : i64}");
}
