//===- KernelBench.cpp - CPU kernels against the machine's roofline -------===//
//
//   kernel-bench [Google Benchmark options]
//
// Each case runs on one thread: with the schedule that the tables choose
// ("row"); convolutions also with each of theirs that they admit (by their
// names), for images of any size ("dynamic"), and with the plain loop. `peak`
// is the share of the multiply-add peak that was measured in the same process,
// `roof` that of the roofline: the longer of the time that the arithmetic takes
// at this peak, and of the time that reading the operands and writing the
// result takes, measured with as many bytes.
//
// $ATROUS_BENCH_MCPU chooses the CPU to compile for; the default is this one.
// $ATROUS_BENCH_SCHEDULE, a #kernel.cpu attribute, is tried on convolutions as
// "given".
//
//===----------------------------------------------------------------------===//

#include "compiler/pipeline/Pipeline.h"
#include "compiler/target/Target.h"
#include "compiler/tune/KernelRunner.h"
#include "test/bench/ConvModule.h"
#include "test/bench/FmaPeak.h"
#include "test/bench/GraphCases.h"
#include "test/bench/RowSchedules.h"
#include "test/bench/Stream.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <unistd.h>

using namespace atrous;

static const ConvCase kCases[] = {
    {"3x3_64_64_56", 64, 64, 56, 56},
    {"3x3_256_256_33", 256, 256, 33, 33},
    {"3x3_512_512_16", 512, 512, 16, 16},
    {"3x3_128_128_128", 128, 128, 128, 128},
    {"3x3_256_256_64", 256, 256, 64, 64},
    {"3x3_512_512_32", 512, 512, 32, 32},
    {"3x3_1024_1024_16", 1024, 1024, 16, 16},
    {"3x3_d2_256_256_65", 256, 256, 65, 65, 3, 1, 2},
    {"3x3_s2_64_128_56", 64, 128, 56, 56, 3, 2},
    {"3x3_s2_32_64_160", 32, 64, 160, 160, 3, 2},
    {"3x3_s2_16_32_160", 16, 32, 160, 160, 3, 2},
    {"3x3_s2_128_256_40", 128, 256, 40, 40, 3, 2},
    {"3x3_s2_256_512_20", 256, 512, 20, 20, 3, 2},
    {"3x3_s2_512_512_7", 512, 512, 7, 7, 3, 2},
    {"3x3_d4_512_512_65", 512, 512, 65, 65, 3, 1, 4},
    {"3x3_d12_512_256_65", 512, 256, 65, 65, 3, 1, 12},
    {"3x3_d24_512_256_65", 512, 256, 65, 65, 3, 1, 24},
    {"3x3_d36_512_256_65", 512, 256, 65, 65, 3, 1, 36},
    {"3x1_128_128_64x128", 128, 128, 64, 128, 3, 1, 1, false, 1},
    {"1x3_128_128_64x128", 128, 128, 64, 128, 1, 1, 1, false, 3},
    {"3x1_16_16_256x512", 16, 16, 256, 512, 3, 1, 1, false, 1},
    {"1x7_192_192_17", 192, 192, 17, 17, 1, 1, 1, false, 7},
    {"2x2_128_64_64", 128, 64, 64, 64, 2},
    {"5x5_64_128_27", 64, 128, 27, 27, 5},
    {"5x5_32_64_28", 32, 64, 28, 28, 5},
    {"3x3_32_32_160", 32, 32, 160, 160},
    {"3x3_128_128_80", 128, 128, 80, 80},
    {"3x3_16_16_160", 16, 16, 160, 160},
    {"3x3_64_64_256", 64, 64, 256, 256},
    {"3x3_48_48_80", 48, 48, 80, 80},
    {"3x3_256_256_14", 256, 256, 14, 14},
    {"3x3_512_512_12", 512, 512, 12, 12},
    {"3x3_512_512_7", 512, 512, 7, 7},
    {"1x1_256_64_65", 256, 64, 65, 65, 1},
    {"1x1_512_2048_33", 512, 2048, 33, 33, 1},
    {"1x1_64_256_65", 64, 256, 65, 65, 1},
    {"1x1_512_128_65", 512, 128, 65, 65, 1},
    {"1x1_128_512_65", 128, 512, 65, 65, 1},
    {"1x1_1024_256_65", 1024, 256, 65, 65, 1},
    {"1x1_256_1024_65", 256, 1024, 65, 65, 1},
    {"1x1_2048_512_65", 2048, 512, 65, 65, 1},
    {"1x1_512_2048_65", 512, 2048, 65, 65, 1},
    {"1x1_1280_256_33", 1280, 256, 33, 33, 1},
    {"1x1_192_256_65", 192, 256, 65, 65, 1},
    {"1x1_336_144_28", 336, 144, 28, 28, 1},
    {"1x1_512_128_28", 512, 128, 28, 28, 1},
    {"1x1_128_512_28", 128, 512, 28, 28, 1},
    {"1x1_1024_256_14", 1024, 256, 14, 14, 1},
    {"1x1_256_1024_14", 256, 1024, 14, 14, 1},
    {"1x1_2048_512_7", 2048, 512, 7, 7, 1},
    {"1x1_s2_512_1024_14", 512, 1024, 14, 14, 1, 2},
    {"1x1_384_256_40", 384, 256, 40, 40, 1},
    {"1x1_384_128_80", 384, 128, 80, 80, 1},
    {"1x1_128_128_80", 128, 128, 80, 80, 1},
    {"1x1_256_256_20", 256, 256, 20, 20, 1},
    {"dw3x3_16_14", 16, 16, 14, 14, 3, 1, 1, true},
    {"dw3x3_96_56", 96, 96, 56, 56, 3, 1, 1, true},
    {"dw3x3_32_112", 32, 32, 112, 112, 3, 1, 1, true},
    {"dw3x3_384_14", 384, 384, 14, 14, 3, 1, 1, true},
    {"dw3x3_960_7", 960, 960, 7, 7, 3, 1, 1, true},
    {"dw3x3_64_160", 64, 64, 160, 160, 3, 1, 1, true},
    {"dw3x3_64_400", 64, 64, 400, 400, 3, 1, 1, true},
    {"dw3x3_s2_144_28", 144, 144, 28, 28, 3, 2, 1, true},
    {"dw3x3_s2_96_56", 96, 96, 56, 56, 3, 2, 1, true},
    {"dw3x3_d2_64_33", 64, 64, 33, 33, 3, 1, 2, true},
    {"dw5x5_128_28", 128, 128, 28, 28, 5, 1, 1, true},
    {"dw5x5_s2_64_28", 64, 64, 28, 28, 5, 2, 1, true},
    {"dw7x7_96_56", 96, 96, 56, 56, 7, 1, 1, true},
    {"stem7x7_s2_3_64_112", 3, 64, 112, 112, 7, 2},
    {"stem6x6_s2_3_32_160", 3, 32, 160, 160, 6, 2},
    {"stem3x3_s2_3_32_112", 3, 32, 112, 112, 3, 2},
    {"stem3x3_s2_3_16_320", 3, 16, 320, 320, 3, 2},
    {"stem3x3_3_64_224", 3, 64, 224, 224, 3, 1},
};

static std::string benchCpu() {
  const char *cpu = std::getenv("ATROUS_BENCH_MCPU");
  return cpu ? cpu : "native";
}

/// A module, ready to run on one thread.
static llvm::Expected<std::unique_ptr<KernelRunner>>
makeRunner(const KernelVariant &variant, const std::vector<int64_t> &inShape) {
  std::string file = std::filesystem::temp_directory_path() /
                     fmt::format("atrous-bench-{}.so", getpid());
  CompileOptions options;
  options.inputBytes = variant.text;
  options.startAt = variant.startAt;
  options.outputPath = file;
  options.writeHeader = false;
  options.cpu = benchCpu();
  options.threads = 1;
  CompileResult result = compileModel(options);
  if (!result.ok())
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   result.diagnostics);
  auto runner = KernelRunner::load(file, /*threads=*/1, {inShape});
  std::filesystem::remove(file);
  return runner;
}

static size_t countBytes(const std::vector<int64_t> &shape) {
  size_t bytes = sizeof(float);
  for (int64_t size : shape)
    bytes *= size;
  return bytes;
}

static void runCase(benchmark::State &state, const KernelCase &kernel,
                    const KernelVariant &variant, double peak) {
  auto runner = makeRunner(variant, kernel.inShape);
  if (!runner) {
    state.SkipWithError(llvm::toString(runner.takeError()).c_str());
    return;
  }
  for (auto _ : state)
    if (llvm::Error error = (*runner)->run()) {
      state.SkipWithError(llvm::toString(std::move(error)).c_str());
      return;
    }
  double arithmetic = kernel.flops / peak;
  double memory =
      measureStream(countBytes(kernel.inShape) + kernel.constantBytes,
                    countBytes(kernel.outShape));
  auto perSecond = [&](const char *name, double amount) {
    state.counters[name] = benchmark::Counter(amount * state.iterations(),
                                              benchmark::Counter::kIsRate);
  };
  perSecond("flops", kernel.flops);
  perSecond("peak", arithmetic);
  perSecond("roof", std::max(arithmetic, memory));
}

static KernelCase makeCase(const ConvCase &conv, int64_t lanes,
                           const std::string &machine) {
  KernelCase result;
  result.name = conv.name;
  result.inShape = conv.inShape(lanes);
  result.outShape = conv.outShape(lanes);
  result.flops = conv.flops();
  result.constantBytes = sizeof(float);
  for (int64_t size : conv.weightShape(lanes))
    result.constantBytes *= size;
  auto addWith = [&](const std::string &name, const std::string &schedule) {
    std::string text = makeConvModule(conv, lanes, schedule, machine);
    result.variants.push_back({name, text, Stage::Plan});
  };
  result.variants = {
      {"row", makeConvModule(conv, lanes), Stage::Schedule},
      {"dynamic", makeDynamicConvModule(conv, lanes), Stage::Schedule}};
  for (const auto &[name, schedule] :
       listRowSchedules(result.variants[0].text, machine))
    addWith(name, schedule);
  addWith("plain", fmt::format("#kernel.cpu<algo = plain, isa = {}, lanes = "
                               "{}, unroll = 1, parallel = 3>",
                               lanes == 16 ? "avx512" : "avx2", lanes));
  if (const char *schedule = std::getenv("ATROUS_BENCH_SCHEDULE"))
    addWith("given", schedule);
  return result;
}

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  llvm::Expected<CpuTarget> target = selectCpu(benchCpu());
  if (!target) {
    fmt::print(stderr, "{}\n", llvm::toString(target.takeError()));
    return 1;
  }
  int64_t lanes = target->lanes;
  double peak = measureFmaPeak(static_cast<int>(lanes));
  benchmark::AddCustomContext("fma_peak",
                              fmt::format("{:.1f} GFLOP/s", peak * 1e-9));
  std::string machine = fmt::format(
      "#kernel.target<cpu = \"{}\", features = \"{}\", isa = {}, lanes = {}, "
      "threads = 1>",
      target->cpu, target->features, lanes == 16 ? "avx512" : "avx2", lanes);
  std::vector<KernelCase> cases;
  for (const ConvCase &conv : kCases)
    cases.push_back(makeCase(conv, lanes, machine));
  for (KernelCase &kernel : makeGraphCases(lanes))
    cases.push_back(std::move(kernel));
  for (const KernelCase &kernel : cases)
    for (const KernelVariant &variant : kernel.variants)
      benchmark::RegisterBenchmark(
          fmt::format("{}/{}", kernel.name, variant.name).c_str(),
          [&kernel, &variant, peak](benchmark::State &state) {
            runCase(state, kernel, variant, peak);
          })
          ->MeasureProcessCPUTime()
          ->Unit(benchmark::kMicrosecond);
  benchmark::RunSpecifiedBenchmarks();
}
