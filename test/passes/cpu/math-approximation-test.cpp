//===- math-approximation-test.cpp - Errors of exp, log, tanh, erf --------===//
//
// Each function over floats from the whole range, against double precision.
//
//===----------------------------------------------------------------------===//

#include "KernelRunner.h"

#include "passes/cpu/Pipeline.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/bit.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace mlir;
using namespace atrous;
using namespace atrous::test;

/// Elements of a run: not a multiple of the lanes.
constexpr int64_t kCount = 65537;

/// A kernel of one op, %r = f(%a), on kCount floats.
static std::string makeKernel(StringRef body, StringRef isa, int lanes) {
  std::string count = std::to_string(kCount);
  return "#id = affine_map<(d) -> (d)>\n"
         "kernel.def @f(%x: memref<" +
         count + "xf32>, %y: memref<" + count +
         "xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = " +
         isa.str() + ", lanes = " + std::to_string(lanes) +
         ">} {\n"
         "  %one = arith.constant 1.0 : f32\n"
         "  linalg.generic {indexing_maps = [#id, #id], iterator_types = "
         "[\"parallel\"]} ins(%x : memref<" +
         count + "xf32>) outs(%y : memref<" + count +
         "xf32>) {\n  ^bb0(%a: f32, %b: f32):\n" + body.str() +
         "    linalg.yield %r : f32\n  }\n  kernel.yield\n}\n";
}

static std::unique_ptr<ExecutionEngine>
compileKernel(MLIRContext &context, const std::string &text, int64_t &tasks) {
  auto module = parseSourceString<ModuleOp>(text, &context);
  PassManager manager(&context);
  buildKernelLoweringPipeline(manager);
  if (!module || failed(manager.run(*module)))
    return nullptr;
  Operation *func = module->lookupSymbol("f");
  tasks = func->getAttrOfType<IntegerAttr>(kernel::kTasksAttr).getInt();
  return compile(*module);
}

/// The distance of `got` from `want` in units of the last place of f32.
static double ulps(float got, double want, bool flushes) {
  if (std::isnan(want) || std::isnan(got))
    return std::isnan(want) && std::isnan(got) ? 0 : INFINITY;
  float nearest = static_cast<float>(want);
  // 1 + exp(100) is infinite: sigmoid may flush to zero where f32 is denormal.
  if (got == 0 && std::abs(nearest) < 1.17549435e-38f && flushes)
    return 0;
  if (got == nearest)
    return 0;
  if (std::isinf(got) || std::isinf(nearest))
    return INFINITY;
  float magnitude = std::max(std::abs(nearest), 1.17549435e-38f);
  double unit = std::ldexp(1.0, std::ilogb(magnitude) - 23);
  return std::abs(got - want) / unit;
}

struct Function {
  const char *name;
  const char *body;
  double (*reference)(double);
  double allowed; ///< units of the last place
};

static const Function functions[] = {
    {"exp", "    %r = math.exp %a : f32\n", std::exp, 1.5},
    {"exp2", "    %r = math.exp2 %a : f32\n", std::exp2, 2},
    {"expm1", "    %r = math.expm1 %a : f32\n", std::expm1, 6},
    {"log", "    %r = math.log %a : f32\n", std::log, 1.5},
    {"log2", "    %r = math.log2 %a : f32\n", std::log2, 3},
    {"log10", "    %r = math.log10 %a : f32\n", std::log10, 3},
    {"log1p", "    %r = math.log1p %a : f32\n", std::log1p, 4},
    {"tanh", "    %r = math.tanh %a : f32\n", std::tanh, 2.5},
    {"erf", "    %r = math.erf %a : f32\n", std::erf, 2},
    {"sigmoid",
     "    %n = arith.negf %a : f32\n    %e = math.exp %n : f32\n"
     "    %d = arith.addf %e, %one : f32\n"
     "    %r = arith.divf %one, %d : f32\n",
     [](double x) { return 1 / (1 + std::exp(-x)); }, 3},
};

class MathApproximation : public testing::TestWithParam<Function> {};

TEST_P(MathApproximation, IsAccurate) {
  const Function &function = GetParam();
  auto context = createContext();
  for (auto [isa, lanes] :
       {std::pair("avx512", 16), std::pair("avx2", 8), std::pair("avx2", 1)}) {
    if (!hasIsa(*kernel::symbolizeCpuIsa(isa)))
      continue;
    int64_t tasks = 0;
    auto engine =
        compileKernel(*context, makeKernel(function.body, isa, lanes), tasks);
    ASSERT_TRUE(engine);
    std::vector<float> x(kCount), y(kCount);
    const float special[] = {0.0f,  -0.0f,   INFINITY, -INFINITY, NAN,
                             1.0f,  -1.0f,   100.0f,   -100.0f,   88.72284f,
                             88.9f, -103.9f, -87.4f,   1e-45f,    1.17549e-38f};
    std::copy(std::begin(special), std::end(special), x.begin());
    // Every 40,009th bit pattern, and the neighbourhood of zero and one.
    uint32_t bits = 0;
    for (size_t i = std::size(special); i < x.size(); ++i) {
      x[i] = llvm::bit_cast<float>(bits += 40009);
      if (i % 2)
        x[i] = std::ldexp(static_cast<float>(i) - kCount / 2, -11);
    }
    int64_t begin = 0;
    void *in = x.data(), *out = y.data();
    void *arguments[] = {&in, &out, &begin, &tasks};
    ASSERT_FALSE(static_cast<bool>(engine->invokePacked("f", arguments)));
    double worst = 0;
    float at = 0;
    for (int64_t i = 0; i < kCount; ++i) {
      double error = ulps(y[i], function.reference(x[i]),
                          StringRef(function.name) == "sigmoid");
      if (error > worst) {
        worst = error;
        at = x[i];
      }
    }
    EXPECT_LE(worst, function.allowed) << lanes << " lanes, at " << at;
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, MathApproximation,
                         testing::ValuesIn(functions),
                         [](const auto &info) { return info.param.name; });
