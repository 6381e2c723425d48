//===- MinimalFilter.cpp - Minimal filtering in one dimension -------------===//

#include "passes/support/MinimalFilter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace atrous;

/// Taps of a phase at most: with more, points that round badly are needed.
constexpr int64_t kPhaseTaps = 3;

/// The finite points where there are `count`, before infinity. All are dyadic,
/// so that the coefficients of A and B are exact.
static ArrayRef<double> getPoints(int64_t count) {
  static const double points[][7] = {
      {},
      {0},
      {0, 1},
      {0, 1, -1},
      {0.5, -0.5, 1.25, -1.25},
      {0, 0.625, -0.625, 1.5, -1.5},
      {0, 1, -1, 2, -2, 0.5},
      {0, 1, -1, 2, -2, 0.5, -0.5},
  };
  assert(count <= 7 && "no points for this size");
  return ArrayRef(points[count], count);
}

/// The coefficients of the product of (x - root), lowest power first.
static SmallVector<double> getPolynomial(ArrayRef<double> roots) {
  SmallVector<double> product{1};
  for (double root : roots) {
    product.push_back(0);
    for (size_t power = product.size() - 1; power > 0; --power)
      product[power] = product[power - 1] - root * product[power];
    product[0] *= -root;
  }
  return product;
}

static Matrix makeMatrix(int64_t rows, int64_t columns) {
  return Matrix(rows, SmallVector<double>(columns, 0));
}

/// 1, point, point^2, ...
static void fillPowers(MutableArrayRef<double> row, double point,
                       double factor = 1) {
  for (double &power : row) {
    power = factor;
    factor *= point;
  }
}

/// G and B^T at `points`, and at infinity where they are one too few.
static void fillMatrices(FilterPhase &phase, int64_t outputs,
                         ArrayRef<double> points) {
  int64_t count = outputs + phase.taps - 1;
  bool hasInfinity = static_cast<int64_t>(points.size()) < count;
  points = points.take_front(count);
  phase.weights = makeMatrix(count, phase.taps);
  phase.input = makeMatrix(count, count);
  // At a point: the Lagrange polynomial, whose denominator goes into G.
  for (auto [i, point] : enumerate(points)) {
    SmallVector<double> others(points);
    others.erase(others.begin() + i);
    double denominator = 1;
    for (double other : others)
      denominator *= point - other;
    copy(getPolynomial(others), phase.input[i].begin());
    fillPowers(phase.weights[i], point, 1 / denominator);
  }
  // At infinity: the highest coefficients.
  if (hasInfinity) {
    copy(getPolynomial(points), phase.input.back().begin());
    phase.weights.back().back() = 1;
  }
}

/// The taps of one residue by the stride, in phases of nearly equal size.
static void addPhases(MinimalFilter &filter, int64_t residue) {
  int64_t taps = divideCeil(filter.taps - residue, filter.stride);
  for (int64_t done = 0, left = divideCeil(taps, kPhaseTaps); left > 0;
       --left) {
    FilterPhase phase;
    phase.firstTap = residue + done * filter.stride;
    phase.tapStep = filter.stride;
    phase.taps = divideCeil(taps - done, left);
    done += phase.taps;
    filter.phases.push_back(phase);
  }
}

MinimalFilter atrous::getMinimalFilter(int64_t outputs, int64_t taps,
                                       int64_t stride, int64_t dilation) {
  assert((stride == 1 || dilation == 1) && "strided and dilated");
  MinimalFilter filter;
  filter.taps = taps;
  filter.stride = stride;
  filter.dilation = dilation;
  if (taps == 1)
    outputs = 1;
  for (int64_t residue = 0; residue < std::min(stride, taps); ++residue)
    addPhases(filter, residue);
  int64_t longest = 1;
  for (const FilterPhase &phase : filter.phases)
    longest = std::max(longest, phase.taps);
  ArrayRef<double> points = getPoints(outputs + longest - 2);
  for (FilterPhase &phase : filter.phases)
    fillMatrices(phase, outputs, points);
  filter.output = makeMatrix(outputs, points.size() + 1);
  for (auto [i, point] : enumerate(points)) {
    SmallVector<double> powers(outputs);
    fillPowers(powers, point);
    for (auto [row, power] : zip_equal(filter.output, powers))
      row[i] = power;
  }
  filter.output.back().back() = 1;
  return filter;
}

int64_t MinimalFilter::products() const {
  int64_t sum = 0;
  for (const FilterPhase &phase : phases)
    sum += phase.points();
  return sum;
}

SmallVector<int64_t, 2> MinimalFilter::getPhasesAt(int64_t point) const {
  SmallVector<int64_t, 2> result;
  for (auto [number, phase] : enumerate(phases))
    if (point < phase.points())
      result.push_back(number);
  return result;
}

int64_t MinimalFilter::countTiles(int64_t size) const {
  int64_t tiles = 0;
  for (int64_t residue = 0; residue < std::min(dilation, size); ++residue)
    tiles += divideCeil(divideCeil(size - residue, dilation), outputs());
  return tiles;
}
