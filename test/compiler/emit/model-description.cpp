//===- model-description.cpp - Read off the host function -----------------===//

#include "test/compiler/emit/testing.h"

using namespace atrous;

namespace {

class ModelDescriptionTest : public EmitFixture {
protected:
  mlir::FailureOr<ModelDescription> describe(const char *text) {
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    EXPECT_TRUE(module) << errors;
    return describeModel(*module);
  }
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

TEST_F(ModelDescriptionTest, readsArgumentsAndConstants) {
  mlir::FailureOr<ModelDescription> description = describe(R"mlir(
    module attributes {graph.model_name = "net"} {
      kernel.constants 128 offsets [64, 0] values [dense<1.0> : tensor<2xf32>, dense<2> : tensor<3xi8>]
      func.func @main(%a: memref<1x3xui8> {graph.name = "a"}, %y: memref<4xi1> {graph.name = "y", kernel.output},
                      %m: memref<4096xi8> {kernel.arena}, %c: memref<128xi8> {kernel.constants}) {
        return
      }
    })mlir");
  ASSERT_TRUE(succeeded(description)) << errors;
  EXPECT_EQ(description->name, "net");
  ASSERT_EQ(description->inputs.size(), 1u);
  EXPECT_EQ(description->inputs[0].name, "a");
  EXPECT_EQ(description->inputs[0].dtype, ATROUS_UINT8);
  EXPECT_EQ(description->inputs[0].shape, (std::vector<int64_t>{1, 3}));
  ASSERT_EQ(description->outputs.size(), 1u);
  EXPECT_EQ(description->outputs[0].dtype, ATROUS_BOOL);
  EXPECT_EQ(description->arenaSize, 4096u);
  EXPECT_EQ(description->constantsSize, 128u);
  ASSERT_EQ(description->constants.size(), 2u);
  EXPECT_EQ(description->constants[0].first, 0);
}

TEST_F(ModelDescriptionTest, refusesOtherModules) {
  const std::pair<const char *, const char *> cases[] = {
      {"module {}", "the module has no host function @main"},
      {"func.func private @main(f32)", "argument 0 is not a memref"},
      {"func.func private @main(memref<1xf32>)", "argument 0 has no graph.name"},
      {"func.func private @main(memref<?xf32> {graph.name = \"x\"})",
       "argument 'x' has a symbolic size"},
      {"func.func private @main(memref<1xi5> {graph.name = \"x\"})",
       "argument 'x' has an element type without a number"},
      {"func.func private @main(memref<1xf32> {kernel.arena})",
       "its arena is not a memref of bytes"},
  };
  context.allowUnregisteredDialects();
  for (auto &[text, message] : cases) {
    errors.clear();
    EXPECT_TRUE(failed(describe(text)));
    EXPECT_NE(errors.find(message), std::string::npos) << errors;
  }
}

} // namespace
