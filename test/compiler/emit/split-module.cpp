//===- split-module.cpp - One module per kernel ---------------------------===//

#include "compiler/emit/SplitModule.h"
#include "mlir/IR/Verifier.h"
#include "test/compiler/emit/testing.h"

using namespace atrous;

namespace {

class SplitModuleTest : public EmitFixture {};

TEST_F(SplitModuleTest, copiesLocalSymbolsAndDeclaresOthers) {
  auto module = mlir::parseSourceString<mlir::ModuleOp>(R"mlir(
    module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
    llvm.mlir.global private constant @table(dense<1.0> : tensor<4xf32>) : !llvm.array<4 x f32>
    llvm.mlir.global private constant @unused(1 : i32) : i32
    llvm.func @expf(f32) -> f32
    llvm.func internal @helper(%a: f32) -> f32 {
      %t = llvm.mlir.addressof @table : !llvm.ptr
      %b = llvm.call @expf(%a) : (f32) -> f32
      llvm.return %b : f32
    }
    llvm.func @k(%a: f32) { %b = llvm.call @helper(%a) : (f32) -> f32  llvm.return }
    llvm.func @k__task(%a: f32) { llvm.call @k(%a) : (f32) -> () llvm.return }
    llvm.func @atrous_main(%a: f32) { llvm.call @k__task(%a) : (f32) -> () llvm.return }
    })mlir",
                                                        &context);
  ASSERT_TRUE(module) << errors;
  std::vector<ModulePart> parts = splitModule(*module);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].name, "k");
  EXPECT_EQ(parts[1].name, "atrous_main");
  mlir::ModuleOp kernel = *parts[0].module, host = *parts[1].module;
  EXPECT_TRUE(succeeded(mlir::verify(kernel)));
  EXPECT_TRUE(succeeded(mlir::verify(host)));
  for (const char *name : {"table", "expf", "helper", "k", "k__task"})
    EXPECT_TRUE(kernel.lookupSymbol(name)) << name;
  EXPECT_FALSE(kernel->hasAttr(atrous::kernel::kTargetAttr));
  EXPECT_FALSE(kernel.lookupSymbol("unused"));
  EXPECT_FALSE(kernel.lookupSymbol("atrous_main"));
  EXPECT_TRUE(
      host.lookupSymbol<mlir::LLVM::LLVMFuncOp>("k__task").isExternal());
  EXPECT_FALSE(host.lookupSymbol("helper"));
}

} // namespace
