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

#include "passes/cpu/Access.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseSet.h"
#include <string>

namespace atrous::cpu {

/// Which values of a body differ between the lanes of a vector along an
/// iteration dimension.
class Uniformity {
public:
  /// Analyses the body of `op` for vectors along `dim`, where the block
  /// arguments in `varyingArgs` are varying.
  Uniformity(mlir::linalg::GenericOp op, unsigned dim,
             llvm::ArrayRef<mlir::BlockArgument> varyingArgs);

  bool isVarying(mlir::Value value) const { return varying.contains(value); }
  /// Whether lane i of a varying index is the first lane's plus i.
  bool isUnitStrideIndex(mlir::Value index) const;
  /// Empty if the body can be cloned on vectors, else why not.
  llvm::StringRef refusal() const { return reason; }

private:
  void propagate(mlir::Block &block);
  void check(mlir::Block &block);
  void checkLoad(mlir::memref::LoadOp load);

  unsigned dim;
  llvm::DenseSet<mlir::Value> varying;
  std::string reason;
};

/// Clones the body of a linalg.generic, on scalars or on vectors.
class BodyCloner {
public:
  /// For vectors `uniformity` is given; `dim` is the vectorised dimension.
  /// `ivs` has an index per iteration dimension, the first lane's for `dim`.
  /// `captured` maps values from outside of the body. Lanes that are off in
  /// `mask` (null: none) load nothing.
  BodyCloner(mlir::OpBuilder &builder, mlir::Location loc,
             llvm::ArrayRef<mlir::Value> ivs, const mlir::IRMapping &captured,
             const Uniformity *uniformity = nullptr, unsigned dim = 0,
             int64_t lanes = 1, mlir::Value mask = {})
      : builder(builder), loc(loc), ivs(ivs), mapping(captured),
        uniformity(uniformity), dim(dim), lanes(lanes), mask(mask) {}

  /// `args` are the values of the block arguments: vectors exactly where
  /// varying. Gives the yielded values, each a vector if varying.
  llvm::SmallVector<mlir::Value> clone(mlir::linalg::GenericOp op,
                                       llvm::ArrayRef<mlir::Value> args);

private:
  bool isVarying(mlir::Value value) const {
    return uniformity && uniformity->isVarying(value);
  }
  /// The operands of a block's terminator, in the new function.
  llvm::SmallVector<mlir::Value> cloneBlock(mlir::Block &block);
  void cloneOp(mlir::Operation &op);
  void cloneOnVectors(mlir::Operation &op);
  void cloneIndex(mlir::linalg::IndexOp op);
  void cloneLoad(mlir::memref::LoadOp op);
  void cloneFor(mlir::scf::ForOp op);
  void cloneIf(mlir::scf::IfOp op);
  mlir::Value firstLane(mlir::Value index);
  /// The index vector `first`, `first` + 1, ...
  mlir::Value countFrom(mlir::Value first);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  llvm::ArrayRef<mlir::Value> ivs;
  mlir::IRMapping mapping;
  const Uniformity *uniformity;
  unsigned dim;
  int64_t lanes;
  mlir::Value mask;
};

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_VECTORIZEDBODY_H
