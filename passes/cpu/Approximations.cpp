//===- Approximations.cpp - exp, log, tanh, erf by arithmetic -------------===//

#include "passes/cpu/Approximations.h"

#include <cmath>

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

using Predicate = arith::CmpFPredicate;

/// x + 1.5 * 2^23 has the nearest integer to x in its low bits.
constexpr float kRound = 12582912.0f;
constexpr float kInfinity = INFINITY;
/// exp of more is not finite.
constexpr float kLargestPower = 88.7f;

/// exp(r) * 2^n for |r| <= ln(2) / 2. `rounded` is n + kRound. 2^n is
/// multiplied in two steps, since n may be beyond the exponents of f32.
static Value scaledExp(F32Builder &b, Value r, Value rounded) {
  Value power = b.horner(r, {1.37805939e-3f, 8.37312452e-3f, 4.16695364e-2f,
                             1.66664720e-1f, 4.99999851e-1f, 1.0f, 1.0f});
  Value n = b.subInt(b.asInteger(rounded), b.asInteger(b.constant(kRound)));
  Value half = b.shiftRight(n, 1);
  auto powerOfTwo = [&](Value exponent) {
    return b.asFloat(b.shiftLeft(b.addInt(exponent, b.integer(127)), 23));
  };
  return b.mul(b.mul(power, powerOfTwo(half)), powerOfTwo(b.subInt(n, half)));
}

static Value clamp(F32Builder &b, Value x, float low, float high) {
  x = b.select(b.compare(Predicate::OGT, x, high), b.constant(high), x);
  return b.select(b.compare(Predicate::OLT, x, low), b.constant(low), x);
}

/// exp(x) for x from -87 to 88.7: of finite numbers that are not denormal. Not
/// NaN for NaN.
static Value boundedExp(F32Builder &b, Value x) {
  Value rounded = b.fma(x, b.constant(1.442695041f), kRound);
  Value minusN = b.sub(b.constant(kRound), rounded);
  // x * log2(e) - n, with log2(e) in two parts.
  Value f = b.fma(x, b.constant(1.442695041f), minusN);
  f = b.fma(x, b.constant(1.92596299e-8f), f);
  Value power = b.horner(f, {1.32647273e-3f, 9.67151299e-3f, 5.55073358e-2f,
                             2.40222424e-1f, 6.93147004e-1f, 1.0f});
  Value shift = b.shiftLeft(b.asInteger(rounded), 23);
  return b.asFloat(b.addInt(b.asInteger(power), shift));
}

Value cpu::approximateExp(F32Builder &b, Value x) {
  // Below the lower bound exp is 0 in f32, above the upper one infinite.
  x = clamp(b, x, -104.0f, 89.0f);
  Value rounded = b.fma(x, b.constant(1.442695041f), kRound);
  Value n = b.sub(rounded, b.constant(kRound));
  // ln(2) in two parts, the first with zeros at its end.
  Value r = b.fma(n, b.constant(-6.93145752e-1f), x);
  r = b.fma(n, b.constant(-1.42860677e-6f), r);
  return scaledExp(b, r, rounded);
}

Value cpu::approximateExp2(F32Builder &b, Value x) {
  x = clamp(b, x, -151.0f, 129.0f);
  Value rounded = b.add(x, b.constant(kRound));
  Value r = b.sub(x, b.sub(rounded, b.constant(kRound)));
  return scaledExp(b, b.mul(r, b.constant(0.693147181f)), rounded);
}

Value cpu::approximateLog(F32Builder &b, Value x) {
  // Denormals are scaled to normal numbers.
  Value isTiny = b.compare(Predicate::OLT, x, 1.17549435e-38f);
  Value scaled = b.select(isTiny, b.mul(x, b.constant(8388608.0f)), x);
  Value bias = b.select(isTiny, b.constant(-23.0f), b.constant(0.0f));
  // x = 2^n * m, m in [2/3, 4/3).
  Value bits = b.asInteger(scaled);
  Value exponent = b.andInt(b.subInt(bits, b.integer(0x3f2aaaab)), 0xff800000);
  Value m = b.sub(b.asFloat(b.subInt(bits, exponent)), b.constant(1.0f));
  Value n = b.fma(b.toFloat(exponent), b.constant(1.19209290e-7f), bias);
  Value s = b.mul(m, m);
  Value even =
      b.horner(s, {-0.130310059f, -0.121483721f, -0.166846126f, -0.249996200f});
  Value odd = b.horner(s, {0.140869141f, 0.139814854f, 0.200120345f});
  Value p = b.fma(odd, m, even);
  p = b.fma(p, m, 0.333331972f);
  p = b.fma(p, m, -0.5f);
  p = b.fma(p, s, m);
  Value result = b.fma(n, b.constant(0.693147182f), p);
  // Infinity and NaN stay, zero gives -infinity, negative numbers NaN.
  Value isFinite = b.compare(Predicate::OLT, x, kInfinity);
  result = b.select(isFinite, result, x);
  Value isPositive = b.compare(Predicate::UGT, x, 0.0f);
  Value isZero = b.compare(Predicate::OEQ, x, 0.0f);
  Value ofOthers = b.select(isZero, b.constant(-kInfinity), b.constant(NAN));
  return b.select(isPositive, result, ofOthers);
}

Value cpu::approximateLog2(F32Builder &b, Value x) {
  return b.mul(approximateLog(b, x), b.constant(1.44269504f));
}

Value cpu::approximateLog10(F32Builder &b, Value x) {
  return b.mul(approximateLog(b, x), b.constant(0.434294482f));
}

/// log(u) * x / (u - 1) with u = fl(1 + x): the rounding errors of u cancel
/// (Goldberg, What every computer scientist should know, theorem 4).
Value cpu::approximateLog1p(F32Builder &b, Value x) {
  Value u = b.add(x, b.constant(1.0f));
  Value log = approximateLog(b, u);
  Value result = b.mul(log, b.div(x, b.sub(u, b.constant(1.0f))));
  result = b.select(b.compare(Predicate::OEQ, u, 1.0f), x, result);
  return b.select(b.compare(Predicate::OEQ, u, kInfinity), log, result);
}

/// (u - 1) * x / log(u) with u = exp(x), as above (Kahan).
Value cpu::approximateExpM1(F32Builder &b, Value x) {
  Value u = approximateExp(b, x);
  Value less = b.sub(u, b.constant(1.0f));
  Value result = b.mul(less, b.div(x, approximateLog(b, u)));
  result = b.select(b.compare(Predicate::OEQ, u, 1.0f), x, result);
  // Away from zero the difference is exact enough.
  Value isLarge = b.compare(Predicate::OGT, b.abs(x), 1.0f);
  return b.select(isLarge, less, result);
}

Value cpu::approximateTanh(F32Builder &b, Value x) {
  Value t = b.abs(x);
  // At 20 it is 1 already.
  Value e = boundedExp(b, clamp(b, b.add(t, t), 0.0f, 20.0f));
  Value inverse = b.reciprocal(b.add(e, b.constant(1.0f)));
  Value far = b.fma(inverse, b.constant(-2.0f), 1.0f);
  Value s = b.mul(x, x);
  Value p = b.horner(
      s, {1.57394409e-2f, -5.23025580e-2f, 1.33152977e-1f, -3.33327681e-1f});
  Value near = b.fma(b.mul(p, s), x, x);
  Value isFar = b.compare(Predicate::OGT, t, 0.599609375f);
  return b.select(isFar, b.copySign(far, x), near);
}

Value cpu::approximateErf(F32Builder &b, Value x) {
  Value t = b.abs(x), s = b.mul(x, x);
  // 1 - exp(-t - t * p(t)) away from zero; at 4 it is 1 already.
  Value near4 = clamp(b, t, 0.0f, 4.0f);
  Value p = b.horner(near4, {-1.72853470e-5f, 3.83197126e-4f, -3.88396438e-3f,
                             2.42546219e-2f, -1.06777877e-1f, -6.34846687e-1f,
                             -1.28717512e-1f});
  Value power = b.fma(p, near4, b.mul(near4, b.constant(-1.0f)));
  Value far = b.sub(b.constant(1.0f), boundedExp(b, power));
  Value q = b.horner(s, {-5.96761703e-4f, 4.99119423e-3f, -2.67681349e-2f,
                         1.12819925e-1f, -3.76125336e-1f, 1.28379166e-1f});
  Value near = b.fma(q, x, x);
  Value isFar = b.compare(Predicate::OGT, t, 0.927734375f);
  return b.select(isFar, b.copySign(far, x), near);
}

Value cpu::approximateLogistic(F32Builder &b, Value minusX) {
  Value bounded = clamp(b, minusX, -87.0f, kLargestPower);
  Value power = boundedExp(b, bounded);
  Value result = b.reciprocal(b.add(power, b.constant(1.0f)));
  // 0 beyond the bound, and NaN stays.
  Value ofOthers = b.sub(bounded, b.constant(kLargestPower));
  Value isOther = b.compare(Predicate::UGT, minusX, kLargestPower);
  return b.select(isOther, ofOthers, result);
}
