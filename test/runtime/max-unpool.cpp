//===- max-unpool.cpp - MaxUnpool -----------------------------------------===//

#include "runtime/cpu/ops/ops.h"
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace {

std::string failure;

void recordFailure(atrous_exec *, const char *node, const char *message) {
  failure = std::string(node) + ": " + message;
}

atrous_status unpool(std::vector<float> in, std::vector<int64_t> indices,
                     std::vector<float> &out, std::vector<int64_t> pooled,
                     std::vector<int64_t> shape) {
  atrous_exec exec = {sizeof(exec), 0, nullptr, recordFailure};
  int64_t count[] = {static_cast<int64_t>(in.size())};
  atrous_buffer buffers[] = {
      {in.data(), count, 1, ATROUS_FLOAT32},
      {indices.data(), count, 1, ATROUS_INT64},
      {out.data(), shape.data(), static_cast<int32_t>(shape.size()),
       ATROUS_FLOAT32}};
  return atrous_max_unpool(&exec, buffers, pooled.data(), "U");
}

TEST(MaxUnpool, placesValuesAndZeroes) {
  std::vector<float> out(4, 9);
  EXPECT_EQ(unpool({5, 6}, {3, 0}, out, {2, 2}, {2, 2}), ATROUS_OK);
  EXPECT_EQ(out, (std::vector<float>{6, 0, 0, 5}));
}

// Indices count in the shape that the pool's input had.
TEST(MaxUnpool, placesIntoALargerOutput) {
  std::vector<float> out(9, 9);
  EXPECT_EQ(unpool({5, 6}, {3, 0}, out, {2, 2}, {3, 3}), ATROUS_OK);
  EXPECT_EQ(out, (std::vector<float>{6, 0, 0, 0, 5, 0, 0, 0, 0}));
}

TEST(MaxUnpool, refusesIndicesOutOfRange) {
  for (int64_t bad : {int64_t(4), int64_t(-1), INT64_MIN, INT64_MAX}) {
    std::vector<float> out(4, 9);
    EXPECT_EQ(unpool({5}, {bad}, out, {2, 2}, {2, 2}), ATROUS_ERROR_INPUT);
    EXPECT_EQ(failure, "U: index " + std::to_string(bad) +
                           " is out of range [0, 4)");
  }
}

} // namespace
