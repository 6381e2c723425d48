//===- Winograd.cpp - Convolutions by minimal filtering -------------------===//

#include "passes/support/Winograd.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;

/// Taps along one dimension, and in all: code for larger kernels is long.
constexpr int64_t kTaps = 7, kAllTaps = 25;

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

/// Points from one on that have the same phases.
static SmallVector<int64_t> getRuns(const MinimalFilter &filter) {
  SmallVector<int64_t> begins;
  for (int64_t point = 0; point < filter.points(); ++point)
    if (point == 0 ||
        filter.getPhasesAt(point) != filter.getPhasesAt(point - 1))
      begins.push_back(point);
  begins.push_back(filter.points());
  return begins;
}

static SmallVector<PointClass, 4> getClasses(const WinogradFilters &filters) {
  SmallVector<PointClass, 4> classes;
  SmallVector<int64_t> rows = getRuns(filters[0]),
                       columns = getRuns(filters[1]);
  int64_t first = 0;
  for (size_t y = 0; y + 1 < rows.size(); ++y)
    for (size_t x = 0; x + 1 < columns.size(); ++x) {
      int64_t phases = filters[0].getPhasesAt(rows[y]).size() *
                       filters[1].getPhasesAt(columns[x]).size();
      classes.push_back({rows[y], rows[y + 1] - rows[y], columns[x],
                         columns[x + 1] - columns[x], first, phases});
      first += classes.back().size();
    }
  return classes;
}

int64_t WinogradPlan::getPoint(int64_t row, int64_t column) const {
  for (const PointClass &of : classes)
    if (row >= of.row && row < of.row + of.rows && column >= of.column &&
        column < of.column + of.columns)
      return of.first + (row - of.row) * of.columns + column - of.column;
  llvm_unreachable("no point of the filters");
}

/// Elements of the planes before a point's.
static int64_t sumPlanes(const WinogradPlan &plan, int64_t point,
                         int64_t (WinogradPlan::*plane)(const PointClass &)
                             const) {
  int64_t sum = 0;
  for (const PointClass &of : plan.classes)
    sum +=
        std::clamp<int64_t>(point - of.first, 0, of.size()) * (plan.*plane)(of);
  return sum;
}

int64_t WinogradPlan::weightsBefore(int64_t point) const {
  return sumPlanes(*this, point, &WinogradPlan::weightsPlane);
}

int64_t WinogradPlan::inputsBefore(int64_t point) const {
  return sumPlanes(*this, point, &WinogradPlan::inputPlane);
}

int64_t WinogradPlan::tileStride() const {
  return llvm::alignTo(tiles, columns) * lanes;
}

int64_t atrous::padPlane(int64_t elements) {
  constexpr int64_t kCacheLine = 16;
  return (llvm::divideCeil(elements, kCacheLine) | 1) * kCacheLine;
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

WinogradFilters atrous::getWinogradFilters(const ConvShape &conv,
                                           int64_t outputs) {
  auto getFilter = [&](unsigned i) {
    return getMinimalFilter(outputs, conv.kernel[i].size, conv.strides[i],
                            conv.dilations[i]);
  };
  return {getFilter(0), getFilter(1)};
}

bool atrous::isWinogradConv(const ConvShape &conv, int64_t lanes) {
  if (!conv.blockedInput || conv.out.size() != 2 || conv.inLane.size != lanes ||
      conv.outLane.size != lanes)
    return false;
  int64_t taps = 1;
  for (unsigned i = 0; i < 2; ++i) {
    taps *= conv.kernel[i].size;
    if (conv.kernel[i].size > kTaps ||
        (conv.strides[i] > 1 && conv.dilations[i] > 1))
      return false;
  }
  return taps > 1 && taps <= kAllTaps;
}

WinogradPlan atrous::getWinogradPlan(const ConvShape &conv,
                                     kernel::CpuScheduleAttr schedule) {
  WinogradPlan plan;
  plan.isByChannels =
      schedule.getAlgo() == kernel::CpuAlgorithm::winograd_channels;
  plan.filters = getWinogradFilters(conv, schedule.getBlock()[0]);
  plan.classes = getClasses(plan.filters);
  plan.lanes = schedule.getLanes();
  plan.groups = conv.group.size;
  plan.inBlocks = conv.inBlock.size;
  plan.outBlocks = conv.outBlock.size;
  plan.rows = schedule.getTile()[0];
  plan.columns = schedule.getTile()[1];
  plan.tiles = schedule.getBlock()[1];
  plan.images = conv.batch.size;
  for (unsigned i = 0; i < 2; ++i) {
    if (conv.out[i].isDynamic()) {
      plan.blocks = ShapedType::kDynamic;
      return plan;
    }
    plan.blocks *= plan.filters[i].countTiles(conv.out[i].size);
  }
  plan.blocks = llvm::divideCeil(plan.blocks, plan.tiles);
  return plan;
}
