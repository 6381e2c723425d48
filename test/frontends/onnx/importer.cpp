//===- importer.cpp - Modules, locations, checks of nodes -----------------===//

#include "frontends/onnx/OpTable.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "onnx/onnx_pb.h"
#include "testing.h"
#include "llvm/ADT/STLExtras.h"

using namespace atrous;
using namespace atrous::testing;
using namespace mlir;

static const char *const kSignature = "(float[1] x) => (float[1] y)";

TEST(OpTable, IsSortedByName) {
  EXPECT_TRUE(llvm::is_sorted(
      onnx_frontend::getOpTable(),
      [](const auto &a, const auto &b) { return a.name < b.name; }));
  for (const auto &row : onnx_frontend::getOpTable())
    EXPECT_EQ(onnx_frontend::findOp(row.domain, row.name), &row);
  EXPECT_EQ(onnx_frontend::findOp("com.acme", "Relu"), nullptr);
}

TEST(Importer, GivesOpsTheirNodesNames) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  onnx::ModelProto model =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> g (float[1] x) => "
                "(float[1] y) { h = Relu(x) y = Exp(h) }");
  model.mutable_graph()->mutable_node(0)->set_name("first");
  auto module = onnx_frontend::importOnnxBytes(model.SerializeAsString(), "",
                                               {}, context);
  ASSERT_TRUE(module);
  std::vector<std::string> names;
  module->walk([&](Operation *op) {
    auto name = dyn_cast<NameLoc>(op->getLoc());
    ASSERT_TRUE(name);
    auto child = dyn_cast<NameLoc>(name.getChildLoc());
    ASSERT_TRUE(child);
    if (op->getName().getStringRef().starts_with("graph."))
      names.push_back(name.getName().str() + " " + child.getName().str());
  });
  // A node without a name is called by its output.
  EXPECT_EQ(names, (std::vector<std::string>{"first Relu:17", "y Exp:17"}));
}

TEST(Importer, ReturnsInputsAndConstants) {
  EXPECT_TRUE(
      importGraph(17, "(float[1] x) => (float[1] x)", "").has("return %arg0"));
  Imported imported =
      importGraph(17, "(float[1] x) => (float[1] w) <float[1] w = {2}>", "");
  EXPECT_TRUE(imported.has("graph.constant")) << imported.errors;
}

TEST(Importer, RefusesWhatTheSchemaDoesNotAllow) {
  EXPECT_REFUSED(importGraph(17, kSignature, "y = Relu<alpha = 1.0>(x)"),
                 "Unrecognized attribute: alpha");
  EXPECT_REFUSED(importGraph(17, kSignature, "y, z = Relu(x)"),
                 "Relu:17 'y': ");
  EXPECT_REFUSED(importGraph(17, kSignature, "y = Add(x)"), "Add:17 'y': ");
  EXPECT_REFUSED(importGraph(17, kSignature, "y = Transpose<perm = [0.5]>(x)"),
                 "perm");
  EXPECT_REFUSED(importGraph(17, kSignature, "y = Concat(x, x)"), "axis");
}

TEST(Importer, RefusesOperandTypes) {
  EXPECT_REFUSED(importGraph(17, "(float[1] x, int64[1] i) => (float[1] y)",
                             "y = Add(x, i)"),
                 "input 1 ('i') has type tensor(int64), but input 0 has type "
                 "tensor(float); they must be equal");
  EXPECT_REFUSED(importGraph(17, "(int64[1] x) => (int64[1] y)", "y = Exp(x)"),
                 "input 0 ('x') has type tensor(int64), which the operator");
  EXPECT_REFUSED(importGraph(17, "(float[1] x) => (int64[1] y)", "y = Relu(x)"),
                 "graph output 'y' is declared as tensor(int64), but is "
                 "computed as tensor(float)");
}

TEST(Importer, RefusesResultsOfAbsurdSize) {
  EXPECT_REFUSED(importGraph(17,
                             "(float[1] x) => (float[?] y) "
                             "<int64[2] s = {1099511627776, 4}>",
                             "y = Expand(x, s)"),
                 "Expand:17 'y': ");
}

TEST(Importer, RefusesOutputsThatAreNotSupported) {
  EXPECT_REFUSED(
      importGraph(9,
                  "(float[1,2,3] x, float[2] s, float[2] b, float[2] m, "
                  "float[2] v) => (float[1,2,3] y)",
                  "y, c, d, e, f = BatchNormalization(x, s, b, m, v)"),
      "output 1 is one of training");
}

TEST(Importer, SaysWhereARankIsNeeded) {
  onnx::ModelProto model =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> g (float[1] x) => "
                "(float[1] y) { y = GlobalAveragePool(x) }");
  model.mutable_graph()
      ->mutable_input(0)
      ->mutable_type()
      ->mutable_tensor_type()
      ->clear_shape();
  EXPECT_REFUSED(importModel(model),
                 "needs the rank of its input, which is not known at import");
}

TEST(Importer, IsNotSlowOnDiamonds) {
  // 2^100 paths from x to y.
  std::string nodes = "v0 = Relu(x) ";
  for (int i = 0; i < 100; ++i)
    nodes += "v" + std::to_string(i + 1) + " = Add(v" + std::to_string(i) +
             ", v" + std::to_string(i) + ") ";
  EXPECT_EQ(importGraph(17, kSignature, nodes + "y = Relu(v100)").errors, "");
}
