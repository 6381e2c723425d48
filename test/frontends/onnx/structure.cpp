//===- structure.cpp - Single assignment, order, nesting ------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

static const char *const kSignature = "(float[1] x) => (float[1] y)";

TEST(Structure, RefusesUndefinedValues) {
  EXPECT_REFUSED(importGraph(17, kSignature, "y = Add(x, ghost)"),
                 "Add:17 'y': input 'ghost' is not defined anywhere");
  EXPECT_REFUSED(importGraph(17, kSignature, "z = Relu(x)"),
                 "graph output 'y' is never computed");
}

TEST(Structure, RefusesCycles) {
  EXPECT_REFUSED(importGraph(17, kSignature,
                             "a = Add(x, b) b = Relu(a) "
                             "y = Relu(b)"),
                 "input 'b' is computed by a later node");
}

TEST(Structure, RefusesSecondDefinitions) {
  EXPECT_REFUSED(importGraph(17, kSignature, "y = Relu(x) y = Abs(x)"),
                 "output 'y' is defined a second time");
  EXPECT_REFUSED(importGraph(17, kSignature, "x = Relu(x) y = Abs(x)"),
                 "output 'x' is defined a second time");
  EXPECT_REFUSED(importGraph(17, "(float[1] x, float[1] x) => (float[1] y)",
                             "y = Relu(x)"),
                 "graph input 'x' is defined a second time");
  EXPECT_REFUSED(importGraph(17, "(float[1] x) => (float[1] y, float[1] y)",
                             "y = Relu(x)"),
                 "graph output 'y' is listed twice");
  EXPECT_REFUSED(importGraph(17,
                             "(float[1] x) => (float[1] y) "
                             "<float[1] w = {1}, float[1] w = {2}>",
                             "y = Add(x, w)"),
                 "initializer 'w' is defined a second time");
}

TEST(Structure, RefusesMissingNames) {
  onnx::ModelProto model =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                "g (float[1] x) => (float[1] y) { y = Relu(x) }");
  onnx::ModelProto noType = model;
  noType.mutable_graph()->mutable_node(0)->clear_op_type();
  EXPECT_REFUSED(importModel(noType), "node has no op_type");
  onnx::ModelProto noInput = model;
  noInput.mutable_graph()->mutable_input(0)->clear_name();
  EXPECT_REFUSED(importModel(noInput), "graph input has no name");
  onnx::ModelProto noOutput = model;
  noOutput.mutable_graph()->mutable_output(0)->clear_name();
  EXPECT_REFUSED(importModel(noOutput), "graph output has no name");
  model.mutable_graph()->clear_output();
  EXPECT_REFUSED(importModel(model), "graph has no output");
}

TEST(Structure, RefusesDomainsWithoutOpset) {
  EXPECT_REFUSED(importGraph(17, kSignature, "y = com.acme.Relu(x)"),
                 "the model imports no opset of domain 'com.acme'");
}

TEST(Structure, LooksIntoSubgraphs) {
  const char *signature = "(bool c, float[1] x) => (float[1] y)";
  EXPECT_REFUSED(
      importGraph(17, signature,
                  "y = If(c) <then_branch = t () => (float[1] a) "
                  "{ a = Relu(later) }, else_branch = e () => (float[1] b) "
                  "{ b = Relu(x) }> later = Relu(y)"),
      "input 'later' is computed by a later node");
  EXPECT_REFUSED(
      importGraph(17, signature,
                  "h = Relu(x) y = If(c) <then_branch = t () => (float[1] h) "
                  "{ h = Relu(x) }, else_branch = e () => (float[1] b) "
                  "{ b = Relu(x) }>"),
      "output 'h' is defined a second time");
}

TEST(Structure, RefusesDeepNestingAndTooManyNodes) {
  atrous::onnx_frontend::ImportOptions options;
  options.limits.maxNodes = 2;
  EXPECT_REFUSED(importGraph(17, kSignature,
                             "a = Relu(x) b = Relu(a) y = Relu(b)", options),
                 "model has more than 2 nodes");
  options = {};
  options.limits.maxSubgraphDepth = 0;
  EXPECT_REFUSED(
      importGraph(17, "(bool c, float[1] x) => (float[1] y)",
                  "y = If(c) <then_branch = t () => (float[1] a) "
                  "{ a = Relu(x) }, else_branch = e () => (float[1] b) "
                  "{ b = Relu(x) }>",
                  options),
      "subgraphs are nested deeper than 0");
}

TEST(Structure, RefusesAttributeReferencesOutsideOfFunctions) {
  onnx::ModelProto model = parseText(
      "<ir_version: 8, opset_import: [\"\" : 17]> "
      "g (float[1] x) => (float[1] y) { y = LeakyRelu<alpha=0.1>(x) }");
  model.mutable_graph()
      ->mutable_node(0)
      ->mutable_attribute(0)
      ->set_ref_attr_name("outer");
  EXPECT_REFUSED(importModel(model),
                 "attribute 'alpha' refers to an attribute of a function");
}
