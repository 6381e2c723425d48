// RUN: atrous-opt %s -atrous-approximate-math | FileCheck %s

// exp(x) is arithmetic, for scalars and vectors alike
// CHECK-LABEL: func.func @exp(
// CHECK-NOT: math.exp
// CHECK: math.fma {{.*}} : vector<16xf32>
// CHECK: math.fma {{.*}} : f32
func.func @exp(%x: vector<16xf32>, %y: f32) -> (vector<16xf32>, f32) {
  %r = math.exp %x : vector<16xf32>
  %s = math.exp %y : f32
  return %r, %s : vector<16xf32>, f32
}

// f16 is computed in f32
// CHECK-LABEL: func.func @sqrt_f16(
// CHECK: %[[WIDE:.*]] = arith.extf %{{.*}} : f16 to f32
// CHECK: %[[ROOT:.*]] = math.sqrt %[[WIDE]] : f32
// CHECK: arith.truncf %[[ROOT]] : f32 to f16
func.func @sqrt_f16(%x: f16) -> f16 {
  %r = math.sqrt %x : f16
  return %r : f16
}

// so is all arithmetic on bf16
// CHECK-LABEL: func.func @add_bf16(
// CHECK: arith.addf {{.*}} : f32
func.func @add_bf16(%x: bf16) -> bf16 {
  %r = arith.addf %x, %x : bf16
  return %r : bf16
}

// pow(x, 2) = x * x
// CHECK-LABEL: func.func @square(
// CHECK: arith.mulf
func.func @square(%x: f32) -> f32 {
  %two = arith.constant 2.0 : f32
  %r = math.powf %x, %two : f32
  return %r : f32
}

// f64 goes to libm
// CHECK-LABEL: func.func @no_exp_f64(
// CHECK: math.exp
func.func @no_exp_f64(%x: f64) -> f64 {
  %r = math.exp %x : f64
  return %r : f64
}

// f64 to 16 bits goes by way of f32, which is odd where it is not exact
// CHECK-LABEL: func.func @narrow(
// CHECK: arith.truncf %{{.*}} : f64 to f32
// CHECK: arith.cmpf ogt
// CHECK: arith.cmpf one
// CHECK: %[[ODD:.*]] = arith.ori
// CHECK: %[[SINGLE:.*]] = arith.bitcast %[[ODD]] : i32 to f32
// CHECK: arith.truncf %[[SINGLE]] : f32 to f16
func.func @narrow(%x: f64) -> f16 {
  %r = arith.truncf %x : f64 to f16
  return %r : f16
}

// relu is one comparison that keeps NaN: x < 0 ? 0 : x
// CHECK-LABEL: func.func @relu(
// CHECK-SAME: %[[X:.*]]: vector<8xf32>
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.0
// CHECK: %[[LESS:.*]] = arith.cmpf ogt, %[[ZERO]], %[[X]]
// CHECK: arith.select %[[LESS]], %[[ZERO]], %[[X]]
// CHECK-NOT: arith.select
// CHECK: return
func.func @relu(%x: vector<8xf32>) -> vector<8xf32> {
  %zero = arith.constant dense<0.0> : vector<8xf32>
  %r = arith.maximumf %x, %zero : vector<8xf32>
  return %r : vector<8xf32>
}

// either operand's NaN is kept
// CHECK-LABEL: func.func @max(
// CHECK: arith.cmpf ogt
// CHECK: arith.select
// CHECK: arith.cmpf uno
// CHECK: arith.select
func.func @max(%x: f32, %y: f32) -> f32 {
  %r = arith.maximumf %x, %y : f32
  return %r : f32
}

// 1 / (1 + exp(x)) needs no infinity: 2^n is multiplied once, and division is
// left to the CPU's estimate
// CHECK-LABEL: func.func @logistic(
// CHECK-NOT: math.exp
// CHECK: arith.divf %{{.*}}, %{{.*}} fastmath<ninf,arcp,contract> : vector<16xf32>
// CHECK-NOT: arith.divf
// CHECK: return
func.func @logistic(%x: vector<16xf32>) -> vector<16xf32> {
  %one = arith.constant dense<1.0> : vector<16xf32>
  %minus = arith.negf %x : vector<16xf32>
  %power = math.exp %minus : vector<16xf32>
  %sum = arith.addf %one, %power : vector<16xf32>
  %r = arith.divf %one, %sum : vector<16xf32>
  return %r : vector<16xf32>
}

// not where the power is used otherwise, nor for 2 / (1 + exp(x))
// CHECK-LABEL: func.func @no_logistic(
// CHECK-COUNT-2: arith.divf %{{.*}}, %{{.*}} : vector<16xf32>
func.func @no_logistic(%x: vector<16xf32>, %y: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>, vector<16xf32>) {
  %one = arith.constant dense<1.0> : vector<16xf32>
  %two = arith.constant dense<2.0> : vector<16xf32>
  %power = math.exp %x : vector<16xf32>
  %sum = arith.addf %power, %one : vector<16xf32>
  %r = arith.divf %one, %sum : vector<16xf32>
  %other = math.exp %y : vector<16xf32>
  %otherSum = arith.addf %other, %one : vector<16xf32>
  %s = arith.divf %two, %otherSum : vector<16xf32>
  return %power, %r, %s : vector<16xf32>, vector<16xf32>, vector<16xf32>
}
