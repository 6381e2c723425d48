//===- F32Builder.h - Arithmetic on floats ----------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_F32BUILDER_H
#define ATROUS_PASSES_CPU_F32BUILDER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atrous::cpu {

/// Arithmetic on f32 and i32 values of one shape: scalars or vectors.
class F32Builder {
public:
  F32Builder(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type type)
      : b(loc, builder), type(type) {}

  mlir::Value constant(float value) {
    return splat(type, b.getF32FloatAttr(value));
  }
  mlir::Value integer(int32_t value) {
    return splat(intType(), b.getI32IntegerAttr(value));
  }
  mlir::Value add(mlir::Value x, mlir::Value y) {
    return b.create<mlir::arith::AddFOp>(x, y);
  }
  mlir::Value sub(mlir::Value x, mlir::Value y) {
    return b.create<mlir::arith::SubFOp>(x, y);
  }
  mlir::Value mul(mlir::Value x, mlir::Value y) {
    return b.create<mlir::arith::MulFOp>(x, y);
  }
  mlir::Value div(mlir::Value x, mlir::Value y) {
    return b.create<mlir::arith::DivFOp>(x, y);
  }
  /// Within two units of the last place: for vectors the CPU's estimate, and a
  /// step of Newton's. `x` is finite.
  mlir::Value reciprocal(mlir::Value x) {
    using mlir::arith::FastMathFlags;
    return b.create<mlir::arith::DivFOp>(
        constant(1.0f), x,
        FastMathFlags::arcp | FastMathFlags::contract | FastMathFlags::ninf);
  }
  mlir::Value fma(mlir::Value x, mlir::Value y, mlir::Value z) {
    return b.create<mlir::math::FmaOp>(x, y, z);
  }
  mlir::Value fma(mlir::Value x, mlir::Value y, float z) {
    return fma(x, y, constant(z));
  }
  mlir::Value abs(mlir::Value x) { return b.create<mlir::math::AbsFOp>(x); }
  mlir::Value copySign(mlir::Value x, mlir::Value sign) {
    return b.create<mlir::math::CopySignOp>(x, sign);
  }
  mlir::Value select(mlir::Value condition, mlir::Value x, mlir::Value y) {
    return b.create<mlir::arith::SelectOp>(condition, x, y);
  }
  mlir::Value compare(mlir::arith::CmpFPredicate predicate, mlir::Value x,
                      float y) {
    return b.create<mlir::arith::CmpFOp>(predicate, x, constant(y));
  }
  mlir::Value asInteger(mlir::Value x) {
    return b.create<mlir::arith::BitcastOp>(intType(), x);
  }
  mlir::Value asFloat(mlir::Value x) {
    return b.create<mlir::arith::BitcastOp>(type, x);
  }
  mlir::Value addInt(mlir::Value x, mlir::Value y) {
    return b.create<mlir::arith::AddIOp>(x, y);
  }
  mlir::Value subInt(mlir::Value x, mlir::Value y) {
    return b.create<mlir::arith::SubIOp>(x, y);
  }
  mlir::Value andInt(mlir::Value x, int32_t y) {
    return b.create<mlir::arith::AndIOp>(x, integer(y));
  }
  mlir::Value shiftRight(mlir::Value x, int32_t bits) {
    return b.create<mlir::arith::ShRSIOp>(x, integer(bits));
  }
  mlir::Value shiftLeft(mlir::Value x, int32_t bits) {
    return b.create<mlir::arith::ShLIOp>(x, integer(bits));
  }
  mlir::Value toFloat(mlir::Value x) {
    return b.create<mlir::arith::SIToFPOp>(type, x);
  }
  /// The polynomial in x whose coefficients are given, highest first.
  mlir::Value horner(mlir::Value x, llvm::ArrayRef<float> coefficients) {
    mlir::Value sum = constant(coefficients[0]);
    for (float coefficient : coefficients.drop_front())
      sum = fma(sum, x, coefficient);
    return sum;
  }

private:
  mlir::Type intType() {
    mlir::Type i32 = b.getI32Type();
    if (auto vector = mlir::dyn_cast<mlir::VectorType>(type))
      return vector.clone(i32);
    return i32;
  }
  mlir::Value splat(mlir::Type valueType, mlir::TypedAttr value) {
    if (auto vector = mlir::dyn_cast<mlir::VectorType>(valueType))
      return b.create<mlir::arith::ConstantOp>(
          mlir::DenseElementsAttr::get(vector, mlir::Attribute(value)));
    return b.create<mlir::arith::ConstantOp>(value);
  }

  mlir::ImplicitLocOpBuilder b;
  mlir::Type type;
};

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_F32BUILDER_H
