//===- tuner.cpp - What is tried, what is kept ----------------------------===//

#include "compiler/tune/Tuner.h"

#include "compiler/pipeline/Dialects.h"
#include "compiler/pipeline/Pipeline.h"
#include "compiler/tune/Trial.h"
#include "compiler/tune/TuneCache.h"
#include "passes/schedule/Candidates.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <gtest/gtest.h>

using namespace atrous;
using Schedules = llvm::SmallVector<kernel::CpuScheduleAttr>;

namespace {

/// A 3x3 convolution of 16 to 16 channels on rows of `width` pixels, and a
/// matrix product, which cost does not decide about.
std::string getModule(const std::string &width, const std::string &padded) {
  std::string x = "tensor<1x2x18x" + padded + "x8xf32>";
  std::string y = "tensor<1x2x16x" + width + "x8xf32>";
  return R"mlir(
    module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 1>} {
      kernel.def @conv(%x: )mlir" +
         x + R"mlir(, %w: tensor<2x2x3x3x8x8xf32>)mlir" +
         (width == "?" ? ", %n: index" : "") + ") -> " + y + R"mlir( {
        %zero = arith.constant 0.0 : f32
        %empty = tensor.empty()mlir" +
         (width == "?" ? "%n" : "") + ") : " + y + R"mlir(
        %init = linalg.fill ins(%zero : f32) outs(%empty : )mlir" +
         y + ") -> " + y + R"mlir(
        %y = linalg.generic {
            indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
                             affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
                             affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
            iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                              "reduction", "reduction", "reduction", "reduction"]}
            ins(%x, %w : )mlir" +
         x + R"mlir(, tensor<2x2x3x3x8x8xf32>) outs(%init : )mlir" + y +
         R"mlir() {
          ^bb0(%a: f32, %b: f32, %acc: f32):
            %p = arith.mulf %a, %b : f32
            %s = arith.addf %acc, %p : f32
            linalg.yield %s : f32
        } -> )mlir" +
         y + R"mlir(
        kernel.yield %y : )mlir" +
         y + R"mlir(
      }
    })mlir";
}

class TunerTest : public testing::Test {
protected:
  TunerTest() : context(getRegistry()) {
    context.loadAllAvailableDialects();
    llvm::sys::fs::createUniqueDirectory("atrous-tuner", folder);
    options.cacheFolder = folder.str().str();
    options.compile = [&](llvm::StringRef module, llvm::StringRef library) {
      ++numCompiled;
      CompileOptions trial;
      trial.inputBytes = module;
      trial.startAt = Stage::Plan;
      trial.outputPath = library.str();
      trial.writeHeader = false;
      trial.profile = true;
      trial.cacheFolder = "";
      CompileResult result = compileModel(trial);
      EXPECT_TRUE(result.ok()) << result.diagnostics;
      return llvm::Error::success();
    };
    load(getModule("16", "18"));
  }
  ~TunerTest() override { llvm::sys::fs::remove_directories(folder); }

  static mlir::DialectRegistry getRegistry() {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    return registry;
  }
  void load(const std::string &text) {
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    ASSERT_TRUE(module);
    def = *module->getOps<kernel::DefOp>().begin();
    target = kernel::getTarget(*module);
  }
  Schedules getSchedules() {
    Schedules schedules;
    for (const ScheduleCandidate &candidate :
         getCandidates(getKernelFacts(def, target, WinogradUse::Accurate)))
      schedules.push_back(candidate.schedule);
    return schedules;
  }
  TuneResult tune() {
    llvm::Expected<TuneResult> result = tuneKernels(*module, options);
    if (result)
      return *result;
    ADD_FAILURE() << llvm::toString(result.takeError());
    return {};
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  kernel::DefOp def;
  kernel::TargetAttr target;
  llvm::SmallString<128> folder;
  TuneOptions options;
  int numCompiled = 0;
};

TEST_F(TunerTest, candidatesAreSortedAndDiffer) {
  auto candidates =
      getCandidates(getKernelFacts(def, target, WinogradUse::Accurate));
  ASSERT_GT(candidates.size(), 2u);
  for (size_t i = 1; i < candidates.size(); ++i) {
    EXPECT_LE(candidates[i - 1].cost, candidates[i].cost);
    EXPECT_NE(candidates[i - 1].schedule, candidates[i].schedule);
  }
  const CpuScheduleRow &chosen =
      chooseRow(getKernelFacts(def, target, WinogradUse::Accurate));
  EXPECT_EQ(candidates[0].row, chosen.name);
}

TEST_F(TunerTest, timesEachScheduleOfATrial) {
  Schedules schedules = getSchedules();
  schedules.truncate(2);
  std::string text, library = (folder + "/trial.so").str();
  llvm::raw_string_ostream(text) << *makeTrial(def, target, schedules);
  ASSERT_FALSE(bool(options.compile(text, library)));
  auto times = runTrial(library, 1, 2, 0.01);
  ASSERT_TRUE(bool(times)) << llvm::toString(times.takeError());
  ASSERT_EQ(times->size(), 2u);
  for (double seconds : *times) {
    EXPECT_GT(seconds, 0);
    EXPECT_LT(seconds, 0.1);
  }
  auto missing = runTrial((folder + "/none.so").str(), 1, 2, 0.01);
  EXPECT_FALSE(bool(missing));
  llvm::consumeError(missing.takeError());
}

TEST_F(TunerTest, winnersAreKept) {
  TuneResult first = tune();
  EXPECT_EQ(first.timed, 1u);
  EXPECT_EQ(first.cached, 0u);
  EXPECT_EQ(numCompiled, 1);
  auto winner =
      llvm::dyn_cast_or_null<kernel::CpuScheduleAttr>(def.getScheduleAttr());
  EXPECT_TRUE(llvm::is_contained(getSchedules(), winner));

  load(getModule("16", "18"));
  TuneResult second = tune();
  EXPECT_EQ(second.timed, 0u);
  EXPECT_EQ(second.cached, 1u);
  EXPECT_EQ(numCompiled, 1);
  EXPECT_EQ(def.getScheduleAttr(), winner);

  // What has a schedule keeps it.
  EXPECT_EQ(tune().cached, 0u);
}

TEST_F(TunerTest, unknownSizesAreNotTimed) {
  load(getModule("?", "?"));
  TuneResult result = tune();
  EXPECT_EQ(result.timed + result.cached, 0u);
  EXPECT_EQ(numCompiled, 0);
  EXPECT_FALSE(def.getScheduleAttr());
}

TEST_F(TunerTest, errorsOfTrialsAreReported) {
  options.compile = [](llvm::StringRef, llvm::StringRef) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "no disk");
  };
  auto result = tuneKernels(*module, options);
  ASSERT_FALSE(bool(result));
  EXPECT_EQ(llvm::toString(result.takeError()), "no disk");
}

TEST_F(TunerTest, keysTellKernelsAndMachinesApart) {
  Schedules schedules = getSchedules();
  std::string key = TuneCache::getKey(def, target, schedules);
  auto renamed = def.clone();
  renamed.setSymName("other");
  EXPECT_EQ(TuneCache::getKey(renamed, target, schedules), key);
  renamed->destroy();
  auto threads =
      kernel::TargetAttr::get(&context, target.getCpu(), target.getFeatures(),
                              target.getIsa(), target.getLanes(), 2);
  EXPECT_NE(TuneCache::getKey(def, threads, schedules), key);
  EXPECT_NE(
      TuneCache::getKey(def, target, llvm::ArrayRef(schedules).drop_back()),
      key);
  load(getModule("24", "26"));
  EXPECT_NE(TuneCache::getKey(def, target, schedules), key);
}

TEST_F(TunerTest, cachesHoldWhatIsStillPossible) {
  Schedules schedules = getSchedules();
  TuneCache cache(folder);
  EXPECT_FALSE(cache.find("key", schedules));
  cache.add("key", schedules[1]);
  EXPECT_EQ(cache.find("key", schedules), schedules[1]);
  EXPECT_FALSE(cache.find("key", llvm::ArrayRef(schedules).take_front(1)));
  llvm::cantFail(llvm::writeToOutput((folder + "/tune/key").str(),
                                     [](llvm::raw_ostream &os) {
                                       os << "#kernel.cpu<damaged";
                                       return llvm::Error::success();
                                     }));
  EXPECT_FALSE(cache.find("key", schedules));

  TuneCache off("");
  off.add("key", schedules[0]);
  EXPECT_FALSE(off.find("key", schedules));
  TuneCache nowhere("/dev/null");
  nowhere.add("key", schedules[0]);
  EXPECT_FALSE(nowhere.find("key", schedules));
}

TEST_F(TunerTest, refusesOtherMachines) {
  CpuTarget other;
  other.cpu = "other";
  other.requiredFeatures = "sse3,no-such,neither";
  EXPECT_EQ(llvm::toString(checkTunable(other)),
            "cannot tune for 'other': this machine, which kernels are timed "
            "on, lacks no-such, neither");
  other.requiredFeatures = "sse3";
  EXPECT_FALSE(bool(checkTunable(other)));
}

} // namespace
