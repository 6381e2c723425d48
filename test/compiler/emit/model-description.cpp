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

// Results take the numbers that they name, arguments the others.
TEST_F(ModelDescriptionTest, readsSizesKnownAtRunTime) {
  mlir::FailureOr<ModelDescription> description = describe(R"mlir(
    func.func private @main(
        memref<1x?xf32> {graph.name = "x", graph.symbols = ["", "n"],
                         graph.min_shape = array<i64: 1, 2>,
                         graph.max_shape = array<i64: 1, 64>},
        memref<2xf32> {graph.name = "b", kernel.output}) ->
        (memref<?xf32> {graph.name = "c", kernel.output_number = 2},
         memref<?x4xi8> {graph.name = "a", kernel.output_number = 0,
                         graph.element_type = i1, graph.symbols = ["m", ""]})
    )mlir");
  ASSERT_TRUE(succeeded(description)) << errors;
  ASSERT_EQ(description->inputs.size(), 1u);
  const TensorDescription &x = description->inputs[0];
  EXPECT_EQ(x.shape, (std::vector<int64_t>{1, -1}));
  EXPECT_EQ(x.symbols, (std::vector<std::string>{"", "n"}));
  EXPECT_EQ(x.minShape, (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(x.maxShape, (std::vector<int64_t>{1, 64}));
  EXPECT_TRUE(x.isDynamic());
  ASSERT_EQ(description->outputs.size(), 3u);
  EXPECT_EQ(description->outputs[0].name, "a");
  EXPECT_EQ(description->outputs[0].dtype, ATROUS_BOOL);
  EXPECT_EQ(description->outputs[0].shape, (std::vector<int64_t>{-1, 4}));
  EXPECT_EQ(description->outputs[1].name, "b");
  EXPECT_FALSE(description->outputs[1].isDynamic());
  EXPECT_EQ(description->outputs[2].name, "c");
  EXPECT_TRUE(description->outputs[2].symbols.empty());
}

// One arena is for all, and the sizes of tensors are those that are left open.
TEST_F(ModelDescriptionTest, readsShapeHints) {
  mlir::FailureOr<ModelDescription> description = describe(R"mlir(
    func.func private @main(memref<?xf32> {graph.name = "x"},
                            memref<64xi8> {kernel.arena}) ->
        (memref<?xf32> {graph.name = "y", kernel.output_number = 0})
    func.func private @main_hint_1(memref<8xf32> {graph.name = "x"},
                                   memref<8xf32> {graph.name = "y", kernel.output},
                                   memref<4096xi8> {kernel.arena})
        attributes {graph.hint = "x:8"}
    func.func private @main_hint_2(memref<4xf32> {graph.name = "x"},
                                   memref<4xf32> {graph.name = "y", kernel.output},
                                   memref<128xi8> {kernel.arena})
        attributes {graph.hint = "x:4"}
    )mlir");
  ASSERT_TRUE(succeeded(description)) << errors;
  EXPECT_EQ(description->hints, (std::vector<std::string>{"x:8", "x:4"}));
  EXPECT_EQ(description->arenaSize, 4096u);
  ASSERT_EQ(description->inputs.size(), 1u);
  ASSERT_EQ(description->outputs.size(), 1u);
  EXPECT_TRUE(description->outputs[0].isDynamic());
}

TEST_F(ModelDescriptionTest, refusesOtherModules) {
  const std::pair<const char *, const char *> cases[] = {
      {"module {}", "the module has no host function"},
      {"func.func private @main(f32)", "argument 0 is not a memref"},
      {"func.func private @main(memref<1xf32>)",
       "argument 0 has no graph.name"},
      {"func.func private @main(memref<?xf32> {graph.name = \"x\", "
       "graph.symbols = [\"a\", \"b\"]})",
       "argument 0 has 2 symbols or bounds for a shape of rank 1"},
      {"func.func private @main(memref<?xf32> {graph.name = \"x\", "
       "graph.max_shape = array<i64: 1, 2>})",
       "argument 0 has 2 symbols or bounds for a shape of rank 1"},
      {"func.func private @main() -> tensor<1xf32>",
       "result 0 is not a memref"},
      {"func.func private @main() -> (memref<1xf32> {graph.name = \"x\"})",
       "result 0 has no kernel.output_number of its own below 1"},
      {"func.func private @main() -> (memref<1xf32> {graph.name = \"x\", "
       "kernel.output_number = 1})",
       "result 0 has no kernel.output_number of its own below 1"},
      {"func.func private @main() -> (memref<1xf32> {graph.name = \"x\", "
       "kernel.output_number = 0}, memref<1xf32> {graph.name = \"y\", "
       "kernel.output_number = 0})",
       "result 1 has no kernel.output_number of its own below 2"},
      {"func.func private @main(memref<1xi5> {graph.name = \"x\"})",
       "argument 0 'x' has an element type without a number"},
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
