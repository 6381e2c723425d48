//===- StrassenLevels.cpp - Sums at one or two levels ---------------------===//

#include "passes/cpu/FlatOperand.h"
#include "passes/cpu/LinearMap.h"
#include "passes/cpu/Sizes.h"
#include "passes/cpu/StrassenEmitter.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// A bit for each point whose row of `matrix` is not zero at any level.
static uint64_t getPoints(const Matrix &matrix, int64_t levels) {
  uint64_t points = 0;
  for (auto [point, row] : llvm::enumerate(matrix))
    if (llvm::any_of(row, [](double value) { return value != 0; }))
      points |= uint64_t(1) << point;
  if (levels == 1)
    return points;
  uint64_t nested = 0;
  for (size_t outer = 0; outer < matrix.size(); ++outer)
    if (points >> outer & 1)
      nested |= points << outer * matrix.size();
  return nested;
}

uint64_t StrassenProduct::pointsOfInRest() const {
  return getPoints(matrices.inputRest, plan.levels);
}

uint64_t StrassenProduct::pointsOfRestRows() const {
  return getPoints(matrices.restWeights, plan.levels);
}

void cpu::applyLevels(OpBuilder &builder, Location loc, const Matrix &matrix,
                      int64_t levels, function_ref<Value(int64_t)> load,
                      function_ref<void(int64_t, Value)> store) {
  int64_t rows = matrix.size(), columns = matrix.front().size();
  auto apply = [&](function_ref<Value(int64_t)> get) {
    return applyMatrix(builder, loc, matrix,
                       llvm::map_to_vector(llvm::seq<int64_t>(columns), get));
  };
  SmallVector<SmallVector<Value>> inner;
  if (levels == 1)
    inner.push_back(apply(load));
  else
    for (int64_t outer = 0; outer < columns; ++outer)
      inner.push_back(apply(
          [&](int64_t column) { return load(outer * columns + column); }));
  for (int64_t row = 0; row < rows; ++row) {
    if (levels == 1) {
      store(row, inner.front()[row]);
      continue;
    }
    SmallVector<Value> results =
        apply([&](int64_t outer) { return inner[outer][row]; });
    for (auto [outer, value] : llvm::enumerate(results))
      store(outer * rows + row, value);
  }
}

BlockParts cpu::getParts(int64_t block, int64_t levels) {
  BlockParts parts;
  for (int64_t level = levels; level-- > 0;) {
    int64_t digit = block >> (2 * level) & 3;
    parts.row = 2 * parts.row + (digit >> 1);
    parts.column = 2 * parts.column + (digit & 1);
  }
  return parts;
}

//===----------------------------------------------------------------------===//
// Loops by numbers
//===----------------------------------------------------------------------===//

/// The values of `loops` at their `number`-th step.
static SmallVector<Value> getIndices(Code code, ArrayRef<Loop> loops,
                                     Value number) {
  auto sizes = llvm::map_to_vector(loops, [&](const Loop &loop) {
    return OpFoldResult(code.b.getIndexAttr(loop.size));
  });
  return delinearize(code.b, code.loc, number, sizes);
}

Value cpu::getOffset(Code code, const FlatOperand &operand,
                     ArrayRef<Loop> loops, Value number) {
  Value offset = code.constant(0);
  for (auto [loop, index] :
       llvm::zip_equal(loops, getIndices(code, loops, number)))
    offset = code.add(offset, operand.getOffset(code.b, code.loc, loop, index));
  return offset;
}

void cpu::setLoops(Code code, SmallVectorImpl<Value> &ivs, ArrayRef<Loop> loops,
                   Value number) {
  for (auto [loop, index] :
       llvm::zip_equal(loops, getIndices(code, loops, number)))
    ivs[loop.dim] = index;
}
