//===- Scalar.h - Arithmetic on single elements -----------------*- C++ -*-===//
//
// What emitScalar is written with. Scalars are i1 for booleans, signless
// integers or floats; the graph op's own element types say what is unsigned.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_SCALAR_H
#define ATROUS_DIALECTS_GRAPH_SCALAR_H

#include "dialects/graph/Lowering.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atrous::graph {

/// Emits an expression of the scalars.
using ScalarFn = llvm::function_ref<mlir::Value(mlir::ImplicitLocOpBuilder &,
                                                mlir::ValueRange)>;

/// Emits `expression` in f32 where the scalars are f16 or bf16, rounding the
/// result back: narrow floats are for storage. Other types stay.
mlir::Value emitWidened(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::ValueRange scalars, ScalarFn expression);

/// `type` as arithmetic sees it: signless.
mlir::Type getScalarType(mlir::Type type);

/// `scalar` of logical type `from` as `to`: floats to integers saturate and NaN
/// becomes 0, integers wrap, anything but 0 is true.
mlir::Value castScalar(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value scalar, mlir::Type from, mlir::Type to);

/// A number of the scalar's type.
mlir::Value numberLike(mlir::ImplicitLocOpBuilder &b, mlir::Value scalar,
                       double value);

/// lhs < rhs (false for NaN); `isUnsigned` matters for integers.
mlir::Value lessThan(mlir::ImplicitLocOpBuilder &b, mlir::Value lhs,
                     mlir::Value rhs, bool isUnsigned = false);

/// condition ? lhs : rhs.
mlir::Value selectValue(mlir::ImplicitLocOpBuilder &b, mlir::Value condition,
                        mlir::Value lhs, mlir::Value rhs);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_SCALAR_H
