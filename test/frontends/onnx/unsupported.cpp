//===- unsupported.cpp - The one list of what is missing ------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

TEST(Unsupported, ListsAllNodesInOneError) {
  Imported imported = importModel(
      parseText("<ir_version: 8, opset_import: [\"\" : 17, \"com.acme\" : 3]> "
                "g (float[4] x) => (int64[?,?] y, float[4] z) {"
                "a = Multinomial(x) b = Abs(x) y = Multinomial(b) "
                "c = FooBar(x) z = com.acme.Relu(x) }"));
  EXPECT_EQ(imported.module, "");
  EXPECT_EQ(imported.errors,
            "3 operators of the model (4 nodes) not supported:\n"
            "  FooBar (domain ai.onnx, opset 17, unknown to ONNX at this "
            "opset), 1 node: 'c'\n"
            "  Multinomial (domain ai.onnx, opset 17), 2 nodes: 'a', 'y'\n"
            "  Relu (domain com.acme, opset 3), 1 node: 'z'\n");
}

TEST(Unsupported, ListsNodesOfSubgraphs) {
  Imported imported = importGraph(
      17, "(bool c, float[1] x) => (float[1] y)",
      "y = If(c) <then_branch = t () => (float[1] a) { a = Multinomial(x) }, "
      "else_branch = e () => (float[1] b) { b = Relu(x) }>");
  EXPECT_REFUSED(imported,
                 "  Multinomial (domain ai.onnx, opset 17), 1 node: 'a'");
}

TEST(Unsupported, SaysThatAnOperatorIsDeprecated) {
  EXPECT_REFUSED(importGraph(17,
                             "(float[1,1,2,2] x) => (float[1,1,4,4] y) "
                             "<float[4] s = {1, 1, 2, 2}>",
                             "y = Upsample(x, s)"),
                 "Upsample (domain ai.onnx, opset 17, deprecated");
}

TEST(Unsupported, ExpandsOperatorsWithABody) {
  // Shrink is not in the table, but ONNX defines it by operators that are.
  Imported imported =
      importGraph(18, "(float[4] x) => (float[4] y)", "y = Shrink(x)");
  EXPECT_EQ(imported.errors, "");
  EXPECT_TRUE(imported.has("graph.where"));
}

TEST(Unsupported, IsNoFaultOfTheModel) {
  const char *signature = "(float[1] x) => (float[1] y)";
  EXPECT_TRUE(importGraph(17, signature, "y = Multinomial(x)").isUnsupported);
  EXPECT_TRUE(importGraph(6, signature, "y = Dropout(x)").isUnsupported);
  EXPECT_TRUE(
      importGraph(17, "(string[1] x) => (string[1] y)", "y = Identity(x)")
          .isUnsupported);
  EXPECT_TRUE(importGraph(99, signature, "y = Relu(x)").isUnsupported);
  EXPECT_FALSE(importGraph(17, "(int64[1] x) => (int64[1] y)", "y = Exp(x)")
                   .isUnsupported);
  EXPECT_FALSE(importBytes("junk").isUnsupported);
}
