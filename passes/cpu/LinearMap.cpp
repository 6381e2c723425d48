//===- LinearMap.cpp - A constant matrix times vectors --------------------===//

#include "passes/cpu/LinearMap.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <cmath>

using namespace mlir;
using namespace atrous;

namespace {
/// Emits sums of multiples of vectors.
class LinearEmitter {
public:
  LinearEmitter(OpBuilder &builder, Location loc, VectorType type)
      : b(builder), loc(loc), type(type) {}

  Value add(Value a, Value c) { return b.create<arith::AddFOp>(loc, a, c); }
  Value subtract(Value a, Value c) {
    return b.create<arith::SubFOp>(loc, a, c);
  }
  Value combine(ArrayRef<double> coefficients, ArrayRef<Value> values);

private:
  Value constant(double value) {
    return b.create<arith::ConstantOp>(
        loc,
        DenseElementsAttr::get(
            type, b.getFloatAttr(type.getElementType(), value).getValue()));
  }

  OpBuilder &b;
  Location loc;
  VectorType type;
};
} // namespace

/// The sum of `coefficients` times `values`. Terms without a multiplication
/// come first; all the others are fused multiply-adds.
Value LinearEmitter::combine(ArrayRef<double> coefficients,
                             ArrayRef<Value> values) {
  SmallVector<unsigned> order;
  for (auto [number, coefficient] : llvm::enumerate(coefficients))
    if (coefficient != 0)
      order.push_back(number);
  auto rank = [&](unsigned number) {
    double coefficient = coefficients[number];
    return coefficient == 1 ? 0 : coefficient == -1 ? 2 : 1;
  };
  llvm::stable_sort(order,
                    [&](unsigned a, unsigned c) { return rank(a) < rank(c); });
  Value sum;
  for (unsigned number : order) {
    Value value = values[number];
    double coefficient = coefficients[number];
    if (!sum && coefficient == 1)
      sum = value;
    else if (!sum)
      sum = b.create<arith::MulFOp>(loc, value, constant(coefficient));
    else if (coefficient == 1)
      sum = add(sum, value);
    else if (coefficient == -1)
      sum = subtract(sum, value);
    else
      sum = b.create<vector::FMAOp>(loc, value, constant(coefficient), sum);
  }
  return sum ? sum : constant(0);
}

/// Replaces columns i and k that differ in signs only by their sum and
/// difference: a * (x + y) or a * (x - y) for each row.
static void pairColumns(LinearEmitter &emitter, Matrix &matrix,
                        SmallVectorImpl<Value> &values) {
  auto isPair = [&](unsigned i, unsigned k) {
    bool isMixed = false;
    unsigned terms = 0;
    for (ArrayRef<double> row : matrix) {
      if (std::abs(row[i]) != std::abs(row[k]))
        return false;
      isMixed |= row[i] != row[k];
      terms += row[i] != 0;
    }
    return isMixed && terms > 2;
  };
  for (unsigned i = 0; i < values.size(); ++i)
    for (unsigned k = i + 1; k < values.size(); ++k) {
      if (!isPair(i, k))
        continue;
      Value sum = emitter.add(values[i], values[k]);
      Value difference = emitter.subtract(values[i], values[k]);
      values[i] = sum;
      values[k] = difference;
      for (SmallVector<double> &row : matrix) {
        double &ofSum = row[i], &ofDifference = row[k];
        ofDifference = ofSum == ofDifference ? 0 : ofSum;
        ofSum = ofDifference == 0 ? ofSum : 0;
      }
      break;
    }
}

SmallVector<Value> cpu::applyMatrix(OpBuilder &builder, Location loc,
                                    const Matrix &matrix,
                                    ArrayRef<Value> values) {
  LinearEmitter emitter(builder, loc,
                        cast<VectorType>(values.front().getType()));
  Matrix rest = matrix;
  SmallVector<Value> inputs(values);
  pairColumns(emitter, rest, inputs);
  SmallVector<Value> results(rest.size());
  for (unsigned i = 0; i < rest.size(); ++i) {
    for (unsigned k = i + 1; k < rest.size() && !results[i]; ++k) {
      // What two rows have in common, and where they are opposite.
      SmallVector<double> same, opposite;
      unsigned terms[2] = {0, 0};
      bool isPair = !results[k];
      for (auto [a, c] : llvm::zip_equal(rest[i], rest[k])) {
        isPair &= std::abs(a) == std::abs(c);
        same.push_back(a == c ? a : 0);
        opposite.push_back(a == c ? 0 : a);
        terms[0] += same.back() != 0;
        terms[1] += opposite.back() != 0;
      }
      if (!isPair || terms[0] == 0 || terms[1] == 0 || terms[0] + terms[1] < 3)
        continue;
      Value even = emitter.combine(same, inputs);
      Value odd = emitter.combine(opposite, inputs);
      results[i] = emitter.add(even, odd);
      results[k] = emitter.subtract(even, odd);
    }
    if (!results[i])
      results[i] = emitter.combine(rest[i], inputs);
  }
  return results;
}

void cpu::applyToTile(OpBuilder &builder, Location loc, const Matrix &rows,
                      const Matrix &columns,
                      llvm::function_ref<Value(size_t, size_t)> load,
                      llvm::function_ref<void(size_t, size_t, Value)> store) {
  SmallVector<SmallVector<Value>> halves; // rows * tile, column by column
  for (size_t column = 0; column < columns.front().size(); ++column) {
    SmallVector<Value> values;
    for (size_t row = 0; row < rows.front().size(); ++row)
      values.push_back(load(row, column));
    halves.push_back(applyMatrix(builder, loc, rows, values));
  }
  for (size_t row = 0; row < rows.size(); ++row) {
    auto values = llvm::map_to_vector(
        halves, [&](ArrayRef<Value> half) { return half[row]; });
    for (auto [column, value] :
         llvm::enumerate(applyMatrix(builder, loc, columns, values)))
      store(row, column, value);
  }
}
