//===- movement.cpp - Slice, Pad, Expand, Tile, Concat, shapes ------------===//

#include "test/runtime/ops/testing.h"

namespace {

const Tensor kMatrix = tensor<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6});

std::vector<int32_t> values(const OpCall &call) {
  return call.results.empty() ? std::vector<int32_t>()
                              : call.results[0].values<int32_t>();
}

Tensor ints(Shape values) { return tensor({int64_t(values.size())}, values); }

OpCall slice(Shape starts, Shape ends, Shape axes, Shape steps) {
  return OpCall(atrous_slice,
                {kMatrix, ints(starts), ints(ends), ints(axes), ints(steps)},
                {3}, {{2, ATROUS_INT32}});
}

TEST(Slice, clampsAsNumPy) {
  OpCall call = slice({-1, 1}, {INT64_MIN, 99}, {1, 0}, {-2, 1});
  EXPECT_EQ(call.results[0].shape, (Shape{1, 2}));
  EXPECT_EQ(values(call), (std::vector<int32_t>{6, 4}));
  EXPECT_EQ(slice({2}, {1}, {1}, {INT64_MAX}).results[0].shape, (Shape{2, 0}));
  EXPECT_EQ(values(slice({2}, {-9}, {-1}, {INT64_MIN})),
            (std::vector<int32_t>{3, 6}));
}

TEST(Slice, refusesWrongParameters) {
  EXPECT_EQ(slice({0}, {1}, {0}, {0}).error, "n: steps[0] is 0");
  EXPECT_EQ(slice({0}, {1}, {2}, {1}).error,
            "n: axes[0] is 2, out of range for rank 2");
  EXPECT_EQ(slice({0, 0}, {1, 1}, {0, -2}, {1, 1}).error,
            "n: axes[1] repeats axis -2");
  EXPECT_EQ(slice({0, 0}, {1}, {0, 1}, {1, 1}).error,
            "n: starts has 2 values, ends 1, axes 2, steps 2 for an input of "
            "rank 2");
}

OpCall pad(Shape pads, int64_t mode) {
  return OpCall(atrous_pad, {kMatrix, ints(pads)}, {mode, 0, 2},
                {{2, ATROUS_INT32}});
}

TEST(Pad, knowsAllModes) {
  EXPECT_EQ(values(pad({-1, 1, 0, 0}, 0)), (std::vector<int32_t>{0, 4, 5, 6}));
  EXPECT_EQ(values(pad({0, 3, -1, 4}, 1)),
            (std::vector<int32_t>{2, 3, 2, 1, 2, 3, 2, 1, 2, 3}));
  EXPECT_EQ(values(pad({0, 1, -1, 2}, 2)),
            (std::vector<int32_t>{1, 1, 2, 3, 3, 3}));
  EXPECT_EQ(values(pad({1, 1, 0, 0}, 3)),
            (std::vector<int32_t>{6, 4, 5, 6, 3, 1, 2, 3, 6, 4, 5, 6}));
}

// Tiles of two channels lie innermost.
TEST(Pad, leavesBlocksTogether) {
  OpCall call(atrous_pad,
              {tensor<int32_t>({1, 2, 2}, {1, 2, 3, 4}), ints({0, 1, 0, 1})},
              {0, 0, 2}, {{3, ATROUS_INT32}});
  EXPECT_EQ(call.results[0].shape, (Shape{1, 4, 2}));
  EXPECT_EQ(values(call), (std::vector<int32_t>{0, 0, 1, 2, 3, 4, 0, 0}));
}

TEST(Pad, takesAValueAndAxes) {
  OpCall call(atrous_pad,
              {kMatrix, ints({1, 0}), tensor<int32_t>({}, {9}), ints({-1})},
              {0, 3, 2}, {{2, ATROUS_INT32}});
  EXPECT_EQ(values(call), (std::vector<int32_t>{9, 1, 2, 3, 9, 4, 5, 6}));
  EXPECT_EQ(pad({0, -4, 0, 0}, 0).error,
            "n: pads -4 and 0 do not fit dimension 1 of size 3");
  EXPECT_EQ(pad({0, 0, 0}, 0).error,
            "n: expects 4 pads for 2 dimensions, got 3");
}

OpCall expand(Shape shape) {
  return OpCall(atrous_expand, {tensor<int32_t>({2, 1}, {1, 2}), ints(shape)},
                {},
                {{int32_t(std::max<size_t>(shape.size(), 2)), ATROUS_INT32}});
}

TEST(Expand, broadcastsBothWays) {
  EXPECT_EQ(expand({2, 1, 2}).results[0].shape, (Shape{2, 2, 2}));
  EXPECT_EQ(values(expand({2, 1, 2})),
            (std::vector<int32_t>{1, 1, 2, 2, 1, 1, 2, 2}));
  EXPECT_EQ(values(expand({2})), (std::vector<int32_t>{1, 1, 2, 2}));
  EXPECT_EQ(expand({3, 1}).error,
            "n: dimension 0 of size 2 does not broadcast to shape[0], which is "
            "3");
  EXPECT_EQ(expand({-1}).error, "n: shape[0] is -1");
  EXPECT_EQ(expand({INT64_MAX, 1, 4}).error, "too large");
}

TEST(Tile, repeats) {
  auto tile = [](Shape repeats) {
    return OpCall(atrous_tile, {kMatrix, ints(repeats)}, {},
                  {{2, ATROUS_INT32}});
  };
  EXPECT_EQ(values(tile({2, 1})),
            (std::vector<int32_t>{1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(values(tile({1, 2})),
            (std::vector<int32_t>{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}));
  EXPECT_EQ(tile({0, 1}).results[0].shape, (Shape{0, 3}));
  EXPECT_EQ(tile({1}).error, "n: repeats has 1 values for an input of rank 2");
  EXPECT_EQ(tile({1, -1}).error, "n: repeats[1] is -1");
  EXPECT_EQ(tile({1, INT64_MAX}).error,
            "n: dimension 1 of size 3 repeated 9223372036854775807 times is "
            "too large");
}

TEST(Concat, putsSideBySide) {
  auto concat = [](Tensor other, int64_t axis) {
    return OpCall(atrous_concat, {kMatrix, other}, {2, axis},
                  {{2, ATROUS_INT32}});
  };
  EXPECT_EQ(values(concat(tensor<int32_t>({2, 1}, {7, 8}), -1)),
            (std::vector<int32_t>{1, 2, 3, 7, 4, 5, 6, 8}));
  EXPECT_EQ(concat(tensor<int32_t>({2, 1}, {7, 8}), 0).error,
            "n: input 1 has size 1 in dimension 1, input 0 has 3");
}

TEST(Split, checksTheSizes) {
  auto split = [](Shape sizes) {
    return OpCall(atrous_split, {kMatrix, ints(sizes)}, {-1, 2},
                  {{2, ATROUS_INT32}, {2, ATROUS_INT32}});
  };
  OpCall call = split({2, 1});
  EXPECT_EQ(values(call), (std::vector<int32_t>{1, 2, 4, 5}));
  EXPECT_EQ(call.results[1].values<int32_t>(), (std::vector<int32_t>{3, 6}));
  EXPECT_EQ(split({3, 0}).results[1].shape, (Shape{2, 0}));
  EXPECT_EQ(split({3}).error, "n: split has 1 sizes for 2 outputs");
  EXPECT_EQ(split({1, 1}).error, "n: split leaves 1 of dimension 1 of size 3");
  EXPECT_EQ(split({4, -1}).error,
            "n: split[0] is 4, but 3 of dimension 1 are left");
}

template <typename T> OpCall range(T start, T limit, T delta) {
  return OpCall(
      atrous_range,
      {tensor<T>({}, {start}), tensor<T>({}, {limit}), tensor<T>({}, {delta})},
      {}, {{1, dtypeOf<T>()}});
}

TEST(Range, countsUpAndDown) {
  EXPECT_EQ(range<float>(1, 2, 0.5f).results[0].values<float>(),
            (std::vector<float>{1, 1.5f}));
  EXPECT_EQ(range<int64_t>(10, 4, -3).results[0].values<int64_t>(),
            (Shape{10, 7}));
  EXPECT_EQ(range<int64_t>(1, 0, 1).results[0].shape, (Shape{0}));
  EXPECT_EQ(range<int64_t>(INT64_MAX - 1, INT64_MIN, INT64_MIN)
                .results[0]
                .values<int64_t>(),
            (Shape{INT64_MAX - 1, -2}));
  EXPECT_EQ(range<int64_t>(0, 1, 0).error, "n: has a delta of 0");
  EXPECT_EQ(range<float>(0, 1, 0).error, "n: has a delta of 0");
  EXPECT_NE(range<int64_t>(INT64_MIN, INT64_MAX, 1).error, "");
  EXPECT_NE(range<float>(0, 1e30f, 1e-30f).error, "");
}

TEST(ReshapeShape, resolvesAndChecks) {
  auto reshape = [](Shape target, bool allowZero = false,
                    Shape known = {-1, -1}) {
    std::vector<int64_t> arguments{allowZero};
    arguments.insert(arguments.end(), known.begin(), known.end());
    return OpCall(atrous_reshape_shape, {kMatrix, ints(target)}, arguments,
                  {{1, ATROUS_INT64}});
  };
  EXPECT_EQ(reshape({0, -1}).results[0].values<int64_t>(), (Shape{2, 3}));
  EXPECT_EQ(reshape({-1, 2}).results[0].values<int64_t>(), (Shape{3, 2}));
  EXPECT_EQ(reshape({4, -1}).error,
            "n: an input of 6 elements does not fit 4 elements per unknown "
            "size");
  EXPECT_EQ(reshape({3, 3}).error,
            "n: an input of 6 elements does not fit 9 elements");
  EXPECT_EQ(reshape({-1, -1}).error, "n: shape[1] is another -1");
  EXPECT_EQ(reshape({-2, 3}).error, "n: shape[0] is -2");
  EXPECT_EQ(reshape({0, -1}, true).error,
            "n: an input of 6 elements does not fit 0 elements per unknown "
            "size");
  EXPECT_EQ(reshape({INT64_MAX, 3}).error, "n: shape is too large");
}

TEST(SqueezeShape, checksSizes) {
  Tensor x = tensor<int32_t>({1, 2, 1}, {1, 2});
  auto squeeze = [&](Shape axes) {
    return OpCall(atrous_squeeze_shape, {x, ints(axes)}, {1, -1, -1},
                  {{1, ATROUS_INT64}});
  };
  EXPECT_EQ(squeeze({-1}).results[0].values<int64_t>(), (Shape{1, 2}));
  EXPECT_EQ(squeeze({1}).error, "n: cannot remove dimension 1 of size 2");
  EXPECT_EQ(squeeze({3}).error, "n: axes[0] is 3, out of range for rank 3");
  OpCall added(atrous_unsqueeze_shape, {kMatrix, ints({-1, 0})},
               {-1, -1, -1, -1}, {{1, ATROUS_INT64}});
  EXPECT_EQ(added.results[0].values<int64_t>(), (Shape{1, 2, 3, 1}));
  OpCall flat(atrous_flatten_shape, {x}, {-1, -1, -1}, {{1, ATROUS_INT64}});
  EXPECT_EQ(flat.results[0].values<int64_t>(), (Shape{2, 1}));
}

TEST(Append, collectsElements) {
  Tensor row = tensor<int32_t>({3}, {7, 8, 9});
  OpCall call(atrous_append, {kMatrix, row}, {}, {{2, ATROUS_INT32}});
  EXPECT_EQ(call.results[0].shape, (Shape{3, 3}));
  EXPECT_EQ(values(call), (std::vector<int32_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
  // Before the first one the sizes of an element are not known.
  Tensor none = tensor<int32_t>({0, 0}, {});
  OpCall first(atrous_append, {none, row}, {}, {{2, ATROUS_INT32}});
  EXPECT_EQ(first.results[0].shape, (Shape{1, 3}));
  EXPECT_EQ(values(first), (std::vector<int32_t>{7, 8, 9}));
  EXPECT_EQ(OpCall(atrous_append, {kMatrix, tensor<int32_t>({2}, {7, 8})}, {},
                   {{2, ATROUS_INT32}})
                .error,
            "n: an iteration gives size 2 in dimension 0, the ones before it "
            "3");
}

} // namespace
