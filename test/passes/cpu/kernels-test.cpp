//===- kernels-test.cpp - Kernels against their naive loops ---------------===//
//
// Every kernel.def in Inputs/*.mlir runs with the schedule written there, and
// as the plain algorithm with each vector length. One with dynamic sizes runs
// with each list in its attribute test.sizes: its index operands, in order,
// then the dynamic sizes of its buffers.
//
//===----------------------------------------------------------------------===//

#include "KernelRunner.h"

#include "mlir/Parser/Parser.h"
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

static void expectSame(kernel::DefOp def, kernel::CpuScheduleAttr schedule) {
  if (!hasIsa(schedule.getIsa()))
    return;
  std::string text;
  llvm::raw_string_ostream(text) << schedule;
  SCOPED_TRACE(def.getSymName().str() + " " + text);
  KernelRunner runner(def, schedule);
  auto runs = def->getAttrOfType<ArrayAttr>("test.sizes");
  if (!runs) {
    EXPECT_EQ(runner.compare(/*seed=*/1), "");
    return;
  }
  for (auto sizes : runs.getAsRange<DenseI64ArrayAttr>()) {
    std::string list;
    llvm::raw_string_ostream(list) << sizes;
    SCOPED_TRACE(list);
    EXPECT_EQ(runner.compare(/*seed=*/1, sizes), "");
  }
}

TEST_P(Kernels, MatchNaiveLoops) {
  auto context = createContext();
  auto module = parseSourceFile<ModuleOp>(GetParam(), context.get());
  ASSERT_TRUE(module);
  using kernel::CpuAlgorithm, kernel::CpuIsa;
  for (auto def : module->getOps<kernel::DefOp>()) {
    auto schedule = cast<kernel::CpuScheduleAttr>(def.getScheduleAttr());
    if (schedule.getAlgo() != CpuAlgorithm::plain)
      expectSame(def, schedule);
    for (auto [isa, lanes] :
         {std::pair(CpuIsa::avx512, 16), std::pair(CpuIsa::avx2, 8),
          std::pair(CpuIsa::avx2, 1)})
      expectSame(def, kernel::CpuScheduleAttr::get(
                          context.get(), CpuAlgorithm::plain, isa, lanes,
                          /*tile=*/{}, /*unroll=*/1, /*parallel=*/1,
                          /*block=*/{}));
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
