//===- selection.cpp - TopK, NonZero, Compress, Unique, NMS ---------------===//

#include "test/runtime/ops/testing.h"
#include <cmath>

namespace {

const ResultType i64s{1, ATROUS_INT64};

OpCall topK(Tensor x, int64_t k, int64_t axis, bool largest) {
  int32_t rank = int32_t(x.shape.size());
  return OpCall(atrous_top_k, {x, tensor<int64_t>({1}, {k})}, {axis, largest},
                {{rank, x.dtype}, {rank, ATROUS_INT64}});
}

TEST(TopK, ordersTiesByIndexAndNanLast) {
  Tensor x = tensor<float>({5}, {1, NAN, 3, -0.0f, 3});
  OpCall largest = topK(x, 4, -1, true);
  EXPECT_EQ(largest.results[1].values<int64_t>(), (Shape{1, 2, 4, 0}));
  OpCall smallest = topK(x, 5, 0, false);
  EXPECT_EQ(smallest.results[1].values<int64_t>(), (Shape{3, 0, 2, 4, 1}));
}

TEST(TopK, worksAlongAnyAxis) {
  OpCall call = topK(tensor<int8_t>({3, 2}, {-1, 9, 7, -5, 0, 3}), 2, 0, true);
  EXPECT_EQ(call.results[0].shape, (Shape{2, 2}));
  EXPECT_EQ(call.results[0].values<int8_t>(),
            (std::vector<int8_t>{7, 9, 0, 3}));
  EXPECT_EQ(call.results[1].values<int64_t>(), (Shape{1, 0, 2, 2}));
}

TEST(TopK, comparesUnsignedValuesOf64Bits) {
  OpCall call = topK(tensor<uint64_t>({3}, {1, UINT64_MAX, uint64_t(1) << 63}),
                     2, 0, true);
  EXPECT_EQ(call.results[1].values<int64_t>(), (Shape{1, 2}));
}

TEST(TopK, refusesWrongCounts) {
  Tensor x = tensor<float>({1, 3}, {1, 2, 3});
  EXPECT_EQ(topK(x, 4, 1, true).error, "n: k is 4, but dimension 1 has size 3");
  EXPECT_EQ(topK(x, -1, 1, true).error,
            "n: k is -1, but dimension 1 has size 3");
  EXPECT_EQ(topK(x, 0, 1, true).results[0].shape, (Shape{1, 0}));
}

TEST(NonZero, givesPositions) {
  OpCall call(atrous_non_zero, {tensor<float>({2, 2}, {1, -0.0f, 0, NAN})}, {},
              {{2, ATROUS_INT64}});
  EXPECT_EQ(call.results[0].shape, (Shape{2, 2}));
  EXPECT_EQ(call.results[0].values<int64_t>(), (Shape{0, 1, 0, 1}));
  OpCall scalar(atrous_non_zero, {tensor<int32_t>({}, {5})}, {},
                {{2, ATROUS_INT64}});
  EXPECT_EQ(scalar.results[0].shape, (Shape{0, 1}));
}

OpCall compress(std::vector<uint8_t> condition, bool hasAxis, int64_t axis) {
  Tensor mask =
      tensor<uint8_t>({int64_t(condition.size())}, condition, ATROUS_BOOL);
  return OpCall(atrous_compress,
                {tensor<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6}), mask},
                {hasAxis, axis}, {{hasAxis ? 2 : 1, ATROUS_INT32}});
}

TEST(Compress, takesSlicesOrElements) {
  OpCall columns = compress({0, 1, 1}, true, -1);
  EXPECT_EQ(columns.results[0].shape, (Shape{2, 2}));
  EXPECT_EQ(columns.results[0].values<int32_t>(),
            (std::vector<int32_t>{2, 3, 5, 6}));
  OpCall elements = compress({0, 1, 0, 0, 1}, false, 0);
  EXPECT_EQ(elements.results[0].values<int32_t>(),
            (std::vector<int32_t>{2, 5}));
  EXPECT_EQ(compress({0, 0, 0, 1}, true, 0).error,
            "n: condition[3] selects an element beyond the size 2");
}

OpCall unique(Tensor x, bool hasAxis, int64_t axis, bool sorted) {
  int32_t rank = hasAxis ? int32_t(x.shape.size()) : 1;
  return OpCall(atrous_unique, {x}, {hasAxis, axis, sorted},
                {{rank, x.dtype}, i64s, i64s, i64s});
}

TEST(Unique, sortsOrKeepsTheOrder) {
  Tensor x = tensor<float>({6}, {2, 1, 1, 3, 4, 3});
  OpCall sorted = unique(x, false, 0, true);
  EXPECT_EQ(sorted.results[0].values<float>(),
            (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(sorted.results[1].values<int64_t>(), (Shape{1, 0, 3, 4}));
  EXPECT_EQ(sorted.results[2].values<int64_t>(), (Shape{1, 0, 0, 2, 3, 2}));
  EXPECT_EQ(sorted.results[3].values<int64_t>(), (Shape{2, 1, 2, 1}));
  OpCall kept = unique(x, false, 0, false);
  EXPECT_EQ(kept.results[0].values<float>(), (std::vector<float>{2, 1, 3, 4}));
  EXPECT_EQ(kept.results[2].values<int64_t>(), (Shape{0, 1, 1, 2, 3, 2}));
}

TEST(Unique, comparesSlices) {
  // Columns (1, 2), (0, 5), (1, 2).
  OpCall call =
      unique(tensor<int32_t>({2, 3}, {1, 0, 1, 2, 5, 2}), true, 1, true);
  EXPECT_EQ(call.results[0].shape, (Shape{2, 2}));
  EXPECT_EQ(call.results[0].values<int32_t>(),
            (std::vector<int32_t>{0, 1, 5, 2}));
  EXPECT_EQ(call.results[2].values<int64_t>(), (Shape{1, 0, 1}));
}

OpCall suppress(std::vector<float> boxes, std::vector<float> scores,
                int64_t classes, int64_t most, float iou, float score,
                bool isCentered = false) {
  int64_t count = int64_t(boxes.size()) / 4;
  return OpCall(atrous_non_max_suppression,
                {tensor<float>({1, count, 4}, boxes),
                 tensor<float>({1, classes, count}, scores),
                 tensor<int64_t>({1}, {most}), tensor<float>({1}, {iou}),
                 tensor<float>({}, {score})},
                {isCentered, 7}, {{2, ATROUS_INT64}});
}

const std::vector<float> kBoxes = {0, 0,  1, 1,  0, 0.1f,  1, 1.1f,
                                   0, 10, 1, 11, 1, 11.1f, 0, 10.1f};

TEST(NonMaxSuppression, selectsByClass) {
  OpCall call = suppress(kBoxes, {0.9f, 0.75f, 0.6f, 0.95f, 0, 0, 0.5f, 0}, 2,
                         3, 0.5f, 0);
  EXPECT_EQ(call.results[0].shape, (Shape{3, 3}));
  EXPECT_EQ(call.results[0].values<int64_t>(),
            (Shape{0, 0, 3, 0, 0, 0, 0, 1, 2}));
}

// A box that overlaps by just the threshold stays.
TEST(NonMaxSuppression, suppressesAboveTheThreshold) {
  std::vector<float> boxes = {0, 0, 1, 2, 0, 1, 1, 3};
  float third = 1.0f / 3;
  EXPECT_EQ(suppress(boxes, {2, 1}, 1, 9, third, 0).results[0].shape[0], 2);
  EXPECT_EQ(suppress(boxes, {2, 1}, 1, 9, 0.33f, 0).results[0].shape[0], 1);
}

TEST(NonMaxSuppression, mayFindNothing) {
  EXPECT_EQ(suppress(kBoxes, {1, 1, 1, 1}, 1, 9, 0.5f, 2).results[0].shape,
            (Shape{0, 3}));
  EXPECT_EQ(suppress(kBoxes, {1, 1, 1, 1}, 1, 0, 0.5f, 0).results[0].shape,
            (Shape{0, 3}));
  EXPECT_EQ(suppress(kBoxes, {1, 1, 1, 1}, 1, 9, 1.5f, 0).error,
            "n: iou_threshold is 1.5, out of range [0, 1]");
}

TEST(NonMaxSuppression, takesCentresAndEqualScores) {
  OpCall call = suppress({0.5f, 0.5f, 1, 1, 0.5f, 0.6f, 1, 1, 5, 5, 1, 1},
                         {1, 1, 1}, 1, 9, 0.5f, 0, true);
  EXPECT_EQ(call.results[0].values<int64_t>(), (Shape{0, 0, 0, 0, 0, 2}));
}

} // namespace
