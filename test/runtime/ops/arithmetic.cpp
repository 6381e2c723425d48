//===- arithmetic.cpp - Reduce*, CumSum, CumProd, Det ---------------------===//

#include "test/runtime/ops/testing.h"
#include <cmath>

namespace {

// Values of graph.reduce's kinds.
enum { sum, mean, max, min, prod, l1, l2, sumSquare };

template <typename T>
OpCall reduce(std::vector<T> values, Shape shape, std::vector<int64_t> axes,
              int64_t kind, int32_t rank, int64_t keepdims = 0,
              int64_t noop = 0) {
  return OpCall(atrous_reduce,
                {tensor<T>(shape, values),
                 tensor<int64_t>({int64_t(axes.size())}, axes)},
                {kind, keepdims, noop}, {{rank, dtypeOf<T>()}});
}

TEST(Reduce, reducesAnyAxes) {
  std::vector<float> x = {1, 2, 3, 4, -5, 6};
  auto values = [](const OpCall &call) {
    EXPECT_EQ(call.error, "");
    return call.results[0].values<float>();
  };
  using V = std::vector<float>;
  EXPECT_EQ(values(reduce<float>(x, {2, 3}, {0}, sum, 1)), (V{5, -3, 9}));
  EXPECT_EQ(values(reduce<float>(x, {2, 3}, {-1}, max, 1)), (V{3, 6}));
  EXPECT_EQ(values(reduce<float>(x, {2, 3}, {1, 0}, prod, 0)), (V{-720}));
  EXPECT_EQ(values(reduce<float>(x, {2, 3}, {1}, mean, 2, 1)),
            (V{2, 5.0f / 3}));
  EXPECT_EQ(values(reduce<float>(x, {2, 3}, {1}, l1, 1)), (V{6, 15}));
  EXPECT_EQ(values(reduce<float>(x, {2, 3}, {}, min, 0)), (V{-5}));
  EXPECT_EQ(values(reduce<float>(x, {2, 3}, {}, sumSquare, 2, 0, 1)),
            (V{1, 4, 9, 16, 25, 36}));
  EXPECT_EQ(values(reduce<float>({3, 4}, {2}, {0}, l2, 0)), (V{5}));
}

TEST(Reduce, ofNothing) {
  auto value = [](int64_t kind) {
    OpCall call = reduce<float>({}, {0}, {0}, kind, 0);
    return call.results[0].values<float>()[0];
  };
  EXPECT_EQ(value(sum), 0);
  EXPECT_EQ(value(prod), 1);
  EXPECT_EQ(value(max), -INFINITY);
  EXPECT_EQ(value(min), INFINITY);
  EXPECT_TRUE(std::isnan(value(mean)));
}

TEST(Reduce, integersWrap) {
  auto value = [](int64_t kind, std::vector<int8_t> x) {
    int64_t count = int64_t(x.size());
    return reduce<int8_t>(x, {count}, {0}, kind, 0)
        .results[0]
        .values<int8_t>()[0];
  };
  EXPECT_EQ(value(sum, {127, 1}), -128);
  EXPECT_EQ(value(prod, {16, 16}), 0);
  EXPECT_EQ(value(mean, std::vector<int8_t>(256, 1)), 0);
  EXPECT_EQ(value(l1, {-128}), -128);
  EXPECT_EQ(value(max, {}), -128);
}

TEST(Reduce, nanWins) {
  for (int64_t kind : {max, min})
    EXPECT_TRUE(std::isnan(reduce<float>({1, NAN, 2}, {3}, {0}, kind, 0)
                               .results[0]
                               .values<float>()[0]));
}

TEST(Reduce, checksAxes) {
  EXPECT_EQ(reduce<float>({1, 2}, {2}, {1}, sum, 0).error,
            "n: axes[0] is 1, out of range [-1, 1)");
  EXPECT_EQ(reduce<float>({1, 2}, {1, 2}, {0, -2}, sum, 0).error,
            "n: axes name dimension 0 twice");
}

OpCall cumulate(std::vector<int64_t> arguments, int32_t axis) {
  return OpCall(atrous_cumulate,
                {tensor<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6}),
                 tensor<int32_t>({}, {axis})},
                arguments, {{2, ATROUS_INT32}});
}

TEST(Cumulate, bothWays) {
  auto values = [](const OpCall &call) {
    return call.results[0].values<int32_t>();
  };
  using V = std::vector<int32_t>;
  EXPECT_EQ(values(cumulate({0, 0, 0}, 1)), (V{1, 3, 6, 4, 9, 15}));
  EXPECT_EQ(values(cumulate({0, 1, 0}, -1)), (V{0, 1, 3, 0, 4, 9}));
  EXPECT_EQ(values(cumulate({0, 0, 1}, 0)), (V{5, 7, 9, 4, 5, 6}));
  EXPECT_EQ(values(cumulate({1, 1, 1}, 1)), (V{6, 3, 1, 30, 6, 1}));
  EXPECT_EQ(cumulate({0, 0, 0}, 2).error,
            "n: axis is 2, out of range [-2, 2)");
  EXPECT_EQ(OpCall(atrous_cumulate,
                   {tensor<float>({1}, {1}), tensor<int64_t>({2}, {0, 0})},
                   {0, 0, 0}, {{1, ATROUS_FLOAT32}})
                .error,
            "n: axis has 2 values, expected 1");
}

TEST(Det, pivots) {
  OpCall call(atrous_det,
              {tensor<float>({2, 2, 2}, {0, 1, 2, 3, 1, 2, 2, 4})}, {},
              {{1, ATROUS_FLOAT32}});
  EXPECT_EQ(call.results[0].values<float>(), (std::vector<float>{-2, 0}));
  EXPECT_EQ(OpCall(atrous_det, {tensor<float>({1, 2}, {0, 1})}, {},
                   {{0, ATROUS_FLOAT32}})
                .error,
            "n: matrices of 1 x 2 elements are not square");
}

} // namespace
