//===- artefact.cpp - Damaged files never reach dlopen --------------------===//

#include "test/runtime/testing.h"
#include <gtest/gtest.h>
#include <random>
#include <sys/stat.h>

namespace {

std::string loadError(const std::string &path) {
  atrous_loaded_model *model = nullptr;
  if (atrous_model_load(path.c_str(), &model) == ATROUS_OK) {
    atrous_model_destroy(model);
    return "";
  }
  return atrous_last_error();
}

std::string loadBytes(const std::string &bytes) {
  TemporaryPath path("artefact.so");
  writeBytes(path.path, bytes);
  return loadError(path.path);
}

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

TEST(Artefact, everyFlippedByteIsFound) {
  std::string good = withTrailer(readBytes(TINY_MODEL));
  ASSERT_EQ(loadBytes(good), "");
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    std::string bad = good;
    size_t at = i < 32 ? bad.size() - 1 - i : random() % bad.size();
    bad[at] ^= static_cast<char>(1 << random() % 8);
    EXPECT_NE(loadBytes(bad), "") << "byte " << at;
  }
}

TEST(Artefact, everyCutIsFound) {
  std::string good = withTrailer(readBytes(TINY_MODEL));
  for (size_t i = 0; i < 50; ++i)
    EXPECT_NE(loadBytes(good.substr(0, good.size() * i / 50)), "");
  EXPECT_NE(loadBytes(good + "x"), "");
  EXPECT_NE(loadBytes(good.substr(1)), "");
}

TEST(Artefact, saysWhatIsWrong) {
  std::string elf = readBytes(TINY_MODEL);
  EXPECT_TRUE(contains(loadBytes(elf), "it is no compiled model, or was cut"));
  EXPECT_TRUE(contains(loadBytes(""), "it is empty"));
  EXPECT_TRUE(contains(loadBytes("<html>not found"), "no ELF file"));
  EXPECT_TRUE(contains(loadBytes(withTrailer(elf, 7)), "ABI version 7"));
  EXPECT_TRUE(contains(loadBytes(withTrailer("\177ELFrubbish")), "cannot load"));
  EXPECT_TRUE(contains(loadError("/nonexistent/m.so"), "No such file"));
  EXPECT_TRUE(contains(loadError("/tmp"), "it is a folder"));
  EXPECT_TRUE(contains(loadError("/dev/null"), "not a regular file"));
}

// A newer model at the path of one that is still loaded is the newer one.
TEST(Artefact, aReplacedFileIsLoadedAnew) {
  TemporaryPath path("replaced.so"), next("next.so");
  std::string elf = readBytes(TINY_MODEL);
  writeBytes(path.path, withTrailer(elf));
  atrous_loaded_model *first = nullptr, *second = nullptr;
  ASSERT_EQ(atrous_model_load(path.c_str(), &first), ATROUS_OK);
  size_t at = elf.find("a test");
  ASSERT_NE(at, std::string::npos);
  elf[at] = 'A';
  writeBytes(next.path, withTrailer(elf));
  ASSERT_EQ(rename(next.c_str(), path.c_str()), 0);
  ASSERT_EQ(atrous_model_load(path.c_str(), &second), ATROUS_OK);
  EXPECT_STREQ(atrous_model_table(first)->producer, "a test");
  EXPECT_STREQ(atrous_model_table(second)->producer, "A test");
  atrous_model_destroy(first);
  atrous_model_destroy(second);
}

TEST(Artefact, loadsAndUnloadsManyTimes) {
  TemporaryPath path("again.so");
  writeBytes(path.path, withTrailer(readBytes(TINY_MODEL)));
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(loadError(path.path), "");
}

} // namespace
