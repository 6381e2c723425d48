//===- functions.cpp - Inlining of function bodies ------------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

static const char *const kHeader =
    "<ir_version: 8, opset_import: [\"\" : 17, \"loc\" : 1]> ";
static const char *const kFunctionHeader =
    "<opset_import: [\"\" : 17, \"loc\" : 1], domain: \"loc\"> ";

TEST(Functions, InlinesNestedOnes) {
  Imported imported = importModel(parseText(
      std::string(kHeader) +
      "g (float[1] x) => (float[1] y) { y = loc.outer(x) }" + kFunctionHeader +
      "outer (a) => (b) { c = loc.inner(a) b = Exp(c) }" + kFunctionHeader +
      "inner (a) => (b) { b = Relu(a) }"));
  EXPECT_EQ(imported.errors, "");
  EXPECT_TRUE(imported.has("graph.relu"));
  EXPECT_TRUE(imported.has("graph.exp"));
}

TEST(Functions, RefusesRecursion) {
  EXPECT_REFUSED(
      importModel(parseText(std::string(kHeader) +
                            "g (float[1] x) => (float[1] y) { y = loc.f(x) }" +
                            kFunctionHeader + "f (a) => (b) { b = loc.h(a) }" +
                            kFunctionHeader + "h (a) => (b) { b = loc.f(a) }")),
      "of domain 'loc' is recursive");
}

/// f0 calls f1 twice, f1 calls f2 twice, ...
static onnx::ModelProto makeDoubling(int depth) {
  std::string text =
      std::string(kHeader) + "g (float[1] x) => (float[1] y) { y = loc.f0(x) }";
  for (int i = 0; i < depth; ++i) {
    std::string callee =
        i + 1 < depth ? "loc.f" + std::to_string(i + 1) : "Relu";
    text += std::string(kFunctionHeader) + "f" + std::to_string(i) +
            " (a) => (b) { c = " + callee + "(a) b = " + callee + "(c) }";
  }
  return parseText(text);
}

TEST(Functions, RefusesExponentialGrowth) {
  EXPECT_EQ(importModel(makeDoubling(6)).errors, "");
  EXPECT_REFUSED(importModel(makeDoubling(60)),
                 "once its functions are inlined");
  EXPECT_REFUSED(importModel(makeDoubling(200)), "functions call each other "
                                                 "deeper than 128");
}

TEST(Functions, RefusesTwoOfOneName) {
  EXPECT_REFUSED(
      importModel(parseText(std::string(kHeader) +
                            "g (float[1] x) => (float[1] y) { y = loc.f(x) }" +
                            kFunctionHeader + "f (a) => (b) { b = Relu(a) }" +
                            kFunctionHeader + "f (a) => (b) { b = Abs(a) }")),
      "function 'f' of domain 'loc' is defined twice");
}

TEST(Functions, RefusesBodiesThatReachOutside) {
  EXPECT_REFUSED(importModel(parseText(
                     std::string(kHeader) +
                     "g (float[1] x) => (float[1] y) { y = loc.f(x) }" +
                     kFunctionHeader + "f (a) => (b) { b = Add(a, x) }")),
                 "a function of the model is not valid");
}

TEST(Functions, RefusesCallsWithTooManyOperands) {
  EXPECT_REFUSED(importModel(parseText(
                     std::string(kHeader) +
                     "g (float[1] x) => (float[1] y) { y = loc.f(x, x) }" +
                     kFunctionHeader + "f (a) => (b) { b = Relu(a) }")),
                 "cannot inline the model's functions");
}

TEST(Functions, ReportsThoseOfOtherOpsets) {
  EXPECT_REFUSED(
      importModel(parseText(std::string(kHeader) +
                            "g (float[1] x) => (float[1] y) { y = loc.f(x) }"
                            "<opset_import: [\"\" : 11], domain: \"loc\"> "
                            "f (a) => (b) { b = Relu(a) }")),
      "a function of the model for other opset versions");
}
