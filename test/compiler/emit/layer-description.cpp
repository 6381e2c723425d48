//===- layer-description.cpp - Read off the launches ----------------------===//

#include "compiler/emit/LayerDescription.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "test/compiler/emit/testing.h"

using namespace atrous;

namespace {

const char kModule[] = R"mlir(
  kernel.def @gemm(%x: memref<4x8xf32>, %w: memref<8x16xf32>, %y: memref<4x16xf32>)
      attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
    linalg.generic {
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>,
                         affine_map<(m, n, k) -> (m, n)>],
        iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x8xf32>, memref<8x16xf32>) outs(%y : memref<4x16xf32>) {
      ^bb0(%a: f32, %b: f32, %c: f32):
        %p = arith.mulf %a, %b : f32
        %s = arith.addf %c, %p : f32
        linalg.yield %s : f32
    }
    kernel.yield
  }
  kernel.def @any(%x: memref<?xf32>, %y: memref<?xf32>) {
    linalg.generic {
        indexing_maps = [affine_map<(n) -> (n)>, affine_map<(n) -> (n)>],
        iterator_types = ["parallel"]}
        ins(%x : memref<?xf32>) outs(%y : memref<?xf32>) {
      ^bb0(%a: f32, %b: f32):
        %s = arith.negf %a : f32
        linalg.yield %s : f32
    }
    kernel.yield
  }
  func.func @main(%x: memref<4x8xf32>, %w: memref<8x16xf32>, %y: memref<4x16xf32>, %n: index,
                  %a: memref<?xf32>, %b: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    scf.for %i = %c0 to %n step %c1 {
      kernel.launch @gemm ins(%x, %w : memref<4x8xf32>, memref<8x16xf32>) outs(%y : memref<4x16xf32>)
        loc(fused["Gemm_1"("Gemm:13"), "weights"("initializer:13"), "Relu_2"("Relu:13"), "Gemm_1"("Gemm:13")])
    }
    kernel.extern "atrous_copy" ins(%x : memref<4x8xf32>) outs(%y : memref<4x16xf32>) arguments []
    return
  }
  func.func @hinted(%a: memref<?xf32>, %b: memref<?xf32>) attributes {graph.hint = "a:7"} {
    kernel.launch @any ins(%a : memref<?xf32>) outs(%b : memref<?xf32>)
    return
  }
)mlir";

class LayerDescriptionTest : public EmitFixture {
protected:
  LayerDescriptionTest() {
    context.loadDialect<mlir::arith::ArithDialect, mlir::linalg::LinalgDialect,
                        mlir::scf::SCFDialect>();
    module = mlir::parseSourceString<mlir::ModuleOp>(kModule, &context);
    EXPECT_TRUE(module) << errors;
  }
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

using Texts = std::vector<std::string>;

TEST_F(LayerDescriptionTest, describesLaunchesAndCalls) {
  std::vector<LayerDescription> layers = describeLayers(*module);
  ASSERT_EQ(layers.size(), 3u);
  EXPECT_EQ(layers[0].kernel, "gemm");
  EXPECT_EQ(layers[0].nodes, (Texts{"Gemm_1", "Relu_2"}));
  EXPECT_EQ(layers[0].schedule,
            "#kernel.cpu<algo = plain, isa = avx2, lanes = 8, unroll = 1, "
            "parallel = 1>");
  EXPECT_EQ(layers[0].inputs, (Texts{"4x8xf32", "8x16xf32"}));
  EXPECT_EQ(layers[0].outputs, (Texts{"4x16xf32"}));
  EXPECT_EQ(layers[0].operations, 2.0 * 4 * 8 * 16);
  EXPECT_EQ(layers[0].bytes, 4 * (4 * 8 + 8 * 16 + 4 * 16));

  EXPECT_EQ(layers[1].kernel, "atrous_copy");
  EXPECT_EQ(layers[1].schedule, "");
  EXPECT_EQ(layers[1].operations, std::nullopt);
  EXPECT_EQ(layers[1].bytes, 4 * (4 * 8 + 4 * 16));

  EXPECT_EQ(layers[2].hint, "a:7");
  EXPECT_EQ(layers[2].inputs, (Texts{"?xf32"}));
  EXPECT_EQ(layers[2].operations, std::nullopt);
  EXPECT_EQ(layers[2].bytes, std::nullopt);
}

TEST_F(LayerDescriptionTest, survivesJson) {
  std::vector<LayerDescription> layers = describeLayers(*module);
  layers[0].nodes[0] = "a \"name\" \xff";
  llvm::Expected<std::vector<LayerDescription>> parsed =
      parseLayers(toJson(layers));
  ASSERT_TRUE(bool(parsed)) << llvm::toString(parsed.takeError());
  layers[0].nodes[0] = "a \"name\" \xef\xbf\xbd";
  EXPECT_EQ(toJson(*parsed), toJson(layers));
  EXPECT_EQ((*parsed)[0].nodes, layers[0].nodes);
  for (const char *bad : {"[", "[1]", "[{\"kernel\": 3}]"}) {
    auto refused = parseLayers(bad);
    EXPECT_FALSE(bool(refused)) << bad;
    llvm::consumeError(refused.takeError());
  }
}

TEST_F(LayerDescriptionTest, numbersInTheSameOrder) {
  numberLayers(*module);
  std::vector<std::string> callees(3);
  module->walk([&](mlir::Operation *op) {
    auto number = op->getAttrOfType<mlir::IntegerAttr>(kernel::kLayerAttr);
    if (auto launch = mlir::dyn_cast<kernel::LaunchOp>(op))
      callees.at(number.getInt()) = launch.getCallee().str();
    else if (auto call = mlir::dyn_cast<kernel::ExternOp>(op))
      callees.at(number.getInt()) = call.getFunction().str();
  });
  EXPECT_EQ(callees, (Texts{"gemm", "atrous_copy", "any"}));
  auto count =
      (*module)->getAttrOfType<mlir::IntegerAttr>(kernel::kNumLayersAttr);
  EXPECT_EQ(count.getInt(), 3);
}

} // namespace
