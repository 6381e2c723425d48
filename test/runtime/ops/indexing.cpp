//===- indexing.cpp - Gather*, Scatter*, OneHot, regions ------------------===//

#include "test/runtime/ops/testing.h"
#include <cmath>

namespace {

const Tensor kMatrix = tensor<float>({2, 3}, {1, 2, 3, 4, 5, 6});

TEST(Gather, checksIndices) {
  OpCall call(atrous_gather, {kMatrix, tensor<int32_t>({2}, {-1, 0})}, {1},
              {{2, ATROUS_FLOAT32}});
  EXPECT_EQ(call.results[0].values<float>(), (std::vector<float>{3, 1, 6, 4}));
  for (int64_t bad : {int64_t(3), int64_t(-4), INT64_MIN, INT64_MAX})
    EXPECT_EQ(OpCall(atrous_gather, {kMatrix, tensor<int64_t>({2}, {0, bad})},
                     {1}, {{2, ATROUS_FLOAT32}})
                  .error,
              "n: indices[1] is " + std::to_string(bad) +
                  ", out of range [-3, 3)");
}

TEST(GatherElements, takesAlongTheAxis) {
  OpCall call(atrous_gather_elements,
              {kMatrix, tensor<int64_t>({1, 3}, {1, 0, -1})}, {0},
              {{2, ATROUS_FLOAT32}});
  EXPECT_EQ(call.results[0].values<float>(), (std::vector<float>{4, 2, 6}));
  EXPECT_EQ(OpCall(atrous_gather_elements,
                   {kMatrix, tensor<int64_t>({1, 1}, {2})}, {0},
                   {{2, ATROUS_FLOAT32}})
                .error,
            "n: indices[0] is 2, out of range [-2, 2)");
  EXPECT_EQ(OpCall(atrous_gather_elements,
                   {kMatrix, tensor<int64_t>({1, 4}, {0, 0, 0, 0})}, {0},
                   {{2, ATROUS_FLOAT32}})
                .error,
            "n: indices have size 4 in dimension 1, but the input has 3");
}

TEST(GatherND, takesSlicesOfBatches) {
  OpCall call(atrous_gather_nd, {kMatrix, tensor<int64_t>({2, 1}, {1, -3})},
              {1}, {{1, ATROUS_FLOAT32}});
  EXPECT_EQ(call.results[0].values<float>(), (std::vector<float>{2, 4}));
  EXPECT_EQ(OpCall(atrous_gather_nd, {kMatrix, tensor<int64_t>({1, 2}, {1, 3})},
                   {0}, {{1, ATROUS_FLOAT32}})
                .error,
            "n: indices[1] is 3, out of range [-3, 3)");
}

OpCall scatter(std::vector<int64_t> indices, std::vector<float> updates,
               int64_t reduction) {
  int64_t count = int64_t(indices.size());
  return OpCall(atrous_scatter_elements,
                {tensor<float>({3}, {1, 2, 3}), tensor({count}, indices),
                 tensor({count}, updates)},
                {0, reduction, 0}, {{1, ATROUS_FLOAT32}});
}

/// Of rows, or of one index for all of them, into 3 x 2.
OpCall scatterSlices(std::vector<int64_t> indices, Tensor updates,
                     int64_t axis) {
  std::vector<int64_t> shape(2, 1);
  shape[axis] = int64_t(indices.size());
  Tensor input = tensor<float>({3, 2}, {1, 2, 3, 4, 5, 6});
  return OpCall(atrous_scatter_elements,
                {input, tensor(shape, indices), std::move(updates)},
                {axis, 0, 1}, {{2, ATROUS_FLOAT32}});
}

TEST(ScatterElements, joinsDuplicatesInOrder) {
  auto values = [](const OpCall &call) {
    return call.results[0].values<float>();
  };
  EXPECT_EQ(values(scatter({1, -2}, {7, 8}, 0)), (std::vector<float>{1, 8, 3}));
  EXPECT_EQ(values(scatter({1, 1}, {7, 8}, 1)), (std::vector<float>{1, 17, 3}));
  EXPECT_EQ(values(scatter({1, 1}, {7, 8}, 2)),
            (std::vector<float>{1, 112, 3}));
  EXPECT_EQ(values(scatter({0, 2}, {7, 0}, 3)), (std::vector<float>{1, 2, 0}));
  EXPECT_EQ(values(scatter({0, 2}, {7, 0}, 4)), (std::vector<float>{7, 2, 3}));
  EXPECT_TRUE(std::isnan(values(scatter({0}, {NAN}, 4))[0]));
  EXPECT_EQ(scatter({3}, {1}, 0).error,
            "n: indices[0] is 3, out of range [-3, 3)");
}

TEST(ScatterElements, takesIndicesOfSlices) {
  auto values = [](const OpCall &call) {
    return call.results[0].values<float>();
  };
  Tensor two = tensor<float>({2, 2}, {7, 8, 9, 10});
  EXPECT_EQ(values(scatterSlices({2, -3}, two, 0)),
            (std::vector<float>{9, 10, 3, 4, 7, 8}));
  // The last update of equal indices stays; one index stands for all rows.
  EXPECT_EQ(values(scatterSlices({1}, two, 0)),
            (std::vector<float>{1, 2, 9, 10, 5, 6}));
  Tensor column = tensor<float>({3, 1}, {7, 8, 9});
  EXPECT_EQ(values(scatterSlices({1}, column, 1)),
            (std::vector<float>{1, 7, 3, 8, 5, 9}));
  // Updates of a part of the rows, or of the columns.
  EXPECT_EQ(values(scatterSlices({1, 0}, tensor<float>({1, 2}, {7, 8}), 1)),
            (std::vector<float>{8, 7, 3, 4, 5, 6}));
  EXPECT_EQ(values(scatterSlices({2}, tensor<float>({1, 1}, {7}), 0)),
            (std::vector<float>{1, 2, 3, 4, 7, 6}));
  EXPECT_EQ(scatterSlices({1, 3}, two, 0).error,
            "n: indices[1] is 3, out of range [-3, 3)");
  EXPECT_EQ(scatterSlices({1, 0, 2}, two, 0).error,
            "n: indices have size 3 in dimension 0, but updates have 2");
}

TEST(ScatterND, writesSlices) {
  Tensor updates = tensor<float>({1, 3}, {7, 8, 9});
  OpCall call(atrous_scatter_nd,
              {kMatrix, tensor<int64_t>({1, 1}, {-1}), updates}, {1},
              {{2, ATROUS_FLOAT32}});
  EXPECT_EQ(call.results[0].values<float>(),
            (std::vector<float>{1, 2, 3, 11, 13, 15}));
  EXPECT_EQ(OpCall(atrous_scatter_nd,
                   {kMatrix, tensor<int64_t>({1, 1}, {2}), updates}, {0},
                   {{2, ATROUS_FLOAT32}})
                .error,
            "n: indices[0] is 2, out of range [-2, 2)");
  EXPECT_EQ(OpCall(atrous_scatter_nd,
                   {kMatrix, tensor<int64_t>({1, 1}, {0}),
                    tensor<float>({1, 2}, {7, 8})},
                   {0}, {{2, ATROUS_FLOAT32}})
                .error,
            "n: updates have size 2 in dimension 1, expected 3");
}

TEST(OneHot, leavesOutWhatIsOutOfRange) {
  OpCall call(atrous_one_hot,
              {tensor<float>({3}, {1.5f, -1, 4}), tensor<int64_t>({}, {3}),
               tensor<int32_t>({2}, {2, 5})},
              {0}, {{2, ATROUS_INT32}});
  EXPECT_EQ(call.results[0].shape, (Shape{3, 3}));
  EXPECT_EQ(call.results[0].values<int32_t>(),
            (std::vector<int32_t>{2, 2, 2, 5, 2, 2, 2, 5, 2}));
}

TEST(ReverseSequence, reversesTheFirstSteps) {
  OpCall call(atrous_reverse_sequence, {kMatrix, tensor<int64_t>({2}, {2, 0})},
              {0, 1}, {{2, ATROUS_FLOAT32}});
  EXPECT_EQ(call.results[0].values<float>(),
            (std::vector<float>{2, 1, 3, 4, 5, 6}));
  EXPECT_EQ(OpCall(atrous_reverse_sequence,
                   {kMatrix, tensor<int64_t>({2}, {2, 4})}, {0, 1},
                   {{2, ATROUS_FLOAT32}})
                .error,
            "n: sequence_lens[1] is 4, out of range [0, 3]");
}

int64_t bitsOf(double value) {
  int64_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

OpCall align(std::vector<float> roi, int64_t batch, bool isMax = false) {
  return OpCall(atrous_roi_align,
                {tensor<float>({1, 1, 2, 2}, {1, 2, 3, 4}),
                 tensor<float>({1, 4}, roi), tensor<int64_t>({1}, {batch})},
                {isMax, true, 1, 1, 2, bitsOf(1), 1}, {{4, ATROUS_FLOAT32}});
}

TEST(RoiAlign, samplesAndChecks) {
  EXPECT_FLOAT_EQ(align({0, 0, 2, 2}, 0).results[0].values<float>()[0], 2.5f);
  // One sample of four is in the map.
  EXPECT_FLOAT_EQ(align({-4, -4, 2, 2}, 0).results[0].values<float>()[0],
                  0.25f);
  EXPECT_FLOAT_EQ(align({0, 0, 2, 2}, 0, true).results[0].values<float>()[0],
                  4);
  EXPECT_EQ(align({0, 0, 2, 2}, 1).error,
            "n: batch_indices[0] is 1, out of range [0, 1)");
  EXPECT_EQ(align({0, NAN, 2, 2}, 0).error, "n: rois[0, 1] is nan");
}

// Three channels in a block of 8; the lanes behind them are no channels.
TEST(RoiAlign, poolsBlocksOfChannels) {
  std::vector<float> input(2 * 2 * 8, 100.f);
  for (int64_t pixel = 0; pixel < 4; ++pixel)
    for (int64_t channel = 0; channel < 3; ++channel)
      input[pixel * 8 + channel] = float(pixel + 1) * float(channel + 1);
  auto pool = [&](Shape shape, bool isMax) {
    return OpCall(atrous_roi_align,
                  {tensor<float>(shape, input),
                   tensor<float>({1, 4}, {0, 0, 2, 2}),
                   tensor<int64_t>({1}, {0})},
                  {isMax, true, 1, 1, 2, bitsOf(1), 3}, {{4, ATROUS_FLOAT32}});
  };
  EXPECT_EQ(pool({1, 1, 2, 2, 8}, false).results[0].values<float>(),
            (std::vector<float>{2.5f, 5, 7.5f}));
  EXPECT_EQ(pool({1, 1, 2, 2, 8}, true).results[0].values<float>(),
            (std::vector<float>{4, 8, 12}));
  EXPECT_EQ(pool({1, 1, 2, 4, 4}, false).error,
            "n: the input has blocks of 4 channels");
}

// As many samples as pixels: the time it takes must not depend on the region.
TEST(RoiAlign, takesHugeRegions) {
  OpCall call(atrous_roi_align,
              {tensor<float>({1, 1, 2, 2}, {1, 2, 3, 4}),
               tensor<float>({1, 4}, {-1e12f, -1e12f, 1e30f, 1e12f}),
               tensor<int64_t>({1}, {0})},
              {false, true, 2, 2, 0, bitsOf(1), 1}, {{4, ATROUS_FLOAT32}});
  for (float value : call.results[0].values<float>())
    EXPECT_TRUE(std::isfinite(value));
}

TEST(MaxRoiPool, checksTheBatch) {
  auto pool = [](std::vector<float> roi) {
    return OpCall(
        atrous_max_roi_pool,
        {tensor<float>({1, 1, 2, 2}, {1, 2, 3, 4}), tensor<float>({1, 5}, roi)},
        {1, 2, bitsOf(1)}, {{4, ATROUS_FLOAT32}});
  };
  EXPECT_EQ(pool({0, 0, 0, 1, 1}).results[0].values<float>(),
            (std::vector<float>{3, 4}));
  EXPECT_EQ(pool({1, 0, 0, 1, 1}).error,
            "n: batch index 1 of rois[0] is out of range [0, 1)");
}

OpCall unpool(std::vector<float> in, std::vector<int64_t> indices,
              Shape asked = {}) {
  int64_t count = int64_t(in.size());
  std::vector<Tensor> inputs = {tensor({1, 1, count}, in),
                                tensor({1, 1, count}, indices)};
  if (!asked.empty())
    inputs.push_back(tensor({int64_t(asked.size())}, asked));
  return OpCall(atrous_max_unpool, inputs, {!asked.empty(), 2, 2, 0, 0},
                {{3, ATROUS_FLOAT32}});
}

TEST(MaxUnpool, placesValuesAndZeroes) {
  EXPECT_EQ(unpool({5, 6}, {3, 0}).results[0].values<float>(),
            (std::vector<float>{6, 0, 0, 5}));
  EXPECT_EQ(unpool({5, 6}, {3, 0}, {1, 1, 5}).results[0].values<float>(),
            (std::vector<float>{6, 0, 0, 5, 0}));
}

TEST(MaxUnpool, refusesWhatDoesNotFit) {
  for (int64_t bad : {int64_t(4), int64_t(-1), INT64_MIN, INT64_MAX})
    EXPECT_EQ(unpool({5, 6}, {0, bad}).error, "n: indices[1] is " +
                                                  std::to_string(bad) +
                                                  ", out of range [0, 4)");
  EXPECT_EQ(unpool({5, 6}, {0, 1}, {1, 1, 3}).error,
            "n: output_shape[2] is 3, less than the 4 that the indices count "
            "in");
}

} // namespace
