//===- Approximations.h - exp, log, tanh, erf by arithmetic -----*- C++ -*-===//
//
// Approximations of f32 functions, on scalars and vectors. Each evaluates a
// minimax polynomial after a reduction of its argument (for the method see
// Muller, Elementary Functions, and the Cephes library). All selects are
// written so that a NaN argument falls through to a NaN result.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_APPROXIMATIONS_H
#define ATROUS_PASSES_CPU_APPROXIMATIONS_H

#include "passes/cpu/F32Builder.h"

namespace atrous::cpu {

mlir::Value approximateExp(F32Builder &b, mlir::Value x);
mlir::Value approximateExp2(F32Builder &b, mlir::Value x);
mlir::Value approximateLog(F32Builder &b, mlir::Value x);
mlir::Value approximateLog2(F32Builder &b, mlir::Value x);
mlir::Value approximateLog10(F32Builder &b, mlir::Value x);
mlir::Value approximateLog1p(F32Builder &b, mlir::Value x);
mlir::Value approximateExpM1(F32Builder &b, mlir::Value x);
mlir::Value approximateTanh(F32Builder &b, mlir::Value x);
mlir::Value approximateErf(F32Builder &b, mlir::Value x);

/// 1 / (1 + exp(minusX)).
mlir::Value approximateLogistic(F32Builder &b, mlir::Value minusX);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_APPROXIMATIONS_H
