//===- model-header.cpp - IR version and operator sets --------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

static onnx::ModelProto makeModel() {
  return parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                   "g (float[1] x) => (float[1] y) { y = Relu(x) }");
}

TEST(ModelHeader, RefusesVersionsItCannotRead) {
  onnx::ModelProto model = makeModel();
  model.set_ir_version(2);
  EXPECT_REFUSED(importModel(model), "ONNX IR version 2 is not supported");
  model.set_ir_version(1000);
  EXPECT_REFUSED(importModel(model), "ONNX IR version 1000 is not supported");
  model.clear_ir_version();
  EXPECT_REFUSED(importModel(model), "no IR version");
}

TEST(ModelHeader, RefusesOpsets) {
  onnx::ModelProto model = makeModel();
  model.mutable_opset_import(0)->set_version(29);
  EXPECT_REFUSED(importModel(model),
                 "of the default domain is not supported; 1 to 28 are");
  for (int64_t version : {int64_t(-1), int64_t(0), int64_t(1) << 40}) {
    model.mutable_opset_import(0)->set_version(version);
    EXPECT_REFUSED(importModel(model), "is no valid version");
  }
  model.clear_opset_import();
  EXPECT_REFUSED(importModel(model), "imports no opset");
}

TEST(ModelHeader, RefusesAnOpsetImportedTwice) {
  onnx::ModelProto model = makeModel();
  auto *opset = model.add_opset_import();
  // The same domain under its other name.
  opset->set_domain("ai.onnx");
  opset->set_version(11);
  EXPECT_REFUSED(importModel(model), "imported twice, as 17 and as 11");
}

TEST(ModelHeader, RefusesAModelWithoutGraph) {
  onnx::ModelProto model = makeModel();
  model.clear_graph();
  EXPECT_REFUSED(importModel(model), "model has no graph");
}

TEST(ModelHeader, ReadsEveryOpset) {
  for (int opset = 1; opset <= 28; ++opset) {
    Imported imported =
        importGraph(opset, "(float[1] x) => (float[1] y)", "y = Relu(x)");
    EXPECT_EQ(imported.errors, "");
    EXPECT_TRUE(imported.has("graph.relu"));
  }
}

TEST(ModelHeader, TakesTheDefaultDomainByItsLongName) {
  onnx::ModelProto model = makeModel();
  model.mutable_opset_import(0)->set_domain("ai.onnx");
  model.mutable_graph()->mutable_node(0)->set_domain("ai.onnx");
  EXPECT_EQ(importModel(model).errors, "");
}
