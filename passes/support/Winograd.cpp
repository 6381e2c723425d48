//===- Winograd.cpp - Convolutions by minimal filtering -------------------===//

#include "passes/support/Winograd.h"

#include "passes/support/Summands.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;

/// Taps along one dimension, and in all: code for larger kernels is long.
constexpr int64_t kTaps = 7, kAllTaps = 25;

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

/// Points from one on that are multiplied alike: for the same phases and, where
/// there are shorter tiles, the same tiles.
static SmallVector<int64_t> getRuns(const MinimalFilter &filter,
                                    const TileRuns &tiles) {
  SmallVector<int64_t> begins;
  for (int64_t point = 0; point < filter.points(); ++point)
    if (point == 0 ||
        filter.getPhasesAt(point) != filter.getPhasesAt(point - 1) ||
        (tiles.shorter > 0 && filter.isOfLastOutput(point)))
      begins.push_back(point);
  begins.push_back(filter.points());
  return begins;
}

/// Sets the tiles that need the product at a point: see the order above.
static void setTiles(PointClass &of, const WinogradPlan &plan) {
  of.firstTile = 0;
  of.tiles = plan.tiles;
  if (!plan.hasShorterTiles())
    return;
  auto [rows, columns] = plan.runs;
  bool ofWholeRows = plan.filters[0].isOfLastOutput(of.row);
  bool ofWholeColumns = plan.filters[1].isOfLastOutput(of.column);
  int64_t end = rows.size() * columns.size();
  if (ofWholeColumns)
    end = rows.size() * columns.whole;
  else if (ofWholeRows)
    end -= rows.shorter * columns.shorter;
  if (ofWholeRows)
    of.firstTile = rows.shorter * columns.whole;
  of.tiles = end - of.firstTile;
}

static SmallVector<PointClass, 4> getClasses(const WinogradPlan &plan) {
  SmallVector<PointClass, 4> classes;
  const WinogradFilters &filters = plan.filters;
  SmallVector<int64_t> rows = getRuns(filters[0], plan.runs[0]),
                       columns = getRuns(filters[1], plan.runs[1]);
  int64_t first = 0;
  for (size_t y = 0; y + 1 < rows.size(); ++y)
    for (size_t x = 0; x + 1 < columns.size(); ++x) {
      int64_t phases = filters[0].getPhasesAt(rows[y]).size() *
                       filters[1].getPhasesAt(columns[x]).size();
      PointClass of{rows[y],         rows[y + 1] - rows[y],
                    columns[x],      columns[x + 1] - columns[x],
                    first,           phases,
                    /*firstTile=*/0,
                    /*tiles=*/0};
      setTiles(of, plan);
      classes.push_back(of);
      first += of.size();
    }
  return classes;
}

int64_t atrous::fitPieces(int64_t size, int64_t limit) {
  return llvm::divideCeil(size, llvm::divideCeil(size, limit));
}

int64_t WinogradPlan::productsOfBlock() const {
  int64_t sum = 0;
  for (const PointClass &of : classes) {
    if (of.tiles == 0)
      continue;
    int64_t ofPanel = fitPieces(of.tiles, columns);
    sum += of.size() * of.phases * llvm::alignTo(of.tiles, ofPanel);
  }
  return sum;
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
  // Register tiles of shorter ones begin anywhere.
  int64_t slack = hasShorterTiles() ? columns : 0;
  return (llvm::alignTo(tiles, columns) + slack) * lanes;
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

/// Counts the blocks of an image; where one has all tiles, as many as can be
/// lack their last output.
static void setBlocks(WinogradPlan &plan, const ConvShape &conv) {
  int64_t tiles = 1;
  for (unsigned i = 0; i < 2; ++i) {
    if (conv.out[i].isDynamic()) {
      plan.blocks = ShapedType::kDynamic;
      return;
    }
    tiles *= plan.filters[i].countTiles(conv.out[i].size);
  }
  plan.blocks = llvm::divideCeil(tiles, plan.tiles);
  bool isDilated = plan.filters[0].dilation * plan.filters[1].dilation > 1;
  if (!plan.isByChannels || plan.blocks > 1 || isDilated)
    return;
  for (auto [runs, filter, loop] :
       llvm::zip_equal(plan.runs, plan.filters, conv.out)) {
    int64_t count = filter.countTiles(loop.size);
    int64_t whole = loop.size - count * (filter.outputs() - 1);
    runs.whole = std::max<int64_t>(whole, 0);
    runs.shorter = count - runs.whole;
  }
}

/// Weights of a slice are read again from the second-level cache. Whole sums of
/// a panel are added up, see Summands.h.
static void setSlice(WinogradPlan &plan) {
  constexpr int64_t kSliceBytes = 256 << 10;
  plan.inSlice = plan.inBlocks;
  bool hasOneBlock = plan.isKnown() && plan.images * plan.blocks == 1;
  if (!plan.isByChannels || plan.isPrepared || !hasOneBlock)
    return;
  int64_t part = kSummands / plan.lanes;
  int64_t bytesOfPart = plan.products() * part * plan.lanes * plan.rows *
                        plan.lanes * int64_t(sizeof(float));
  int64_t most = std::max<int64_t>(kSliceBytes / bytesOfPart, 1);
  int64_t parts = llvm::divideCeil(plan.inBlocks, part);
  plan.inSlice = std::min(plan.inBlocks, fitPieces(parts, most) * part);
}

WinogradPlan atrous::getWinogradPlan(const ConvShape &conv,
                                     kernel::CpuScheduleAttr schedule,
                                     bool isPrepared) {
  return getWinogradPlan(
      conv, schedule.getAlgo() == kernel::CpuAlgorithm::winograd_channels,
      {schedule.getBlock()[0], schedule.getBlock()[1]},
      {schedule.getTile()[0], schedule.getTile()[1]}, schedule.getLanes(),
      isPrepared);
}

WinogradPlan atrous::getWinogradPlan(const ConvShape &conv, bool isByChannels,
                                     std::array<int64_t, 2> block,
                                     std::array<int64_t, 2> tile, int64_t lanes,
                                     bool isPrepared) {
  WinogradPlan plan;
  plan.isByChannels = isByChannels;
  plan.isPrepared = isPrepared;
  plan.filters = getWinogradFilters(conv, block[0]);
  plan.lanes = lanes;
  plan.groups = conv.group.size;
  plan.inBlocks = conv.inBlock.size;
  plan.outBlocks = conv.outBlock.size;
  plan.rows = tile[0];
  plan.columns = tile[1];
  plan.tiles = block[1];
  plan.images = conv.batch.size;
  setBlocks(plan, conv);
  plan.classes = getClasses(plan);
  setSlice(plan);
  return plan;
}
