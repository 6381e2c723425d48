//===- shape-hints.cpp - The network once more, at fixed sizes ------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;
using atrous::onnx_frontend::ImportOptions;
using atrous::onnx_frontend::InputShapes;

static Imported importHinted(llvm::StringRef inputs,
                             std::vector<InputShapes> hints,
                             llvm::StringRef nodes = "y = Relu(x)",
                             ImportOptions options = {}) {
  options.hints = std::move(hints);
  return importGraph(17, "(" + inputs.str() + ") => (float[?] y)", nodes,
                     options);
}

TEST(ShapeHints, AddAFunction) {
  Imported imported = importHinted(
      "float[N,3,H,W] x", {{{"x", {1, 3, 8, 9}}}, {{"x", {2, 3, 4, 4}}}});
  EXPECT_IMPORTS(imported, "func.func @main(%arg0: tensor<?x3x?x?xf32");
  EXPECT_TRUE(imported.has(
      "func.func @main_hint_1(%arg0: tensor<1x3x8x9xf32> {graph.name = \"x\"}) "
      "-> (tensor<1x3x8x9xf32> {graph.name = \"y\"}) attributes "
      "{graph.hint = \"x:1x3x8x9\"}"))
      << imported.module;
  EXPECT_TRUE(imported.has("@main_hint_2(%arg0: tensor<2x3x4x4xf32>"));
  EXPECT_EQ(imported.count("graph.relu"), 3u);
}

TEST(ShapeHints, FixASymbolEverywhere) {
  Imported imported = importHinted("float[M,K] x, float[K,N] w",
                                   {{{"x", {4, 8}}}}, "y = MatMul(x, w)");
  EXPECT_IMPORTS(
      imported, "@main_hint_1(%arg0: tensor<4x8xf32> {graph.name = \"x\"}, "
                "%arg1: tensor<8x?xf32, #graph.tensor<symbols = [\"\", \"N\"]");
}

// float[2] w is read by both, and by a subgraph.
TEST(ShapeHints, ReadWeightsOnce) {
  Imported imported = importGraph(
      17, "(float[N,2] x, bool c) => (float[?] y) <float[2] w = {2, 3}>",
      "z = Mul(x, w) "
      "y = If(c) <then_branch = a () => (float[?] p) { p = Add(z, w) }, "
      "else_branch = b () => (float[?] q) { q = Relu(z) }>",
      [] {
        ImportOptions options;
        options.hints = {{{"x", {3, 2}}}};
        return options;
      }());
  EXPECT_IMPORTS(imported, "@main_hint_1");
  EXPECT_EQ(imported.count("dense<[2.000000e+00, 3.000000e+00]>"), 2u)
      << imported.module;
}

TEST(ShapeHints, RefuseInputs) {
  EXPECT_REFUSED(importHinted("float[N] x", {{{"z", {1}}}}),
                 "shape hint 'z:1': 'z' is no input of the graph");
  EXPECT_REFUSED(importHinted("float[N] x", {{{"x", {1}}, {"x", {2}}}}),
                 "shape hint 'x:1,x:2': input 'x' is given two shapes");
  EXPECT_REFUSED(importHinted("float[N,3] x", {{{"x", {1}}}}),
                 "shape hint 'x:1': input 'x' has rank 2, got 1");
  EXPECT_REFUSED(importHinted("float x", {{{"x", {1}}}}),
                 "shape hint 'x:1': input 'x' has rank 0, got 1");
}

TEST(ShapeHints, RefuseSizes) {
  EXPECT_REFUSED(importHinted("float[N,3] x", {{{"x", {-1, 3}}}}),
                 "shape hint 'x:-1x3': dimension 0 of input 'x' is the "
                 "negative number -1");
  EXPECT_REFUSED(importHinted("float[N,3] x", {{{"x", {1, 4}}}}),
                 "shape hint 'x:1x4': dimension 1 of input 'x' is 3, got 4");
  EXPECT_REFUSED(importHinted("float[N,N] x", {{{"x", {1, 4}}}}),
                 "shape hint 'x:1x4': symbol 'N' is both 1 and 4");
  EXPECT_REFUSED(
      importHinted("float[N,4] x", {{{"x", {4611686018427387904, 4}}}}),
      "has too large a size");
}

TEST(ShapeHints, StayWithinRanges) {
  ImportOptions options;
  options.ranges = {{"x", {{1, 8}, {3, 3}}}};
  EXPECT_IMPORTS(
      importHinted("float[N,3] x", {{{"x", {8, 3}}}}, "y = Relu(x)", options),
      "@main_hint_1");
  EXPECT_REFUSED(
      importHinted("float[N,3] x", {{{"x", {9, 3}}}}, "y = Relu(x)", options),
      "shape hint 'x:9x3': dimension 0 of input 'x' is 9, expected "
      "1 to 8");
}

// A symbol of another input leaves the range of this one.
TEST(ShapeHints, StayWithinRangesOfOtherInputs) {
  ImportOptions options;
  options.ranges = {{"w", {{1, 8}}}};
  EXPECT_REFUSED(importHinted("float[N] x, float[N] w", {{{"x", {9}}}},
                              "y = Add(x, w)", options),
                 "dimension 0 of input 'w' is 9, expected 1 to 8");
}

TEST(ShapeHints, RefuseWhatChangesNothing) {
  EXPECT_REFUSED(
      importHinted("float[1,3] x", {{{"x", {1, 3}}}}),
      "shape hint 'x:1x3': all sizes of these inputs are known without it");
  ImportOptions options;
  options.shapes = {{"x", {4}}};
  EXPECT_REFUSED(
      importHinted("float[N] x", {{{"x", {4}}}}, "y = Relu(x)", options),
      "all sizes of these inputs are known without it");
  EXPECT_REFUSED(importHinted("float[N] x", {{{"x", {4}}}, {{"x", {4}}}}),
                 "shape hint 'x:4' is of no use behind shape hint 'x:4'");
  EXPECT_REFUSED(importHinted("float[N] x, float[M] w",
                              {{{"x", {4}}}, {{"x", {4}}, {"w", {1}}}},
                              "y = Add(x, w)"),
                 "shape hint 'x:4,w:1' is of no use behind shape hint 'x:4'");
}

TEST(ShapeHints, NeedARank) {
  onnx::ModelProto model =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                "g (float[1] x) => (float[1] y) { y = Relu(x) }");
  model.mutable_graph()
      ->mutable_input(0)
      ->mutable_type()
      ->mutable_tensor_type()
      ->clear_shape();
  ImportOptions options;
  options.hints = {{{"x", {1}}}};
  EXPECT_REFUSED(importModel(model, options),
                 "shape hint 'x:1': input 'x' has an unknown number of "
                 "dimensions; give them with --shape-range");
}

TEST(ShapeHints, RefuseWhatTheModelDoesNot) {
  Imported imported = importHinted("float[N,K] x, float[4,2] w",
                                   {{{"x", {1, 5}}}}, "y = MatMul(x, w)");
  EXPECT_REFUSED(imported, "the model does not fit shape hint 'x:1x5'");
}
