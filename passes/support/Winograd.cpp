//===- Winograd.cpp - Minimal filtering of convolutions -------------------===//

#include "passes/support/Winograd.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;

//===----------------------------------------------------------------------===//
// Matrices
//===----------------------------------------------------------------------===//

/// The finite points for n - 1 = `count`. All are dyadic, so that the
/// coefficients of A and B are exact.
static ArrayRef<double> getPoints(int64_t count) {
  static const double points[][7] = {
      {0, 1, -1},
      {0, 1, -1, 0.5},
      {0, 0.625, -0.625, 1.5, -1.5},
      {0, 1, -1, 2, -2, 0.5},
      {0, 1, -1, 2, -2, 0.5, -0.5},
  };
  assert(count >= 3 && count <= 7 && "no points for this size");
  return ArrayRef(points[count - 3], count);
}

/// Coefficients of p(x) * (x - root), lowest power first.
static SmallVector<double> multiplyByRoot(ArrayRef<double> p, double root) {
  SmallVector<double> product(p.size() + 1, 0);
  for (auto [power, coefficient] : llvm::enumerate(p)) {
    product[power] -= coefficient * root;
    product[power + 1] += coefficient;
  }
  return product;
}

WinogradMatrices atrous::getWinogradMatrices(int64_t outputs, int64_t taps) {
  int64_t window = outputs + taps - 1, last = window - 1;
  ArrayRef<double> points = getPoints(last);
  WinogradMatrices result;
  auto resize = [](Matrix &matrix, int64_t rows, int64_t columns) {
    matrix.assign(rows, SmallVector<double>(columns, 0));
  };
  resize(result.input, window, window);
  resize(result.weights, window, taps);
  resize(result.output, outputs, window);
  // At a point: the Lagrange polynomial, whose denominator goes into G.
  for (int64_t i = 0; i < last; ++i) {
    SmallVector<double> lagrange{1};
    double denominator = 1;
    for (int64_t j = 0; j < last; ++j) {
      if (j == i)
        continue;
      lagrange = multiplyByRoot(lagrange, points[j]);
      denominator *= points[i] - points[j];
    }
    llvm::copy(lagrange, result.input[i].begin());
    double power = 1;
    for (int64_t k = 0; k < std::max(taps, outputs); ++k, power *= points[i]) {
      if (k < taps)
        result.weights[i][k] = power / denominator;
      if (k < outputs)
        result.output[k][i] = power;
    }
  }
  // At infinity: the highest coefficients.
  SmallVector<double> all{1};
  for (double point : points)
    all = multiplyByRoot(all, point);
  llvm::copy(all, result.input[last].begin());
  result.weights[last][taps - 1] = 1;
  result.output[outputs - 1][last] = 1;
  return result;
}

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

int64_t WinogradPlan::tileStride() const {
  return llvm::alignTo(tiles, columns) * lanes;
}

int64_t atrous::padPlane(int64_t elements) {
  constexpr int64_t kCacheLine = 16;
  return (llvm::divideCeil(elements, kCacheLine) | 1) * kCacheLine;
}

int64_t atrous::countWinogradTiles(ArrayRef<int64_t> sizes, int64_t dilation,
                                   int64_t outputs) {
  int64_t tiles = 1;
  for (int64_t size : sizes) {
    if (ShapedType::isDynamic(size))
      return ShapedType::kDynamic;
    int64_t ofResidue = llvm::divideCeil(size, dilation);
    tiles *= dilation * llvm::divideCeil(ofResidue, outputs);
  }
  return tiles;
}

bool atrous::isWinogradConv(const ConvShape &conv, int64_t lanes) {
  auto isThree = [](const Loop &loop) {
    return loop.size == WinogradPlan::taps;
  };
  auto isOne = [](int64_t stride) { return stride == 1; };
  return conv.blockedInput && conv.out.size() == 2 &&
         conv.inLane.size == lanes && conv.outLane.size == lanes &&
         llvm::all_of(conv.kernel, isThree) &&
         llvm::all_of(conv.strides, isOne) && llvm::all_equal(conv.dilations);
}

WinogradPlan atrous::getWinogradPlan(const ConvShape &conv,
                                     kernel::CpuScheduleAttr schedule) {
  WinogradPlan plan;
  plan.isByChannels =
      schedule.getAlgo() == kernel::CpuAlgorithm::winograd_channels;
  plan.lanes = schedule.getLanes();
  plan.groups = conv.group.size;
  plan.inBlocks = conv.inBlock.size;
  plan.outBlocks = conv.outBlock.size;
  plan.rows = schedule.getTile()[0];
  plan.columns = schedule.getTile()[1];
  plan.outputs = schedule.getBlock()[0];
  plan.tiles = schedule.getBlock()[1];
  auto sizes =
      llvm::map_to_vector(conv.out, [](Loop loop) { return loop.size; });
  int64_t tiles =
      countWinogradTiles(sizes, conv.dilations.front(), plan.outputs);
  plan.images = conv.batch.size;
  plan.blocks = ShapedType::isDynamic(tiles)
                    ? ShapedType::kDynamic
                    : llvm::divideCeil(tiles, plan.tiles);
  return plan;
}
