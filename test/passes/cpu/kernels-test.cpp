//===- kernels-test.cpp - Kernels against their naive loops ---------------===//
//
// Every kernel.def in Inputs/*.mlir runs as the plain algorithm with each
// vector length, or, in a module with a target, as each other row of the
// schedule table that admits it, which is one at least. One with dynamic sizes
// runs with each list in its attribute test.sizes: its index operands, in
// order, then the dynamic sizes of its buffers.
//
//===----------------------------------------------------------------------===//

#include "KernelRunner.h"

#include "mlir/Parser/Parser.h"
#include "passes/schedule/CpuRows.h"
#include "llvm/Support/FileSystem.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::test;

static std::vector<std::string> listFiles() {
  std::vector<std::string> files;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(ATROUS_TEST_KERNELS, error), end;
       at != end && !error; at.increment(error))
    if (StringRef(at->path()).ends_with(".mlir"))
      files.push_back(at->path());
  llvm::sort(files);
  return files;
}

class Kernels : public testing::TestWithParam<std::string> {};

/// The lists in test.sizes, or an empty one.
static SmallVector<ArrayRef<int64_t>> getRuns(kernel::DefOp def) {
  auto lists = def->getAttrOfType<ArrayAttr>("test.sizes");
  if (!lists)
    return {{}};
  return llvm::map_to_vector(lists, [](Attribute list) {
    return cast<DenseI64ArrayAttr>(list).asArrayRef();
  });
}

static void expectSame(KernelRunner &runner, kernel::DefOp def,
                       kernel::CpuScheduleAttr schedule) {
  if (!hasIsa(schedule.getIsa()))
    return;
  std::string text;
  llvm::raw_string_ostream(text) << schedule;
  SCOPED_TRACE(def.getSymName().str() + " " + text);
  EXPECT_EQ(runner.compare(schedule, /*seed=*/1, getRuns(def)), "");
}

/// As each row of the table that admits the kernel, the last one aside.
static void expectSameByRows(kernel::DefOp def, kernel::TargetAttr target) {
  KernelRunner runner(def);
  KernelFacts facts = getKernelFacts(def, target, WinogradUse::Fast);
  unsigned tiled = 0;
  for (const CpuScheduleRow &row : getCpuRows()) {
    if (row.anyIsa || !row.admits(facts))
      continue;
    SCOPED_TRACE(row.name.str());
    expectSame(runner, def, row.make(facts, row.tile));
    ++tiled;
  }
  EXPECT_NE(tiled, 0u) << def.getSymName().str();
}

/// As loops with each vector length.
static void expectSameAsPlain(kernel::DefOp def) {
  using kernel::CpuIsa;
  KernelRunner runner(def);
  for (auto [isa, lanes] :
       {std::pair(CpuIsa::avx512, 16), std::pair(CpuIsa::avx2, 8),
        std::pair(CpuIsa::avx2, 1)})
    expectSame(runner, def,
               kernel::CpuScheduleAttr::get(
                   def.getContext(), kernel::CpuAlgorithm::plain, isa, lanes,
                   /*tile=*/{}, /*unroll=*/1, /*parallel=*/1, /*block=*/{}));
}

TEST_P(Kernels, MatchNaiveLoops) {
  auto context = createContext();
  auto module = parseSourceFile<ModuleOp>(GetParam(), context.get());
  ASSERT_TRUE(module);
  kernel::TargetAttr target = kernel::getTarget(*module);
  for (auto def : module->getOps<kernel::DefOp>()) {
    if (target)
      expectSameByRows(def, target);
    else
      expectSameAsPlain(def);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Kernels, testing::ValuesIn(listFiles()),
                         [](const auto &info) {
                           std::string name =
                               StringRef(info.param).rsplit('/').second.str();
                           name.resize(name.size() - 5);
                           for (char &letter : name)
                             if (!std::isalnum(letter))
                               letter = '_';
                           return name;
                         });
