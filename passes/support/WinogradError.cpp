//===- WinogradError.cpp - Rounding errors of convolutions ----------------===//

#include "passes/support/WinogradError.h"

#include "passes/support/KernelBody.h"
#include "passes/support/Summands.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace mlir;
using namespace atrous;

/// Largest relative error of one rounding.
static constexpr double kUnitRoundoff = 1.0 / (1 << 24);
/// Root mean square relative error of one rounding, in that unit: of values
/// whose logarithm is uniform, sqrt((1 - 1/4) / (2 ln 2) / 3).
static constexpr double kTypicalRounding = 0.425;

namespace {
/// What a filter does to magnitudes.
struct Growth {
  double largest = 0;   ///< of the sum of |products|, by which it gets larger
  double square = 0;    ///< the same of squares, on average over the outputs
  double roundings = 0; ///< of one value in all three transforms
  double phases = 0;    ///< at one point
};
} // namespace

/// Roundings of the longest sum in a transform: of its products and additions.
static double countRoundings(const Matrix &matrix) {
  double most = 0;
  for (ArrayRef<double> row : matrix) {
    double terms = llvm::count_if(row, [](double x) { return x != 0; });
    bool isCopy = terms == 1 && llvm::all_of(row, [](double x) {
                    return x == 0 || x == 1 || x == -1;
                  });
    most = std::max(most, isCopy ? 0 : terms);
  }
  return most;
}

/// Whether f32 holds all coefficients.
static bool isExact(const Matrix &matrix) {
  return llvm::all_of(matrix, [](ArrayRef<double> row) {
    return llvm::all_of(row,
                        [](double x) { return static_cast<float>(x) == x; });
  });
}

static double sumMagnitudes(ArrayRef<double> row) {
  double sum = 0;
  for (double x : row)
    sum += std::abs(x);
  return sum;
}

static double sumSquares(ArrayRef<double> row) {
  double sum = 0;
  for (double x : row)
    sum += x * x;
  return sum;
}

static Growth getGrowth(const MinimalFilter &filter) {
  Growth growth;
  for (ArrayRef<double> row : filter.output) {
    double largest = 0;
    for (const FilterPhase &phase : filter.phases)
      for (int64_t point = 0; point < phase.points(); ++point) {
        ArrayRef<double> weights = phase.weights[point];
        ArrayRef<double> input = phase.input[point];
        largest += std::abs(row[point]) * sumMagnitudes(weights) *
                   sumMagnitudes(input);
        growth.square += row[point] * row[point] * sumSquares(weights) *
                         sumSquares(input) / filter.outputs();
      }
    growth.largest = std::max(growth.largest, largest);
  }
  for (const FilterPhase &phase : filter.phases)
    growth.roundings =
        std::max(growth.roundings, countRoundings(phase.input) +
                                       countRoundings(phase.weights) +
                                       !isExact(phase.weights));
  growth.roundings += countRoundings(filter.output);
  for (int64_t point = 0; point < filter.points(); ++point)
    growth.phases =
        std::max<double>(growth.phases, filter.getPhasesAt(point).size());
  return growth;
}

static RoundingError getSumError(double additions) {
  return {additions * kUnitRoundoff,
          kTypicalRounding * kUnitRoundoff * std::sqrt(additions / 2)};
}

RoundingError atrous::getDirectError(int64_t products) {
  if (products < 2 * kPlainSummands)
    return getSumError(products);
  return getSumError(kPlainSummands +
                     llvm::divideCeil(products, kPlainSummands));
}

RoundingError atrous::getFilteringError(ArrayRef<MinimalFilter> filters,
                                        int64_t channels, int64_t chunk) {
  Growth all{1, 1, 0, 1};
  double taps = 1;
  for (const MinimalFilter &filter : filters) {
    Growth growth = getGrowth(filter);
    all.largest *= growth.largest;
    all.square *= growth.square;
    all.roundings += growth.roundings;
    all.phases *= growth.phases;
    taps *= filter.taps;
  }
  double summands = channels * all.phases;
  double additions =
      std::min<double>(summands, chunk) + std::ceil(summands / chunk);
  return {kUnitRoundoff * all.largest / taps * (additions + all.roundings),
          kTypicalRounding * kUnitRoundoff *
              std::sqrt(all.square / taps * (additions / 2 + all.roundings))};
}

std::optional<ConvErrors> atrous::getConvErrors(kernel::DefOp def) {
  auto root = dyn_cast_or_null<linalg::GenericOp>(getRoot(def));
  auto schedule =
      dyn_cast_or_null<kernel::CpuScheduleAttr>(def.getScheduleAttr());
  if (!root || !schedule ||
      !llvm::all_of(root->getOperandTypes(), [](Type type) {
        return getElementTypeOrSelf(type).isF32();
      }))
    return std::nullopt;
  FailureOr<ConvShape> conv = analyzeConv(root);
  if (failed(conv))
    return std::nullopt;
  int64_t channels = conv->inBlock.size * conv->inLane.size;
  int64_t products = channels;
  for (const Loop &loop : conv->kernel)
    products *= loop.size;
  ConvErrors errors;
  errors.own = errors.direct = getDirectError(products);
  switch (schedule.getAlgo()) {
  case kernel::CpuAlgorithm::plain:
    errors.own = getSumError(products);
    return errors;
  case kernel::CpuAlgorithm::direct_conv:
    return errors;
  case kernel::CpuAlgorithm::winograd_tiles:
  case kernel::CpuAlgorithm::winograd_channels:
    errors.own = getFilteringError(getWinogradPlan(*conv, schedule).filters,
                                   channels, kSummands);
    return errors;
  default:
    return std::nullopt;
  }
}
