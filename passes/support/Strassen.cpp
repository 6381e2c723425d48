//===- Strassen.cpp - Matrix products with fewer multiplications ----------===//

#include "passes/support/Strassen.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;

StrassenMatrices atrous::getStrassenMatrices() {
  StrassenMatrices result;
  // Products by inputs A and weights B: A11 B11, S2 T2, S1 T1, S3 T3, A12 B21,
  // S4 B22, A22 -T4.
  result.input = {{1, 0, 0, 0}, {-1, 0, 1, 1},  {0, 0, 1, 1}, {1, 0, -1, 0},
                  {0, 1, 0, 0}, {1, 1, -1, -1}, {0, 0, 0, 1}};
  result.weights = {{1, 0, 0, 0}, {1, -1, 0, 1}, {-1, 1, 0, 0}, {0, -1, 0, 1},
                    {0, 0, 1, 0}, {0, 0, 0, 1},  {-1, 1, 1, -1}};
  result.output = {{1, 0, 0, 0, 1, 0, 0},
                   {1, 1, 1, 0, 0, 1, 0},
                   {1, 1, 0, 1, 0, 0, 1},
                   {1, 1, 1, 1, 0, 0, 0}};
  result.inputRest = {{0, 0}, {0, 0}, {0, 0}, {0, 1}, {1, 0}, {1, 0}, {0, 1}};
  result.weightsRest = {{0, 0}, {0, 0}, {0, 0}, {0, 1},
                        {1, 0}, {0, 1}, {1, -1}};
  // The second half of the pixels: A11 B1 - (A11 - A21) B1 + A22 B2.
  result.restWeights = {{1, 0}, {0, 0}, {0, 0}, {-1, 0},
                        {0, 1}, {0, 0}, {0, 1}};
  result.restOutput = {{1, 0, 0, 0, 1, 0, 0}, {1, 0, 0, 1, 0, 0, 1}};
  result.restOfRest = {{0}, {0}, {0}, {0}, {1}, {0}, {1}};
  return result;
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

int64_t atrous::countSteps(ArrayRef<Loop> loops) {
  int64_t count = 1;
  for (const Loop &loop : loops)
    count = llvm::SaturatingMultiply<uint64_t>(count, loop.size);
  return count;
}

static bool areKnown(ArrayRef<Loop> loops) {
  return llvm::none_of(loops,
                       [](const Loop &loop) { return loop.isDynamic(); });
}

static void append(SmallVectorImpl<Loop> &loops, Loop loop) {
  if (loop)
    loops.push_back(loop);
}

static ProductShape getShape(const ConvShape &conv) {
  ProductShape shape;
  append(shape.images, conv.batch);
  append(shape.groups, conv.group);
  shape.pixels = conv.out;
  shape.outBlock = conv.outBlock;
  shape.outLane = conv.outLane;
  shape.inBlock = conv.inBlock;
  shape.inLane = conv.inLane;
  shape.inBlocks = conv.inBlock.size;
  return shape;
}

static ProductShape getShape(linalg::GenericOp root,
                             const MatMulShape &product) {
  ProductShape shape;
  AffineMap weights = root.getMatchingIndexingMap(root.getDpsInputOperand(1));
  for (const Loop &loop : product.batch)
    append(weights.isFunctionOfDim(loop.dim) ? shape.groups : shape.images,
           loop);
  append(shape.pixels, product.row);
  shape.outBlock = product.column;
  shape.outLane = product.lane;
  shape.inBlock = shape.inLane = product.inner;
  shape.blockSteps = product.lane.size;
  shape.inBlocks = product.inner.size / shape.blockSteps;
  return shape;
}

FailureOr<ProductShape> atrous::getProductShape(linalg::GenericOp root,
                                                int64_t lanes) {
  ProductShape shape;
  auto isOne = [](const Loop &loop) { return loop.size == 1; };
  if (auto conv = analyzeConv(root); succeeded(conv)) {
    if (!conv->blockedInput || conv->inLane.size != lanes ||
        !llvm::all_of(conv->kernel, isOne))
      return failure();
    shape = getShape(*conv);
  } else if (auto product = analyzeMatMul(root); succeeded(product)) {
    if (!product->lane || !product->columnsInnermost ||
        product->inner.size % lanes != 0)
      return failure();
    shape = getShape(root, *product);
  } else {
    return failure();
  }
  if (shape.outLane.size != lanes || !areKnown(shape.images) ||
      !areKnown(shape.groups) || !areKnown(shape.pixels))
    return failure();
  return shape;
}

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

int64_t StrassenPlan::pixelBlocks() const {
  return llvm::divideCeil(area, parts() * pixels);
}

int64_t StrassenPlan::inSlices() const {
  return llvm::divideCeil(inPart(), inSlice);
}

int64_t StrassenPlan::outSlices() const {
  return llvm::divideCeil(mainRows().blocks, outSlice);
}

StrassenRows StrassenPlan::mainRows() const {
  int64_t blocks = outBlocks / (parts() * rows) * rows;
  return {0, parts(), blocks, rows, /*isRest=*/false};
}

StrassenRows StrassenPlan::restRows() const {
  int64_t first = parts() * mainRows().blocks, blocks = outBlocks - first;
  int64_t tile = std::clamp<int64_t>(blocks, 1, rows);
  while (blocks % tile != 0)
    --tile;
  return {first, 1, blocks, tile, /*isRest=*/true};
}

int64_t StrassenPlan::weightsPlane(const StrassenRows &of) const {
  return padPlane((inRest() + inPart()) * lanes * of.rows * lanes);
}

int64_t StrassenPlan::inputPlane() const {
  return padPlane((inRest() + inSlice) * pixelStride());
}

int64_t StrassenPlan::productPlane(const StrassenRows &of) const {
  return padPlane((of.isRest ? of.blocks : outSlice) * pixelStride());
}

int64_t StrassenPlan::pixelStride() const {
  return llvm::alignTo(pixels, columns) * lanes;
}

int64_t StrassenPlan::weightsSize(const StrassenRows &of) const {
  return points() * weightsPlane(of);
}

int64_t StrassenPlan::allWeightsSize(const StrassenRows &of) const {
  return groups * of.rowGroups() * weightsSize(of);
}

int64_t StrassenPlan::productSize(const StrassenRows &of) const {
  return of.blocks == 0 ? 0 : points() * productPlane(of);
}

int64_t StrassenPlan::sharedSize() const {
  return allWeightsSize(mainRows()) + allWeightsSize(restRows());
}

int64_t StrassenPlan::privateSize() const {
  return inputSize() + productSize(mainRows()) + productSize(restRows());
}

StrassenPlan atrous::getStrassenPlan(const ProductShape &shape, int64_t lanes,
                                     int64_t levels, int64_t rows) {
  StrassenPlan plan;
  plan.levels = levels;
  plan.lanes = lanes;
  plan.images = countSteps(shape.images);
  plan.groups = countSteps(shape.groups);
  plan.area = countSteps(shape.pixels);
  plan.inBlocks = shape.inBlocks;
  plan.outBlocks = shape.outBlock.size;
  plan.rows = rows;
  return plan;
}

StrassenPlan atrous::getStrassenPlan(const ProductShape &shape,
                                     kernel::CpuScheduleAttr schedule) {
  ArrayRef<int64_t> tile = schedule.getTile(), block = schedule.getBlock();
  StrassenPlan plan =
      getStrassenPlan(shape, schedule.getLanes(), block[0], tile[0]);
  plan.columns = tile[1];
  plan.pixels = block[1];
  plan.inSlice = block[2];
  plan.outSlice = block[3];
  return plan;
}
