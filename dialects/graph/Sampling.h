//===- Sampling.h - Reading between the elements ----------------*- C++ -*-===//
//
// What ops that interpolate are lowered with. A place along a dimension is a
// float in elements of the input; any float is allowed, and NaN is as good as a
// place before the first element. Sizes are indices.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_SAMPLING_H
#define ATROUS_DIALECTS_GRAPH_SAMPLING_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atrous::graph {

/// An input index along one dimension, held within the input, its weight (null:
/// 1), and whether it was inside before (null: it was, or that is no matter).
struct Tap {
  mlir::Value index, weight, inside;
};
using Taps = llvm::SmallVector<Tap, 4>;

/// Emits the arithmetic of interpolation in one float type.
class Sampler {
public:
  Sampler(mlir::ImplicitLocOpBuilder &b, mlir::FloatType type)
      : b(b), type(type) {}

  mlir::FloatType getType() const { return type; }
  mlir::Value number(double value) const;
  /// An index as a float.
  mlir::Value toFloat(mlir::Value index) const;
  /// A whole number within the range of i64 as an index.
  mlir::Value toIndex(mlir::Value whole) const;
  /// x within [low, high]; NaN gives low.
  mlir::Value hold(mlir::Value x, mlir::Value low, mlir::Value high) const;
  /// Whether an index is 1.
  mlir::Value isOne(mlir::Value index) const;
  mlir::Value less(mlir::Value x, mlir::Value y) const;
  mlir::Value select(mlir::Value condition, mlir::Value yes,
                     mlir::Value no) const;
  /// Folds constants.
  mlir::Value add(mlir::Value x, mlir::Value y) const;
  mlir::Value sub(mlir::Value x, mlir::Value y) const;
  mlir::Value mul(mlir::Value x, mlir::Value y) const;
  mlir::Value div(mlir::Value x, mlir::Value y) const;

  /// `whole` + `offset` as an index that lies at most a few steps outside of
  /// [0, size): from there on, all places are alike.
  mlir::Value indexNear(mlir::Value whole, mlir::Value size) const;
  /// The tap at `index`, clamped to the input.
  Tap tapAt(mlir::Value index, mlir::Value weight, mlir::Value size) const;

  /// The two neighbours of `place`.
  Taps linear(mlir::Value place, mlir::Value size) const;
  /// Keys' cubic kernel with parameter `a` at the four neighbours.
  Taps cubic(mlir::Value place, mlir::Value size, double a) const;
  /// a*|x|^3 + ... : the cubic kernel at distance |x|; 0 beyond 2.
  mlir::Value cubicKernel(mlir::Value distance, double a) const;

  /// The sum over one tap per dimension, in all combinations, of the elements
  /// of `input` (of logical type `elementType`), in this float type. A tap
  /// outside, where that is known, counts 0. Without any weight, the element as
  /// it lies.
  mlir::Value sum(mlir::Value input, mlir::Type elementType,
                  llvm::ArrayRef<Taps> taps) const;

  /// The same for taps that are all inside, one dimension within the other: the
  /// sums along the last dimension are those that the one before it weighs.
  mlir::Value nestedSum(mlir::Value input, mlir::Type elementType,
                        llvm::ArrayRef<Taps> taps) const;

  /// A sum as an element: integers are rounded to the nearest, and saturate.
  mlir::Value toElement(mlir::Value sum, mlir::Type elementType) const;

private:
  mlir::Value horner(mlir::Value x, llvm::ArrayRef<double> coefficients) const;
  mlir::Value nestedSum(mlir::Value input, mlir::Type elementType,
                        llvm::ArrayRef<Taps> taps,
                        llvm::SmallVectorImpl<mlir::Value> &indices) const;
  mlir::Value load(mlir::Value input, mlir::Type elementType,
                   mlir::ValueRange indices) const;
  mlir::Value term(mlir::Value input, mlir::Type elementType,
                   llvm::ArrayRef<Tap> taps, bool &isWeighted) const;

  mlir::ImplicitLocOpBuilder &b;
  mlir::FloatType type;
};

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_SAMPLING_H
