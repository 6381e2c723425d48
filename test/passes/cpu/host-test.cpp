//===- host-test.cpp - @atrous_main, run by a small executor --------------===//

#include "KernelRunner.h"

#include "passes/cpu/Pipeline.h"
#include "runtime/abi/atrous_abi.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ExecutionEngine/Orc/Core.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::test;

// t = x + x in the arena; y = [t | copied] + constant, in two slices; then a
// runtime function on y.
static const char *const kModule = R"(
#plain = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>
#id = affine_map<(d0, d1) -> (d0, d1)>
kernel.constants 64 offsets [0] values [dense<1.0> : tensor<1xf32>]
kernel.def @twice(%x: memref<64x512xf32>, %y: memref<64x512xf32>)
    attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #id],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<64x512xf32>) outs(%y : memref<64x512xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = arith.addf %a, %a : f32
    linalg.yield %r : f32
  }
  kernel.yield
}
kernel.def @add_one(%x: memref<64x512xf32>, %c: memref<1xf32>,
                    %y: memref<64x512xf32, strided<[1024, 1]>>)
    attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (0)>, #id],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x, %c : memref<64x512xf32>, memref<1xf32>)
      outs(%y : memref<64x512xf32, strided<[1024, 1]>>) {
  ^bb0(%a: f32, %k: f32, %b: f32):
    %r = arith.addf %a, %k : f32
    linalg.yield %r : f32
  }
  kernel.yield
}
func.func @main(%x: memref<64x512xf32>,
                %y: memref<64x1024xf32> {kernel.output},
                %s: memref<2xi64> {kernel.output},
                %arena: memref<262208xi8> {kernel.arena},
                %constants: memref<64xi8> {kernel.constants}) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %one = memref.view %constants[%c0][] : memref<64xi8> to memref<1xf32>
  %t = memref.view %arena[%c64][] : memref<262208xi8> to memref<64x512xf32>
  %u = memref.view %arena[%c64][] : memref<262208xi8> to memref<64x512xf32>
  %left = memref.subview %y[0, 0] [64, 512] [1, 1]
      : memref<64x1024xf32> to memref<64x512xf32, strided<[1024, 1]>>
  %right = memref.subview %y[0, 512] [64, 512] [1, 1]
      : memref<64x1024xf32> to memref<64x512xf32, strided<[1024, 1], offset: 512>>
  kernel.launch @twice ins(%x : memref<64x512xf32>) outs(%t : memref<64x512xf32>)
  kernel.launch @add_one ins(%t, %one : memref<64x512xf32>, memref<1xf32>)
      outs(%left : memref<64x512xf32, strided<[1024, 1]>>)
  memref.copy %x, %u : memref<64x512xf32> to memref<64x512xf32>
  kernel.launch @add_one ins(%u, %one : memref<64x512xf32>, memref<1xf32>)
      outs(%right : memref<64x512xf32, strided<[1024, 1], offset: 512>>)
  kernel.extern "test_extern" ins(%y : memref<64x1024xf32>)
      outs(%s : memref<2xi64>) arguments [7, 9] {dtypes = array<i32: 1, 7>}
      loc("Check_3")
  return
}
)";

struct TestExec {
  atrous_exec exec;
  int parallelCalls = 0;
  std::string failure;
};

static atrous_status testExtern(atrous_exec *exec, atrous_buffer *buffers,
                                const int64_t *arguments, const char *node) {
  EXPECT_EQ(buffers[0].rank, 2);
  EXPECT_EQ(buffers[0].dtype, ATROUS_FLOAT32);
  EXPECT_EQ(buffers[0].shape[1], 1024);
  EXPECT_EQ(buffers[1].rank, 1);
  EXPECT_EQ(buffers[1].dtype, ATROUS_INT64);
  EXPECT_EQ(buffers[1].shape[0], 2);
  auto *output = static_cast<int64_t *>(buffers[1].data);
  output[0] = arguments[0] + arguments[1];
  output[1] = static_cast<int64_t>(static_cast<float *>(buffers[0].data)[1023]);
  if (output[1] == 4) {
    exec->fail(exec, node, "is four");
    return ATROUS_ERROR_INPUT;
  }
  return ATROUS_OK;
}

TEST(Host, RunsLaunchesInOrder) {
  if (!hasIsa(kernel::CpuIsa::avx2))
    GTEST_SKIP() << "needs AVX2";
  auto context = createContext();
  auto module = parseSourceString<ModuleOp>(kModule, context.get());
  ASSERT_TRUE(module);
  PassManager manager(context.get());
  buildCpuCodegenPipeline(manager);
  ASSERT_TRUE(succeeded(manager.run(*module)));
  for (auto constants :
       llvm::make_early_inc_range(module->getOps<kernel::ConstantsOp>()))
    constants.erase();
  // The JIT finds symbols of default visibility only.
  cast<LLVM::LLVMFuncOp>(module->lookupSymbol("atrous_main"))
      .setVisibility_(LLVM::Visibility::Default);
  auto engine = compile(*module);
  ASSERT_TRUE(engine);
  engine->registerSymbols([](llvm::orc::MangleAndInterner interner) {
    llvm::orc::SymbolMap symbols;
    symbols[interner("test_extern")] = {
        llvm::orc::ExecutorAddr::fromPtr(&testExtern),
        llvm::JITSymbolFlags::Exported};
    return symbols;
  });
  auto main = engine->lookup("atrous_main");
  ASSERT_TRUE(static_cast<bool>(main));
  auto run = reinterpret_cast<atrous_status (*)(
      atrous_exec *, const atrous_buffer *, atrous_buffer *, void *,
      const void *)>(
      *main);

  TestExec test{};
  test.exec.struct_size = sizeof(atrous_exec);
  test.exec.parallel_for = [](atrous_exec *exec, atrous_task_fn fn,
                              void *const *slots, int64_t tasks) {
    ++reinterpret_cast<TestExec *>(exec)->parallelCalls;
    for (int64_t task = tasks; task-- > 0;)
      fn(slots, task, task + 1, exec->scratch);
  };
  test.exec.fail = [](atrous_exec *exec, const char *node,
                      const char *message) {
    reinterpret_cast<TestExec *>(exec)->failure =
        std::string(node) + " " + message;
  };
  std::vector<float> x(64 * 512, 2.0f), y(64 * 1024);
  alignas(64) static char arena[262208];
  alignas(64) static const float constants[16] = {1.0f};
  int64_t sums[2] = {};
  const atrous_buffer inputs[] = {{x.data(), nullptr, 2, ATROUS_FLOAT32}};
  atrous_buffer outputs[] = {{y.data(), nullptr, 2, ATROUS_FLOAT32},
                             {sums, nullptr, 1, ATROUS_INT64}};
  x[512 + 3] = 10.0f;
  EXPECT_EQ(run(&test.exec, inputs, outputs, arena, constants), ATROUS_OK);
  EXPECT_EQ(y[0], 5.0f);
  EXPECT_EQ(y[1023], 3.0f);
  EXPECT_EQ(y[1024 + 3], 21.0f);
  EXPECT_EQ(y[1024 + 512 + 3], 11.0f);
  EXPECT_EQ(sums[0], 16);
  EXPECT_EQ(sums[1], 3);

  // The runtime function's status is the run's.
  x[511] = 3.0f;
  EXPECT_EQ(run(&test.exec, inputs, outputs, arena, constants),
            ATROUS_ERROR_INPUT);
  EXPECT_EQ(test.failure, "Check_3 is four");
}
