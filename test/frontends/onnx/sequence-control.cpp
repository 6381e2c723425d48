//===- sequence-control.cpp - Sequences through If, Loop, SequenceMap -----===//

#include "test/frontends/onnx/testing.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atrous::testing;

//===----------------------------------------------------------------------===//
// If
//===----------------------------------------------------------------------===//

static Imported importIf(llvm::StringRef type, llvm::StringRef thenNodes,
                         llvm::StringRef elseNodes) {
  auto branch = [&](const char *name, llvm::StringRef nodes) {
    return llvm::formatv("{0}_branch = {0}_body () => ({1} {0}_y) {{{2}}", name,
                         type, nodes)
        .str();
  };
  return importGraph(
      17, "(bool c, float[3] a, float[4] b) => (" + type.str() + " y)",
      "y = If(c) <" + branch("then", thenNodes) + ", " +
          branch("else", elseNodes) + ">");
}

TEST(SequenceIf, MergesListsOfOneLength) {
  Imported lists = importIf("seq(float[?])", "then_y = SequenceConstruct(a, b)",
                            "else_y = SequenceConstruct(b, b)");
  EXPECT_IMPORTS(lists, "-> (tensor<?xf32>, tensor<4xf32>)");
  EXPECT_FALSE(lists.has("graph.sequence"));
}

TEST(SequenceIf, MergesOthersAsTensors) {
  Imported lengths =
      importIf("seq(float[?])", "then_y = SequenceConstruct(a, b)",
               "else_y = SequenceConstruct(b)");
  EXPECT_IMPORTS(lengths, "-> (tensor<?xf32>, tensor<?x2xi64>)");
  EXPECT_IMPORTS(importIf("seq(float[?])", "then_y = SequenceConstruct(a, b)",
                          "else_y = SequenceEmpty()"),
                 "-> (tensor<?xf32>, tensor<?x2xi64>)");
}

TEST(SequenceIf, MergesOptionals) {
  const char *none = "else_y = Optional<type: type_proto = float[3]>()";
  EXPECT_IMPORTS(importIf("optional(float[?])", "then_y = Optional(a)", none),
                 "-> (tensor<i1>, tensor<?xf32>)");
  // Both have an element: that is known.
  Imported both = importIf("optional(float[?])", "then_y = Optional(a)",
                           "else_y = Optional(b)");
  EXPECT_IMPORTS(both, "-> (tensor<?xf32>)");
  EXPECT_IMPORTS(importIf("optional(seq(float[3]))",
                          "s = SequenceConstruct(a) then_y = Optional(s)",
                          none),
                 "-> (tensor<i1>, tensor<?xf32>, tensor<?x2xi64>)");
}

TEST(SequenceIf, RefusesWhatHasNothingInCommon) {
  EXPECT_REFUSED(
      importIf("float[?]", "then_y = Relu(a)", "else_y = SequenceConstruct(b)"),
      "output 0 is a tensor here and a sequence there");
  EXPECT_REFUSED(importIf("seq(float[?])", "then_y = SequenceConstruct(a)",
                          "else_y = SequenceEmpty<dtype=7>()"),
                 "output 0 has different element types: tensor(float) and "
                 "tensor(int64)");
}

// What is never taken may be what cannot be.
TEST(SequenceIf, OfAConstantHasOneBranch) {
  Imported taken =
      importGraph(17, "(float[3] a) => (float[3] y)",
                  "o = Optional<type: type_proto = float[3]>() "
                  "c = OptionalHasElement(o) "
                  "y = If(c) <then_branch = t () => (float[3] u) {"
                  "  u = OptionalGetElement(o) }, "
                  "else_branch = e () => (float[3] v) { v = Neg(a) }>");
  EXPECT_IMPORTS(taken, "graph.neg");
  EXPECT_FALSE(taken.has("scf.if"));
}

//===----------------------------------------------------------------------===//
// Loop
//===----------------------------------------------------------------------===//

static Imported importLoop(llvm::StringRef setup, llvm::StringRef type,
                           llvm::StringRef nodes, llvm::StringRef result,
                           llvm::StringRef output = "float[?] y") {
  return importGraph(
      17,
      "(int64 n, float[2,3] a, optional(float[2,3]) o) => (" + output.str() +
          ") <bool go = {1}, int64 zero = {0}>",
      setup.str() + " r = Loop(n, go, s) <body = body (int64 i, bool c, " +
          type.str() + " in) => (bool d, " + type.str() +
          " out) { d = Identity(c) " + nodes.str() + " }> " + result.str());
}

// After the loop its tensors' rank is known.
TEST(SequenceLoop, FillsASequence) {
  Imported filled = importLoop("s = SequenceEmpty()", "seq(float[?,?])",
                               "out = SequenceInsert(in, a)",
                               "y = ConcatFromSequence<axis=-2>(r)");
  EXPECT_IMPORTS(filled, "graph.empty_scan : tensor<0x?xi64>");
  EXPECT_IMPORTS(filled, "graph.sequence_insert");
  EXPECT_IMPORTS(filled, "-> tensor<?x?xf32>");
}

TEST(SequenceLoop, CarriesListsAsTensors) {
  EXPECT_IMPORTS(importLoop("s = SequenceConstruct(a)", "seq(float[?,?])",
                            "out = SequenceInsert(in, a)",
                            "y = SequenceAt(r, zero)"),
                 "graph.sequence_construct");
}

TEST(SequenceLoop, TurnsOptionalsIntoElements) {
  Imported optional = importLoop("s = Identity(o)", "optional(float[2,3])",
                                 "out = Relu(a)", "y = Neg(r)");
  EXPECT_IMPORTS(optional, "graph.check");
  EXPECT_IMPORTS(importLoop("s = Optional<type: type_proto = float[2,3]>()",
                            "optional(float[2,3])", "out = Optional(a)",
                            "y = OptionalHasElement(r)", "bool y"),
                 "graph.empty_scan : tensor<*xf32>");
}

TEST(SequenceLoop, RefusesChanges) {
  EXPECT_REFUSED(importLoop("s = SequenceEmpty()", "seq(float[?])",
                            "out = SequenceEmpty<dtype=7>()",
                            "y = SequenceAt(r, zero)"),
                 "carried value 0 has different element types");
  EXPECT_REFUSED(importLoop("s = SequenceEmpty()", "seq(float[?])",
                            "out = Relu(a)", "y = SequenceAt(r, zero)"),
                 "carried value 0 is a tensor here and a sequence there");
  EXPECT_REFUSED(importLoop("s = Relu(a)", "float[?]", "out = Optional(a)",
                            "y = OptionalGetElement(r)"),
                 "carried value 0 becomes an optional");
  EXPECT_REFUSED(
      importGraph(17, "(int64 n, bool c0, float[2] a) => (float[?] y)",
                  "y = Loop(n, c0) <body = body (int64 i, bool c) => "
                  "(bool d, seq(float[2]) s) { d = Identity(c) "
                  "s = SequenceConstruct(a) }>"),
      "collected output 0 is no tensor");
  EXPECT_REFUSED(importLoop("s = Optional<type: type_proto = map(int64, "
                            "float[1])>()",
                            "optional(float[?])", "out = Optional(a)",
                            "y = OptionalGetElement(r)"),
                 "the optional does not say of which type its element is");
}

//===----------------------------------------------------------------------===//
// SequenceMap
//===----------------------------------------------------------------------===//

static Imported importMap(llvm::StringRef setup, llvm::StringRef node,
                          llvm::StringRef body,
                          llvm::StringRef output = "seq(float[?]) y") {
  return importGraph(17,
                     "(float[3] a, float[4] b, float[1] c, seq(float[?]) x) => "
                     "(" +
                         output.str() + ")",
                     setup.str() + " y = SequenceMap" + node.str() +
                         " <body = body " + body.str() + ">");
}

TEST(SequenceMap, RepeatsItsBodyForAList) {
  Imported list = importMap("s = SequenceConstruct(a, b)", "(s, c)",
                            "(float[?] u, float[1] v) => (float[?] w) { "
                            "w = Add(u, v) }");
  EXPECT_IMPORTS(list, "tensor<4xf32> {graph.name = \"y[1]\"");
  EXPECT_EQ(list.count("graph.add"), 2u);
  Imported empty = importMap("s = SequenceEmpty()", "(s)",
                             "(float[?] u) => (float[?] w) { w = Relu(u) }");
  EXPECT_IMPORTS(empty, "return");
  EXPECT_FALSE(empty.has("graph.relu"));
}

TEST(SequenceMap, IsALoopOtherwise) {
  Imported loop = importMap("s = SequenceConstruct(a, b)", "(x, s)",
                            "(float[?] u, float[?] v) => (float[?] w) { "
                            "w = Concat<axis=0>(u, v) }");
  EXPECT_IMPORTS(loop, "scf.while");
  EXPECT_EQ(loop.count("graph.sequence_at"), 2u);
  EXPECT_IMPORTS(loop, "{graph.name = \"y.index\"");
}

TEST(SequenceMap, RefusesBodies) {
  const char *relu = "(float[?] u) => (float[?] w) { w = Relu(u) }";
  EXPECT_REFUSED(importMap("s = SequenceConstruct(a, b) "
                           "t = SequenceConstruct(a)",
                           "(s, t)",
                           "(float[?] u, float[?] v) => (float[?] w) { "
                           "w = Concat<axis=0>(u, v) }"),
                 "input 1 has 1 tensors, input 0 has 2");
  EXPECT_REFUSED(importMap("", "(x, a)", relu),
                 "graph body has 1 inputs, expected 2");
  EXPECT_REFUSED(importMap("", "(x)",
                           "(float[?] u) => (float[?] w, float[?] v) { "
                           "w = Relu(u) v = Neg(u) }"),
                 "graph body has 2 outputs, the node 1");
  EXPECT_REFUSED(importMap("", "(x)",
                           "(float[?] u) => (seq(float[?]) w) { "
                           "w = SequenceConstruct(u) }"),
                 "graph body does not declare output 'w' as a tensor");
  EXPECT_REFUSED(
      importMap("", "(x)", "(float[?] u) => (int64[?] w) { w = Relu(u) }"),
      "output 0 of graph body is declared as tensor(int64), but is "
      "computed as tensor(float)");
}

TEST(SequenceMap, CountsTheNodesThatItMakes) {
  atrous::onnx_frontend::ImportOptions options;
  options.limits.maxNodes = 8;
  EXPECT_REFUSED(
      importGraph(17, "(float[7,2] a) => (seq(float[2]) y)",
                  "s = SplitToSequence<keepdims=0>(a) y = SequenceMap(s) <body "
                  "= body (float[2] u) => (float[2] w) { w = Relu(u) }>",
                  options),
      "model has more than 8 nodes once its sequences are mapped");
}
