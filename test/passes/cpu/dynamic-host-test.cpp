//===- dynamic-host-test.cpp - @atrous_main with sizes known at run time --===//

#include "KernelRunner.h"

#include "passes/cpu/Passes.h"
#include "runtime/abi/atrous_abi.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ExecutionEngine/Orc/Core.h"
#include "gtest/gtest.h"
#include <map>

using namespace mlir;
using namespace atrous;
using namespace atrous::test;

// From x [n, 4] and a number of turns: each turn makes a row of zeros at the
// end (test_grow) and adds `turn` to all elements (@shift). An even number of
// turns drops the first row.
//
//   grown: [n + turns (- 1), 4]    first: [1], the first element
static const char *const kModule = R"(
llvm.func @shift__tasks(%by: i64, %n: i64) -> i64 {
  llvm.return %n : i64
}
llvm.func @shift(%by: i64, %x: !llvm.ptr, %n: i64, %begin: i64, %end: i64)
    attributes {kernel.tasks_function = @shift__tasks,
                kernel.work_per_task = 50000 : i64} {
  %four = llvm.mlir.constant(4 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %f = llvm.sitofp %by : i64 to f32
  %from = llvm.mul %begin, %four : i64
  %to = llvm.mul %end, %four : i64
  llvm.br ^loop(%from : i64)
^loop(%i: i64):
  %more = llvm.icmp "slt" %i, %to : i64
  llvm.cond_br %more, ^body, ^exit
^body:
  %p = llvm.getelementptr %x[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
  %a = llvm.load %p : !llvm.ptr -> f32
  %b = llvm.fadd %a, %f : f32
  llvm.store %b, %p : f32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  llvm.br ^loop(%next : i64)
^exit:
  llvm.return
}
func.func @main(%x: memref<?x4xf32>, %turns: memref<i64>,
                %first: memref<1xf32> {kernel.output},
                %arena: memref<64xi8> {kernel.arena},
                %constants: memref<64xi8> {kernel.constants})
    -> (memref<?x4xf32> {kernel.output_number = 0 : i64}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = memref.dim %x, %c0 : memref<?x4xf32>
  %some = arith.cmpi sgt, %n, %c0 : index
  kernel.check %some, "x has no rows" loc("Check_1")
  %count = memref.load %turns[] : memref<i64>
  %last = arith.index_cast %count : i64 to index
  %start = kernel.alloc(%n) : memref<?x4xf32> loc("Alloc_1")
  memref.copy %x, %start : memref<?x4xf32> to memref<?x4xf32>
  %turn, %grown = scf.while (%i = %c0, %m = %start)
      : (index, memref<?x4xf32>) -> (index, memref<?x4xf32>) {
    %more = arith.cmpi slt, %i, %last : index
    scf.condition(%more) %i, %m : index, memref<?x4xf32>
  } do {
  ^bb0(%i: index, %m: memref<?x4xf32>):
    %r:2 = kernel.extern "test_grow" ins(%m : memref<?x4xf32>)
        arguments [1] {dtypes = array<i32: 1, 1, 7>}
        -> memref<?x4xf32>, memref<1xi64> loc("Grow_1")
    kernel.release %r#1 : memref<1xi64>
    kernel.release %m : memref<?x4xf32>
    %next = arith.addi %i, %c1 : index
    kernel.launch @shift ins(%next : index) outs(%r#0 : memref<?x4xf32>)
    scf.yield %next, %r#0 : index, memref<?x4xf32>
  }
  %odd = arith.remsi %turn, %c2 : index
  %isEven = arith.cmpi eq, %odd, %c0 : index
  %result = scf.if %isEven -> (memref<?x4xf32>) {
    %rows = memref.dim %grown, %c0 : memref<?x4xf32>
    %fewer = arith.subi %rows, %c1 : index
    %tail = memref.subview %grown[1, 0] [%fewer, 4] [1, 1]
        : memref<?x4xf32> to memref<?x4xf32, strided<[4, 1], offset: 4>>
    %base = kernel.alloc(%fewer) : memref<?x4xf32> loc("Alloc_2")
    %same = memref.reinterpret_cast %tail to offset: [4], sizes: [%fewer, 4], strides: [4, 1]
        : memref<?x4xf32, strided<[4, 1], offset: 4>> to memref<?x4xf32, strided<[4, 1], offset: 4>>
    scf.for %i = %c0 to %fewer step %c1 {
      %v = memref.load %same[%i, %c2] : memref<?x4xf32, strided<[4, 1], offset: 4>>
      scf.for %j = %c0 to %c2 step %c1 {
        memref.store %v, %base[%i, %j] : memref<?x4xf32>
      }
      memref.store %v, %base[%i, %c2] : memref<?x4xf32>
      %c3 = arith.constant 3 : index
      memref.store %v, %base[%i, %c3] : memref<?x4xf32>
    }
    kernel.release %grown : memref<?x4xf32>
    scf.yield %base : memref<?x4xf32>
  } else {
    scf.yield %grown : memref<?x4xf32>
  }
  %v = memref.load %result[%c0, %c0] : memref<?x4xf32>
  memref.store %v, %first[%c0] : memref<1xf32>
  %flat = memref.collapse_shape %result [[0, 1]] : memref<?x4xf32> into memref<?xf32>
  %rows = memref.dim %result, %c0 : memref<?x4xf32>
  %again = memref.expand_shape %flat [[0, 1]] output_shape [%rows, 4]
      : memref<?xf32> into memref<?x4xf32>
  return %again : memref<?x4xf32>
}
)";

namespace {

/// Counts blocks of the heap and their users.
struct TestExec {
  atrous_exec exec{};
  int parallelCalls = 0;
  std::string failure;
  std::map<void *, int> users;
  std::map<void *, std::vector<char>> blocks;
  size_t maxBlocks = 100;

  TestExec() {
    exec.struct_size = sizeof(atrous_exec);
    exec.parallel_for = [](atrous_exec *exec, atrous_task_fn fn,
                           void *const *slots, int64_t tasks) {
      ++of(exec).parallelCalls;
      for (int64_t task = tasks; task-- > 0;)
        fn(slots, task, task + 1, exec->scratch);
    };
    exec.fail = [](atrous_exec *exec, const char *node, const char *message) {
      of(exec).failure = std::string(node) + ": " + message;
    };
    exec.allocate = [](atrous_exec *exec, const int64_t *shape, int32_t rank,
                       int64_t size) -> void * {
      for (int32_t i = 0; i < rank; ++i)
        size *= shape[i];
      TestExec &self = of(exec);
      if (self.users.size() == self.maxBlocks) {
        self.failure = std::string(exec->node) + ": no block";
        return nullptr;
      }
      std::vector<char> bytes(size + 1);
      void *block = bytes.data();
      self.blocks[block] = std::move(bytes);
      self.users[block] = 1;
      return block;
    };
    exec.retain = [](atrous_exec *exec, void *block) {
      ++of(exec).users.at(block);
    };
    exec.release = [](atrous_exec *exec, void *block) {
      if (--of(exec).users.at(block))
        return;
      of(exec).users.erase(block);
      of(exec).blocks.erase(block);
    };
  }
  static TestExec &of(atrous_exec *exec) {
    return *reinterpret_cast<TestExec *>(exec);
  }
};

class DynamicHost : public testing::Test {
protected:
  void SetUp() override {
    module = parseSourceString<ModuleOp>(kModule, context.get());
    ASSERT_TRUE(module);
    PassManager manager(context.get());
    manager.addPass(createLowerHost());
    ASSERT_TRUE(succeeded(manager.run(*module)));
    // The JIT finds symbols of default visibility only.
    for (auto function : module->getOps<LLVM::LLVMFuncOp>())
      function.setVisibility_(LLVM::Visibility::Default);
    engine = compile(*module);
    ASSERT_TRUE(engine);
    engine->registerSymbols([](llvm::orc::MangleAndInterner interner) {
      llvm::orc::SymbolMap symbols;
      symbols[interner("test_grow")] = {llvm::orc::ExecutorAddr::fromPtr(&grow),
                                        llvm::JITSymbolFlags::Exported};
      return symbols;
    });
    auto main = engine->lookup("atrous_main");
    ASSERT_TRUE(static_cast<bool>(main));
    model = reinterpret_cast<decltype(model)>(*main);
  }

  /// Rows of zeros after the input's; the second result is of a static shape.
  static atrous_status grow(atrous_exec *exec, atrous_buffer *buffers,
                            const int64_t *arguments, const char *node) {
    EXPECT_EQ(buffers[0].rank, 2);
    EXPECT_EQ(buffers[0].shape[1], 4);
    EXPECT_EQ(buffers[1].data, nullptr);
    EXPECT_EQ(buffers[2].rank, 1);
    EXPECT_EQ(buffers[2].dtype, ATROUS_INT64);
    EXPECT_STREQ(exec->node, node);
    int64_t rows = buffers[0].shape[0];
    if (rows == 13) {
      exec->fail(exec, node, "13 rows");
      return ATROUS_ERROR_INPUT;
    }
    buffers[1].shape[0] = rows + arguments[0];
    buffers[1].shape[1] = 4;
    buffers[2].shape[0] = rows == 21 ? 2 : 1;
    for (int i : {1, 2}) {
      buffers[i].data = exec->allocate(exec, buffers[i].shape, buffers[i].rank,
                                       i == 1 ? 4 : 8);
      if (!buffers[i].data)
        return ATROUS_ERROR_RESOURCE;
    }
    memset(buffers[1].data, 0, (rows + arguments[0]) * 16);
    memcpy(buffers[1].data, buffers[0].data, rows * 16);
    return ATROUS_OK;
  }

  atrous_status run(int64_t rows, int64_t turns) {
    x.assign(rows * 4, 0.5f);
    int64_t inputShape[] = {rows, 4};
    alignas(64) char memory[64];
    atrous_buffer inputs[] = {{x.data(), inputShape, 2, ATROUS_FLOAT32},
                              {&turns, nullptr, 0, ATROUS_INT64}};
    outputs[0] = {nullptr, shape, 2, ATROUS_FLOAT32};
    outputs[1] = {&first, nullptr, 1, ATROUS_FLOAT32};
    return model(&test.exec, inputs, outputs, memory, memory);
  }

  std::unique_ptr<MLIRContext> context = createContext();
  OwningOpRef<ModuleOp> module;
  std::unique_ptr<ExecutionEngine> engine;
  atrous_status (*model)(atrous_exec *, const atrous_buffer *, atrous_buffer *,
                         void *, const void *) = nullptr;
  TestExec test;
  std::vector<float> x;
  float first = 0;
  int64_t shape[2] = {};
  atrous_buffer outputs[2];
};

} // namespace

TEST_F(DynamicHost, LoopsOverGrowingBuffers) {
  ASSERT_EQ(run(2, 3), ATROUS_OK);
  EXPECT_EQ(shape[0], 5);
  EXPECT_EQ(shape[1], 4);
  const float *y = static_cast<const float *>(outputs[0].data);
  EXPECT_EQ(y[0], 0.5f + 1 + 2 + 3);
  EXPECT_EQ(y[4 * 4 + 3], 3.0f);
  EXPECT_EQ(first, y[0]);
  // All is released but the output; tasks were shared where they are many.
  EXPECT_EQ(test.users.size(), 1u);
  EXPECT_EQ(test.users.count(outputs[0].data), 1u);
  EXPECT_EQ(test.parallelCalls, 3);
}

TEST_F(DynamicHost, TakesTheOtherBranch) {
  ASSERT_EQ(run(1, 0), ATROUS_OK);
  EXPECT_EQ(shape[0], 0);
  ASSERT_EQ(run(1, 2), ATROUS_OK);
  EXPECT_EQ(shape[0], 2);
  const float *y = static_cast<const float *>(outputs[0].data);
  EXPECT_EQ(y[0], 1.0f + 2);
  EXPECT_EQ(y[7], 2.0f);
}

TEST_F(DynamicHost, EndsWithErrors) {
  EXPECT_EQ(run(0, 1), ATROUS_ERROR_INPUT);
  EXPECT_EQ(test.failure, "Check_1: x has no rows");
  EXPECT_EQ(run(12, 3), ATROUS_ERROR_INPUT);
  EXPECT_EQ(test.failure, "Grow_1: 13 rows");
  EXPECT_EQ(run(21, 1), ATROUS_ERROR_INPUT);
  EXPECT_EQ(test.failure,
            "Grow_1: result 1 does not have the sizes that were inferred");
  test.maxBlocks = test.users.size();
  EXPECT_EQ(run(1, 1), ATROUS_ERROR_RESOURCE);
  EXPECT_EQ(test.failure, "Alloc_1: no block");
  test.maxBlocks += 2;
  EXPECT_EQ(run(1, 2), ATROUS_ERROR_RESOURCE);
  EXPECT_EQ(test.failure, "Grow_1: no block");
  test.maxBlocks = 100;
  EXPECT_EQ(run(1, 1), ATROUS_OK);
}
