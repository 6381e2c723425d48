//===- KernelBench.cpp - CPU kernels against the multiply-add peak --------===//
//
//   kernel-bench [Google Benchmark options]
//
// Each case is compiled several times and run on one thread: with the schedule
// that the tables choose ("row"), with each of theirs that it admits (by their
// names), with the chosen one for images of any size ("dynamic"), and with the
// plain loop. `peak` is the share of the
// multiply-add peak that was measured in the same process. $ATROUS_BENCH_MCPU
// chooses the CPU to compile for; the default is this one.
//
//===----------------------------------------------------------------------===//

#include "compiler/pipeline/Pipeline.h"
#include "compiler/target/Target.h"
#include "runtime/api/atrous.h"
#include "test/bench/ConvModule.h"
#include "test/bench/FmaPeak.h"
#include "test/bench/RowSchedules.h"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

using namespace atrous;

static const ConvCase kCases[] = {
    {"3x3_64_64_56", 64, 64, 56, 56},
    {"3x3_256_256_33", 256, 256, 33, 33},
    {"3x3_512_512_16", 512, 512, 16, 16},
    {"3x3_d2_256_256_65", 256, 256, 65, 65, 3, 1, 2},
    {"3x3_s2_64_128_56", 64, 128, 56, 56, 3, 2},
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
    {"dw3x3_96_56", 96, 96, 56, 56, 3, 1, 1, true},
    {"dw3x3_s2_144_28", 144, 144, 28, 28, 3, 2, 1, true},
};

static std::string benchCpu() {
  const char *cpu = std::getenv("ATROUS_BENCH_MCPU");
  return cpu ? cpu : "native";
}

/// A compiled module, ready to run on one thread.
class Compiled {
public:
  Compiled(const std::string &text, Stage startAt)
      : file(std::filesystem::temp_directory_path() /
             fmt::format("atrous-bench-{}.so", getpid())) {
    CompileOptions options;
    options.inputBytes = text;
    options.startAt = startAt;
    options.outputPath = file.string();
    options.writeHeader = false;
    options.cpu = benchCpu();
    options.threads = 1;
    CompileResult result = compileModel(options);
    error = result.diagnostics;
    if (!result.ok())
      return;
    if (atrous_model_load(file.c_str(), &model) ||
        atrous_context_create(model, 1, &context))
      error = atrous_last_error();
    std::filesystem::remove(file);
  }
  ~Compiled() {
    atrous_context_destroy(context);
    atrous_model_destroy(model);
  }

  std::filesystem::path file;
  atrous_loaded_model *model = nullptr;
  atrous_context *context = nullptr;
  std::string error;
};

static void runCase(benchmark::State &state, const ConvCase &conv,
                    int64_t lanes, const std::string &text, Stage startAt,
                    double peak) {
  Compiled compiled(text, startAt);
  if (!compiled.context) {
    state.SkipWithError(compiled.error.c_str());
    return;
  }
  int64_t inShape[] = {1, conv.inChannels / lanes, conv.inputSize(conv.height),
                       conv.inputSize(conv.width), lanes};
  int64_t outShape[] = {1, conv.outChannels / lanes, conv.height, conv.width,
                        lanes};
  auto allocate = [](const int64_t(&shape)[5]) {
    size_t count = 1;
    for (int64_t size : shape)
      count *= size;
    return std::vector<float>(count, 0.5f);
  };
  std::vector<float> x = allocate(inShape), y = allocate(outShape);
  atrous_tensor in{x.data(), ATROUS_FLOAT32, 5, inShape};
  bool isDynamic = atrous_model_table(compiled.model)->outputs[0].shape[2] < 0;
  for (auto _ : state) {
    // A dynamic output is a view of the context's memory.
    atrous_tensor out{isDynamic ? nullptr : y.data(), ATROUS_FLOAT32, 5,
                      isDynamic ? nullptr : outShape};
    if (atrous_context_run(compiled.context, &in, 1, &out, 1)) {
      state.SkipWithError(atrous_last_error());
      return;
    }
  }
  double total = conv.flops() * state.iterations();
  state.counters["flops"] =
      benchmark::Counter(total, benchmark::Counter::kIsRate);
  state.counters["peak"] =
      benchmark::Counter(total / peak, benchmark::Counter::kIsRate);
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
  std::string plain = fmt::format("#kernel.cpu<algo = plain, isa = {}, lanes = "
                                  "{}, unroll = 1, parallel = 3>",
                                  lanes == 16 ? "avx512" : "avx2", lanes);
  std::string machine = fmt::format(
      "#kernel.target<cpu = \"{}\", features = \"{}\", isa = {}, lanes = {}, "
      "threads = 1>",
      target->cpu, target->features, lanes == 16 ? "avx512" : "avx2", lanes);
  for (const ConvCase &conv : kCases) {
    auto add = [&](const char *kind, std::string text, Stage startAt) {
      benchmark::RegisterBenchmark(
          fmt::format("{}/{}", conv.name, kind).c_str(),
          [=, &conv](benchmark::State &state) {
            runCase(state, conv, lanes, text, startAt, peak);
          })
          ->MeasureProcessCPUTime()
          ->Unit(benchmark::kMillisecond);
    };
    std::string module = makeConvModule(conv, lanes);
    add("row", module, Stage::Schedule);
    for (const auto &[name, schedule] : listRowSchedules(module, machine))
      add(name.c_str(), makeConvModule(conv, lanes, schedule, machine),
          Stage::Plan);
    add("dynamic", makeDynamicConvModule(conv, lanes), Stage::Schedule);
    add("plain", makeConvModule(conv, lanes, plain, machine), Stage::Plan);
  }
  benchmark::RunSpecifiedBenchmarks();
}
