//===- VectorizedBody.h - Cloning a scalar body on vectors ------*- C++ -*-===//
//
// A body of a linalg.generic is scalar code. When the loop along one dimension
// is vectorised, each of its values is either uniform (the same in all lanes;
// stays scalar) or varying (becomes a vector). Uniform values are broadcast
// where they meet varying ones.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_VECTORIZEDBODY_H
#define ATROUS_PASSES_CPU_VECTORIZEDBODY_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseSet.h"
#include <string>

namespace atrous::cpu {

/// Which values of a body differ between the lanes of a vector along `dim`.
class Uniformity {
public:
  /// Analyses the body of `op` for vectors along iteration dimension `dim`,
  /// where the block arguments in `varyingArgs` are varying.
  Uniformity(mlir::linalg::GenericOp op, unsigned dim,
             const llvm::SmallBitVector &varyingArgs);

  bool isVarying(mlir::Value value) const { return varying.contains(value); }
  /// Empty if the body can be cloned on vectors, else why not.
  llvm::StringRef refusal() const { return reason; }

private:
  void visit(mlir::Operation &op);
  void visitLoad(mlir::Operation &op);
  void visitLoop(mlir::Operation &op);
  bool isUnitStrideIndex(mlir::Value index) const;
  void refuse(const llvm::Twine &why);

  unsigned dim;
  llvm::DenseSet<mlir::Value> varying;
  std::string reason;
};

/// Clones the body of a linalg.generic in front of `builder`.
struct BodyCloner {
  mlir::linalg::GenericOp op;
  /// Null clones scalar code (lanes == 1).
  const Uniformity *uniformity = nullptr;
  int64_t lanes = 1;
  /// The vectorised dimension; unused for scalars.
  unsigned dim = 0;
  /// One per iteration dimension; that of `dim` is the first lane's.
  llvm::ArrayRef<mlir::Value> ivs;
  /// Lanes to load, or null for all.
  mlir::Value mask;

  /// `args` are the block arguments' values: vectors exactly where varying.
  /// `captured` maps values from outside of the body. Gives the yielded
  /// values, each a vector if varying.
  llvm::SmallVector<mlir::Value> clone(mlir::OpBuilder &builder,
                                       mlir::Location loc,
                                       llvm::ArrayRef<mlir::Value> args,
                                       const mlir::IRMapping &captured) const;
};

/// `value` as vector<lanes x T>, broadcast if it is a scalar.
mlir::Value toVector(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::Value value, int64_t lanes);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_VECTORIZEDBODY_H
