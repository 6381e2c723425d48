//===- winograd-error.cpp - Bounds hold, and mean something ---------------===//

#include "passes/support/WinogradError.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <random>

using namespace atrous;

namespace {

constexpr int64_t kChunk = 64;

/// A row-major array of two dimensions.
template <typename T> struct Array {
  int64_t rows, columns;
  std::vector<T> data;
  Array(int64_t rows, int64_t columns)
      : rows(rows), columns(columns), data(rows * columns) {}
  T &at(int64_t row, int64_t column) { return data[row * columns + column]; }
};

/// The matrix by the array, in f32.
Array<float> applyTo(const Matrix &matrix, Array<float> x) {
  Array<float> y(matrix.size(), x.columns);
  for (int64_t i = 0; i < y.rows; ++i)
    for (int64_t j = 0; j < y.columns; ++j)
      for (int64_t k = 0; k < x.rows; ++k)
        y.at(i, j) = std::fma(float(matrix[i][k]), x.at(k, j), y.at(i, j));
  return y;
}

Array<float> transpose(Array<float> x) {
  Array<float> y(x.columns, x.rows);
  for (int64_t i = 0; i < y.rows; ++i)
    for (int64_t j = 0; j < y.columns; ++j)
      y.at(i, j) = x.at(j, i);
  return y;
}

Array<float> applyTo(const Matrix &rows, const Matrix &columns,
                     Array<float> x) {
  return transpose(applyTo(columns, transpose(applyTo(rows, x))));
}

/// One tile of a convolution of some channels.
class Tile {
public:
  Tile(MinimalFilter rows, MinimalFilter columns, int64_t channels)
      : filters{rows, columns}, channels(channels) {
    auto inputs = [](const MinimalFilter &filter) {
      return (filter.outputs() - 1) * filter.stride + filter.taps + 8;
    };
    for (int64_t c = 0; c < channels; ++c) {
      weights.emplace_back(rows.taps, columns.taps);
      input.emplace_back(inputs(rows), inputs(columns));
    }
  }

  template <typename Draw> void fill(Draw weight, Draw value) {
    for (int64_t c = 0; c < channels; ++c) {
      for (float &w : weights[c].data)
        w = weight();
      for (float &x : input[c].data)
        x = value();
    }
  }

  double exact(int64_t row, int64_t column) {
    double sum = 0;
    for (int64_t c = 0; c < channels; ++c)
      for (int64_t i = 0; i < filters[0].taps; ++i)
        for (int64_t j = 0; j < filters[1].taps; ++j)
          sum += double(weights[c].at(i, j)) *
                 input[c].at(row * filters[0].stride + i,
                             column * filters[1].stride + j);
    return sum;
  }

  Array<float> filter() {
    Array<float> products(filters[0].points(), filters[1].points());
    Array<float> part = products;
    int64_t summands = 0;
    for (const FilterPhase &rows : filters[0].phases)
      for (const FilterPhase &columns : filters[1].phases)
        for (int64_t c = 0; c < channels; ++c) {
          Array<float> w = applyTo(rows.weights, columns.weights,
                                   cut(weights[c], rows, columns));
          Array<float> x = applyTo(rows.input, columns.input,
                                   cutInput(input[c], rows, columns));
          for (int64_t i = 0; i < w.rows; ++i)
            for (int64_t j = 0; j < w.columns; ++j)
              part.at(i, j) = std::fma(w.at(i, j), x.at(i, j), part.at(i, j));
          if (++summands % kChunk == 0)
            flush(part, products);
        }
    flush(part, products);
    return applyTo(filters[0].output, filters[1].output, products);
  }

  struct Errors {
    double largest; ///< by the largest value that is possible
    double squares, valueSquares;
  };
  Errors measure() {
    Array<float> got = filter();
    double largest = 0, errors = 0, values = 0, weight = 0, value = 0;
    for (int64_t i = 0; i < got.rows; ++i)
      for (int64_t j = 0; j < got.columns; ++j) {
        double want = exact(i, j), error = got.at(i, j) - want;
        largest = std::max(largest, std::abs(error));
        errors += error * error;
        values += want * want;
      }
    for (int64_t c = 0; c < channels; ++c) {
      for (float w : weights[c].data)
        weight = std::max<double>(weight, std::abs(w));
      for (float x : input[c].data)
        value = std::max<double>(value, std::abs(x));
    }
    largest /= weight * value * channels * filters[0].taps * filters[1].taps;
    return {largest, errors, values};
  }

  RoundingError bound() const {
    return getFilteringError(filters, channels, kChunk);
  }

private:
  static Array<float> cut(Array<float> from, const FilterPhase &rows,
                          const FilterPhase &columns) {
    Array<float> to(rows.taps, columns.taps);
    for (int64_t i = 0; i < to.rows; ++i)
      for (int64_t j = 0; j < to.columns; ++j)
        to.at(i, j) = from.at(rows.firstTap + i * rows.tapStep,
                              columns.firstTap + j * columns.tapStep);
    return to;
  }
  Array<float> cutInput(Array<float> from, const FilterPhase &rows,
                        const FilterPhase &columns) {
    Array<float> to(rows.points(), columns.points());
    for (int64_t i = 0; i < to.rows; ++i)
      for (int64_t j = 0; j < to.columns; ++j)
        to.at(i, j) = from.at(rows.firstTap + i * filters[0].stride,
                              columns.firstTap + j * filters[1].stride);
    return to;
  }
  static void flush(Array<float> &part, Array<float> &products) {
    for (size_t i = 0; i < part.data.size(); ++i)
      products.data[i] += part.data[i];
    part.data.assign(part.data.size(), 0);
  }

  std::vector<MinimalFilter> filters;
  int64_t channels;
  std::vector<Array<float>> weights, input;
};

struct Case {
  const char *name;
  MinimalFilter rows, columns;
};

std::vector<Case> getCases() {
  return {{"F(2x2, 3x3)", getMinimalFilter(2, 3), getMinimalFilter(2, 3)},
          {"F(4x4, 3x3)", getMinimalFilter(4, 3), getMinimalFilter(4, 3)},
          {"F(6x6, 3x3)", getMinimalFilter(6, 3), getMinimalFilter(6, 3)},
          {"F(4x4, 2x2)", getMinimalFilter(4, 2), getMinimalFilter(4, 2)},
          {"F(4x1, 3x1)", getMinimalFilter(4, 3), getMinimalFilter(4, 1)},
          {"F(4x4, 5x5)", getMinimalFilter(4, 5), getMinimalFilter(4, 5)},
          {"F(4x4, 3x3), stride 2", getMinimalFilter(4, 3, 2),
           getMinimalFilter(4, 3, 2)}};
}

TEST(WinogradErrorTest, expectedErrorsAreThoseOfRandomNumbers) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  auto draw = [&] { return normal(random); };
  for (const Case &one : getCases())
    for (int64_t channels : {16, 256}) {
      double squares = 0, values = 0;
      for (int i = 0; i < 24; ++i) {
        Tile tile(one.rows, one.columns, channels);
        tile.fill(draw, draw);
        Tile::Errors errors = tile.measure();
        EXPECT_LE(errors.largest, tile.bound().bound) << one.name;
        squares += errors.squares;
        values += errors.valueSquares;
      }
      double got = std::sqrt(squares / values);
      double expected = Tile(one.rows, one.columns, channels).bound().expected;
      EXPECT_LT(got, 1.3 * expected) << one.name;
      EXPECT_GT(got, expected / 3) << one.name;
    }
}

TEST(WinogradErrorTest, boundsHoldForEqualAndAlternatingNumbers) {
  for (const Case &one : getCases())
    for (float step : {1.0f, -1.0f}) {
      Tile tile(one.rows, one.columns, 64);
      float weight = 1 / 3.0f, value = 1 / 7.0f;
      tile.fill<std::function<float()>>([&] { return weight *= step; },
                                        [&] { return value *= step; });
      EXPECT_LE(tile.measure().largest, tile.bound().bound) << one.name;
    }
}

TEST(WinogradErrorTest, boundsSayWhichAlgorithmIsMoreAccurate) {
  auto getError = [](int64_t outputs) {
    MinimalFilter filter = getMinimalFilter(outputs, 3);
    return getFilteringError({filter, filter}, 256, kChunk);
  };
  RoundingError direct = getDirectError(9 * 256);
  EXPECT_NEAR(direct.bound, 1.58e-5, 1e-7);
  EXPECT_LT(getError(2).bound, getError(4).bound);
  EXPECT_LT(getError(4).bound, getError(6).bound);
  // Far from what would forbid an algorithm that is used.
  EXPECT_LT(getError(4).bound, 5e-4);
  EXPECT_LT(getError(4).expected, 1e-6);
  EXPECT_GT(getError(6).expected, 3 * getError(4).expected);
}

TEST(WinogradErrorTest, oneTapIsNoFilter) {
  MinimalFilter one = getMinimalFilter(4, 1);
  RoundingError filtered = getFilteringError({one, one}, 64, kChunk);
  EXPECT_NEAR(filtered.bound, getDirectError(64).bound, 1e-7);
}

} // namespace
