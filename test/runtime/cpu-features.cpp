//===- cpu-features.cpp - CPUID against the model's list ------------------===//

#include "runtime/cpu/cpu_features.h"
#include "runtime/base/error.h"
#include <gtest/gtest.h>
#include <string>

using namespace atrous::runtime;

namespace {

TEST(CpuFeatures, agreesWithTheCompilersBuiltin) {
  const struct {
    const char *name;
    bool here;
  } features[] = {{"sse3", __builtin_cpu_supports("sse3") != 0},
                  {"avx2", __builtin_cpu_supports("avx2") != 0},
                  {"fma", __builtin_cpu_supports("fma") != 0},
                  {"bmi2", __builtin_cpu_supports("bmi2") != 0},
                  {"avx512f", __builtin_cpu_supports("avx512f") != 0},
                  {"avx512vl", __builtin_cpu_supports("avx512vl") != 0},
                  {"gfni", __builtin_cpu_supports("gfni") != 0},
                  {"avx512fp16", __builtin_cpu_supports("avx512fp16") != 0}};
  for (auto &feature : features) {
    EXPECT_EQ(checkCpuFeatures(feature.name, "some-cpu") == ATROUS_OK,
              feature.here)
        << feature.name;
    if (!feature.here)
      EXPECT_NE(std::string(lastError()).find("lacks " +
                                              std::string(feature.name)),
                std::string::npos)
          << lastError();
  }
}

TEST(CpuFeatures, readsLists) {
  EXPECT_EQ(checkCpuFeatures("", "c"), ATROUS_OK);
  EXPECT_EQ(checkCpuFeatures("sse3,ssse3,", "c"), ATROUS_OK);
  EXPECT_EQ(checkCpuFeatures("sse3,warp-drive", "c"),
            ATROUS_ERROR_UNSUPPORTED);
  EXPECT_STREQ(lastError(), "the model needs CPU features that this runtime "
                            "does not know: warp-drive");
}

} // namespace
