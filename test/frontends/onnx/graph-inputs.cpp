//===- graph-inputs.cpp - Types of the network's inputs -------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;
using atrous::onnx_frontend::ImportOptions;

static Imported importInput(llvm::StringRef type,
                            const ImportOptions &options = {}) {
  return importGraph(17, "(" + type.str() + " x) => (float[1] y)",
                     "y = Relu(x)", options);
}

TEST(GraphInputs, CarryTheirNames) {
  Imported imported = importInput("float[1,3,8,8]");
  EXPECT_TRUE(imported.has(
      "func.func @main(%arg0: tensor<1x3x8x8xf32> {graph.name = \"x\"}) -> "
      "(tensor<1x3x8x8xf32> {graph.name = \"y\"})"))
      << imported.module;
  EXPECT_TRUE(imported.has("graph.model_name = \"g\""));
}

TEST(GraphInputs, KeepSymbols) {
  Imported imported = importInput("float[N,3,?,W]");
  EXPECT_TRUE(imported.has("tensor<?x3x?x?xf32, #graph.tensor<symbols = "
                           "[\"N\", \"\", \"\", \"W\"]"))
      << imported.module << imported.errors;
}

TEST(GraphInputs, TakeFixedShapes) {
  ImportOptions options;
  options.shapes = {{"x", {2, 3, 8, 8}}};
  Imported imported = importInput("float[N,3,?,?]", options);
  EXPECT_TRUE(imported.has("%arg0: tensor<2x3x8x8xf32>"));
}

TEST(GraphInputs, FixASymbolEverywhere) {
  ImportOptions options;
  options.shapes = {{"a", {2, 3}}};
  Imported imported =
      importGraph(17, "(float[N,3] a, float[N,1] b) => (float[N,3] y)",
                  "y = Add(a, b)", options);
  EXPECT_TRUE(imported.has("%arg1: tensor<2x1xf32>")) << imported.module;
}

TEST(GraphInputs, RefuseShapesThatDisagree) {
  ImportOptions options;
  options.shapes = {{"x", {2, 4}}};
  EXPECT_REFUSED(importInput("float[N,3]", options),
                 "dimension 1 of size 4, but the model says 3");
  EXPECT_REFUSED(importInput("float[N,N]", options),
                 "makes symbol 'N' 4, but it is 2 elsewhere");
  EXPECT_REFUSED(importInput("float[N]", options), "has rank 2, but the model");
  options.shapes = {{"x", {-1, 3}}};
  EXPECT_REFUSED(importInput("float[N,3]", options), "negative dimension -1");
  options.shapes = {{"z", {1}}};
  EXPECT_REFUSED(importInput("float[N]", options), "which is no input");
  options.shapes = {{"x", {1}}, {"x", {2}}};
  EXPECT_REFUSED(importInput("float[N]", options), "is given two shapes");
}

TEST(GraphInputs, RefuseTypes) {
  EXPECT_REFUSED(importInput("string[1]"),
                 "graph input 'x' has data type string (8)");
  EXPECT_REFUSED(importInput("seq(seq(float[1]))"),
                 "graph input 'x' has sequence type where only a tensor is");
  EXPECT_REFUSED(importInput("optional(optional(float[1]))"),
                 "graph input 'x' has optional type where only a tensor is");
  EXPECT_REFUSED(importInput("seq(string[1])"), "has data type string (8)");
  onnx::ModelProto model =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                "g (float[1] x) => (float[1] y) { y = Relu(x) }");
  model.mutable_graph()->mutable_input(0)->clear_type();
  EXPECT_REFUSED(importModel(model), "graph input 'x' has no type");
}

TEST(GraphInputs, RefuseSizes) {
  EXPECT_REFUSED(importInput("float[-3]"), "negative dimension -3");
  EXPECT_REFUSED(importInput("float[4611686018427387904,4]"),
                 "has too large a size");
  std::string rank70 = "float[1";
  for (int i = 1; i < 70; ++i)
    rank70 += ",1";
  EXPECT_REFUSED(importInput(rank70 + "]"), "has rank 70");
}

TEST(GraphInputs, RefuseNamesThatAreNoText) {
  onnx::ModelProto model =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                "g (float[1] x) => (float[1] y) { y = Relu(x) }");
  model.mutable_graph()->mutable_input(0)->set_name("\x1b[2J");
  model.mutable_graph()->mutable_node(0)->set_input(0, "\x1b[2J");
  EXPECT_REFUSED(importModel(model), "graph input '\\x1b[2J' has control");
  model = parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                    "g (float[1] x) => (float[1] y) { y = Relu(x) }");
  model.mutable_graph()->mutable_output(0)->set_name("\xff");
  model.mutable_graph()->mutable_node(0)->set_output(0, "\xff");
  EXPECT_REFUSED(importModel(model), "graph output '\\xff' has control");
}

TEST(GraphInputs, ThatAreInitializersAreConstants) {
  Imported imported = importGraph(
      17, "(float[1] x, float[1] w) => (float[1] y) <float[1] w = {2}>",
      "y = Mul(x, w)");
  EXPECT_FALSE(imported.has("%arg1"));
  EXPECT_TRUE(imported.has("graph.constant dense<2.0"));
}
