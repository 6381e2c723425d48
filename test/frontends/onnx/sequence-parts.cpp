//===- sequence-parts.cpp - Inputs and outputs that are no tensors --------===//

#include "onnx/onnx_pb.h"
#include "test/frontends/onnx/testing.h"

using namespace atrous::testing;
using atrous::onnx_frontend::ImportOptions;

static Imported importIdentity(llvm::StringRef type,
                               const ImportOptions &options = {}) {
  return importGraph(17, "(" + type.str() + " x) => (" + type.str() + " y)",
                     "y = Identity(x)", options);
}

TEST(SequenceParts, AreDataAndIndex) {
  Imported known = importIdentity("seq(float[n,3])");
  EXPECT_IMPORTS(known, "{graph.name = \"x.data\"");
  EXPECT_IMPORTS(known, "tensor<?x3xi64, #graph.tensor<symbols = [\"\", "
                        "\"\"]>> {graph.name = \"x.index\"");
  EXPECT_IMPORTS(known, "{graph.name = \"y.index\"");
  EXPECT_IMPORTS(importIdentity("seq(float)"), "tensor<?x1xi64");
}

// Shapes for x[0], x[1], ... say how many there are.
TEST(SequenceParts, AreAListWhereShapesAreGiven) {
  ImportOptions options;
  options.shapes = {{"x[0]", {2, 3}}, {"x[1]", {5, 3}}};
  Imported list = importIdentity("seq(float[n,3])", options);
  EXPECT_IMPORTS(list, "%arg1: tensor<5x3xf32> {graph.name = \"x[1]\"");
  EXPECT_IMPORTS(list, "tensor<5x3xf32> {graph.name = \"y[1]\"");
  EXPECT_FALSE(list.has("%arg2"));
  options.shapes[1].second = {5, 4};
  EXPECT_REFUSED(importIdentity("seq(float[n,3])", options),
                 "given for input 'x[1]' has dimension 1 of size 4, but the "
                 "model says 3");
  options.shapes[1].first = "x[2]";
  EXPECT_REFUSED(importIdentity("seq(float[n,3])", options),
                 "a shape is given for 'x[2]', which is no input");
}

TEST(SequenceParts, OptionalsSayWhetherTheyAreThere) {
  Imported tensor = importIdentity("optional(float[4])");
  EXPECT_IMPORTS(tensor, "%arg0: tensor<i1> {graph.name = \"x.present\"");
  EXPECT_IMPORTS(tensor, "%arg1: tensor<4xf32> {graph.name = \"x\"");
  EXPECT_IMPORTS(tensor, "tensor<4xf32> {graph.name = \"y\"");
  EXPECT_IMPORTS(importIdentity("optional(seq(float[4]))"),
                 "{graph.name = \"y.index\"");
  // Where everything is known, it is constant, or there is nothing more.
  Imported some = importGraph(17, "(float[4] x) => (optional(float[4]) y)",
                              "y = Optional(x)");
  EXPECT_IMPORTS(some, "graph.constant dense<1> : tensor<i8>");
  EXPECT_IMPORTS(some, "{graph.name = \"y\"");
  Imported none = importGraph(17, "(float[4] x) => (optional(float[4]) y)",
                              "y = Optional<type: type_proto = float[4]>()");
  EXPECT_IMPORTS(none, "graph.constant dense<0> : tensor<i8>");
  EXPECT_FALSE(none.has("{graph.name = \"y\""));
}

TEST(SequenceParts, RefuseWhatClashes) {
  onnx::ModelProto model = parseText(
      "<ir_version: 8, opset_import: [\"\" : 17]> "
      "g (seq(float[2]) x, seq(float[2]) z) => (seq(float[2]) y, int64 w) "
      "{ y = Identity(x) w = SequenceLength(z) }");
  onnx::ModelProto inputs = model;
  onnx::ValueInfoProto &input = *inputs.mutable_graph()->mutable_input(1);
  input.set_name("x.data");
  input.mutable_type()->mutable_tensor_type()->set_elem_type(
      onnx::TensorProto::FLOAT);
  inputs.mutable_graph()->mutable_node(1)->set_input(0, "x");
  EXPECT_REFUSED(importModel(inputs), "the network has two inputs 'x.data'");
  model.mutable_graph()->mutable_output(1)->set_name("y.index");
  model.mutable_graph()->mutable_node(1)->set_output(0, "y.index");
  EXPECT_REFUSED(importModel(model), "the network has two outputs 'y.index'");
  EXPECT_REFUSED(importGraph(17, "(float[2] x) => (float[2] y)",
                             "y = SequenceConstruct(x)"),
                 "graph output 'y' is declared as tensor(float), but is "
                 "computed as seq(tensor(float))");
  EXPECT_REFUSED(importGraph(17, "(float[2] x) => (seq(int64[2]) y)",
                             "y = SequenceConstruct(x)"),
                 "is declared as seq(tensor(int64)), but is computed as "
                 "seq(tensor(float))");
}

//===----------------------------------------------------------------------===//
// Optional
//===----------------------------------------------------------------------===//

TEST(Optional, IsKnownWhereItIsMade) {
  const char *signature = "(float[4] x) => (bool y)";
  EXPECT_IMPORTS(
      importGraph(17, signature, "o = Optional(x) y = OptionalHasElement(o)"),
      "dense<1> : tensor<i8>");
  EXPECT_IMPORTS(importGraph(17, signature,
                             "o = Optional<type: type_proto = float[4]>() "
                             "y = OptionalHasElement(o)"),
                 "dense<0> : tensor<i8>");
  EXPECT_IMPORTS(importGraph(18, signature, "y = OptionalHasElement(x)"),
                 "dense<1> : tensor<i8>");
  EXPECT_IMPORTS(importGraph(18, signature, "y = OptionalHasElement()"),
                 "dense<0> : tensor<i8>");
  EXPECT_IMPORTS(importGraph(17, "(float[4] x) => (float[4] y)",
                             "o = Optional(x) y = OptionalGetElement(o)"),
                 "return %arg0");
}

TEST(Optional, IsCheckedWhereTheRunTells) {
  EXPECT_IMPORTS(importGraph(17, "(optional(float[4]) x) => (float[4] y)",
                             "y = OptionalGetElement(x)"),
                 "graph.check %0, \"the optional has no element\"");
  EXPECT_IMPORTS(importGraph(17, "(optional(float[4]) x) => (bool y)",
                             "y = OptionalHasElement(x)"),
                 "return %arg0 : tensor<i1>");
  // A declaration that wants the element gets it.
  EXPECT_IMPORTS(importGraph(17, "(optional(float[4]) x) => (float[4] y)",
                             "y = Identity(x)"),
                 "graph.check");
}

TEST(Optional, RefusesWhatIsNotThere) {
  EXPECT_REFUSED(importGraph(17, "(float[4] x) => (float[4] y)",
                             "o = Optional<type: type_proto = float[4]>() "
                             "y = OptionalGetElement(o)"),
                 "OptionalGetElement:17 'y': takes the element of an optional "
                 "that has none");
  EXPECT_REFUSED(importGraph(17, "(float[4] x) => (float[4] y)",
                             "o = Optional<type: type_proto = float[4]>() "
                             "y = Relu(o)"),
                 "input 0 ('o') is an optional, which the operator does not");
  EXPECT_REFUSED(
      importGraph(17, "(optional(float[4]) x) => (float[4] y)", "y = Relu(x)"),
      "has type optional(tensor(float)), which the operator");
}

// A hint makes the parts known, but all functions give the same outputs.
TEST(SequenceParts, AreTheSameUnderHints) {
  ImportOptions options;
  options.hints = {{{"x", {3, 2}}}};
  Imported hinted =
      importGraph(17, "(float[n,2] x) => (seq(float[?,?]) y)",
                  "y = SplitToSequence(x)", options);
  EXPECT_IMPORTS(hinted, "@main_hint_1");
  EXPECT_EQ(hinted.count("{graph.name = \"y.index\"}"), 2u);
  EXPECT_FALSE(hinted.has("y[0]"));
}
