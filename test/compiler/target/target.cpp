//===- target.cpp - --mcpu ------------------------------------------------===//

#include "compiler/target/Target.h"
#include "mlir/IR/MLIRContext.h"
#include <gtest/gtest.h>

using namespace atrous;

namespace {

std::string errorOf(llvm::StringRef mcpu) {
  llvm::Expected<CpuTarget> target = selectCpu(mcpu);
  return target ? "" : llvm::toString(target.takeError());
}

bool has(llvm::StringRef list, llvm::StringRef feature) {
  llvm::SmallVector<llvm::StringRef> names;
  list.split(names, ',');
  return llvm::is_contained(names, feature);
}

TEST(Target, knowsLevels) {
  llvm::Expected<CpuTarget> v3 = selectCpu("x86-64-v3");
  ASSERT_TRUE(bool(v3));
  EXPECT_EQ(v3->isa, kernel::CpuIsa::avx2);
  EXPECT_EQ(v3->lanes, 8);
  EXPECT_EQ(v3->requiredFeatures, "sse3,ssse3,sse4.1,sse4.2,popcnt,movbe,avx,"
                                  "f16c,fma,avx2,bmi,bmi2,lzcnt");
  llvm::Expected<CpuTarget> v4 = selectCpu("x86-64-v4");
  ASSERT_TRUE(bool(v4));
  EXPECT_EQ(v4->isa, kernel::CpuIsa::avx512);
  EXPECT_EQ(v4->lanes, 16);
  EXPECT_TRUE(has(v4->requiredFeatures, "avx512vl"));
  EXPECT_FALSE(has(v4->requiredFeatures, "gfni"));
}

TEST(Target, knowsCpus) {
  llvm::Expected<CpuTarget> znver4 = selectCpu("znver4");
  ASSERT_TRUE(bool(znver4));
  EXPECT_EQ(znver4->lanes, 16);
  EXPECT_TRUE(has(znver4->requiredFeatures, "gfni"));
  llvm::Expected<CpuTarget> znver3 = selectCpu("znver3");
  ASSERT_TRUE(bool(znver3));
  EXPECT_EQ(znver3->lanes, 8);
}

TEST(Target, maskedFeaturesChangeTheWidth) {
  mlir::MLIRContext context;
  CpuTarget masked;
  masked.cpu = "znver4";
  masked.features = "-avx512f";
  masked.isa = kernel::CpuIsa::avx2;
  llvm::Expected<CpuTarget> target =
      selectCpu(getTargetAttr(&context, masked, 2));
  ASSERT_TRUE(bool(target));
  EXPECT_EQ(target->lanes, 8);
  EXPECT_FALSE(has(target->requiredFeatures, "avx512f"));
  EXPECT_FALSE(has(target->requiredFeatures, "avx512bf16"));
  EXPECT_TRUE(has(target->requiredFeatures, "gfni"));
}

TEST(Target, nativeRunsHereOrSaysWhy) {
  llvm::Expected<CpuTarget> native = selectCpu("native");
  if (native)
    EXPECT_TRUE(has(native->requiredFeatures, "avx2"));
  else
    EXPECT_NE(llvm::toString(native.takeError()).find("no AVX2"),
              std::string::npos);
}

TEST(Target, sortsSeveralByWhatTheyNeed) {
  llvm::Expected<std::vector<CpuTarget>> targets =
      selectCpus("znver4+x86-64-v3+x86-64-v4");
  ASSERT_TRUE(bool(targets));
  EXPECT_EQ(joinCpus(*targets), "x86-64-v3+x86-64-v4+znver4");
}

TEST(Target, refusesCodeThatWouldNeverBeChosen) {
  auto errorOfAll = [](llvm::StringRef mcpu) {
    return llvm::toString(selectCpus(mcpu).takeError());
  };
  EXPECT_EQ(errorOfAll("x86-64-v3+znver4+x86-64-v3"),
            "CPUs 'x86-64-v3' and 'x86-64-v3' need the same features: the code "
            "of one would never be chosen");
  EXPECT_NE(errorOfAll("x86-64-v3+").find("unknown CPU ''"), std::string::npos);
}

TEST(Target, refuses) {
  EXPECT_EQ(errorOf("x86-64-v2"),
            "CPU 'x86-64-v2' has no AVX2 and FMA, which compiled models need; "
            "the least is --mcpu=x86-64-v3");
  EXPECT_EQ(errorOf("i686"), "CPU 'i686' is not a 64-bit x86");
  std::string unknown = errorOf("znver44");
  EXPECT_NE(unknown.find("unknown CPU 'znver44'"), std::string::npos);
  EXPECT_NE(unknown.find("znver4,"), std::string::npos) << unknown;
  EXPECT_NE(errorOf(""), "");
  EXPECT_NE(errorOf("%s%n"), "");
  EXPECT_NE(errorOf(std::string(100000, 'x')), "");
}

} // namespace
