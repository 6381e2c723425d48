// RUN: atrous-opt %s -pass-pipeline='builtin.module(func.func(atrous-fuse-elementwise))' -split-input-file -mlir-print-debuginfo | FileCheck %s

#id = affine_map<(a, b) -> (a, b)>
#row = affine_map<(a, b) -> (b)>
#swap = affine_map<(a, b) -> (b, a)>

// relu(x * 2): one op, both names, both nodes; the splat is in the body.
// CHECK-LABEL: func.func @chain(
// CHECK-SAME: %[[X:[^ :]*]]: tensor<4x8xf32>
// CHECK: linalg.generic {{.*}} ins(%[[X]] : tensor<4x8xf32>) {{.*}} attrs = {kernel.part = "mul_relu"}
// CHECK: arith.mulf %{{.*}}, %cst
// CHECK: arith.maximumf
// CHECK: } -> tensor<4x8xf32> loc(#[[FUSED:.*]])
// CHECK: return
// CHECK-DAG: #[[A:.*]] = loc("mul_node")
// CHECK-DAG: #[[B:.*]] = loc("relu_node")
// CHECK: #[[FUSED]] = loc(fused[#[[A]], #[[B]]])
func.func @chain(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %two = arith.constant dense<2.0> : tensor<4x8xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%x, %two : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) attrs = {kernel.part = "mul"} {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    linalg.yield %m : f32
  } -> tensor<4x8xf32> loc("mul_node")
  %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%a : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) attrs = {kernel.part = "relu"} {
  ^bb0(%i: f32, %o: f32):
    %m = arith.maximumf %i, %zero : f32
    linalg.yield %m : f32
  } -> tensor<4x8xf32> loc("relu_node")
  return %b : tensor<4x8xf32>
}

// -----

#id = affine_map<(a, b) -> (a, b)>
#row = affine_map<(a, b) -> (b)>
#vec = affine_map<(b) -> (b)>

// exp(r) is wanted for each of 4 rows: computed once.
// CHECK-LABEL: func.func @no_recomputation(
// CHECK: math.exp
// CHECK: linalg.generic
// CHECK: arith.mulf
func.func @no_recomputation(%x: tensor<4x8xf32>, %r: tensor<8xf32>) -> tensor<4x8xf32> {
  %e1 = tensor.empty() : tensor<8xf32>
  %a = linalg.generic {indexing_maps = [#vec, #vec], iterator_types = ["parallel"]} ins(%r : tensor<8xf32>) outs(%e1 : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %m = math.exp %i : f32
    linalg.yield %m : f32
  } -> tensor<8xf32>
  %e = tensor.empty() : tensor<4x8xf32>
  %b = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
    ins(%x, %a : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    linalg.yield %m : f32
  } -> tensor<4x8xf32>
  return %b : tensor<4x8xf32>
}

// -----

#id = affine_map<(a, b) -> (a, b)>
#swap = affine_map<(a, b) -> (b, a)>
#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// transpose(relu(x @ w)): relu stays with the product.
// CHECK-LABEL: func.func @no_fusion_away_from_root(
// CHECK: iterator_types = ["parallel", "parallel", "reduction"]
// CHECK: linalg.generic
// CHECK: arith.maximumf
// CHECK-NEXT: linalg.yield
// CHECK: linalg.generic
func.func @no_fusion_away_from_root(%x: tensor<4x6xf32>, %w: tensor<6x8xf32>) -> tensor<8x4xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %p = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
    ins(%x, %w : tensor<4x6xf32>, tensor<6x8xf32>) outs(%f : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  } -> tensor<4x8xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%p : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %m = arith.maximumf %i, %zero : f32
    linalg.yield %m : f32
  } -> tensor<4x8xf32>
  %e2 = tensor.empty() : tensor<8x4xf32>
  %t = linalg.generic {indexing_maps = [#swap, #id], iterator_types = ["parallel", "parallel"]} ins(%r : tensor<4x8xf32>) outs(%e2 : tensor<8x4xf32>) {
  ^bb0(%i: f32, %o: f32):
    linalg.yield %i : f32
  } -> tensor<8x4xf32>
  return %t : tensor<8x4xf32>
}

// -----

#id = affine_map<(a, b) -> (a, b)>
#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// relu(x) @ w reads each element 8 times.
// CHECK-LABEL: func.func @no_fusion_into_contraction(
// CHECK: arith.maximumf
// CHECK-NEXT: linalg.yield
// CHECK: arith.mulf
func.func @no_fusion_into_contraction(%x: tensor<4x6xf32>, %w: tensor<6x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<4x6xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<4x6xf32>) outs(%e0 : tensor<4x6xf32>) {
  ^bb0(%i: f32, %o: f32):
    %m = arith.maximumf %i, %zero : f32
    linalg.yield %m : f32
  } -> tensor<4x6xf32>
  %e = tensor.empty() : tensor<4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %p = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
    ins(%r, %w : tensor<4x6xf32>, tensor<6x8xf32>) outs(%f : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  } -> tensor<4x8xf32>
  return %p : tensor<4x8xf32>
}

// -----

#id = affine_map<(a, b) -> (a, b)>
#out = affine_map<(a, b) -> (a)>

// Unused results go: the index of the maximum is not wanted.
// CHECK-LABEL: func.func @unused_result(
// CHECK: %[[R:.*]] = linalg.generic {{.*}} attrs = {kernel.part = "max_pool"}
// CHECK: } -> tensor<4xf32>
// CHECK: return %[[R]]
func.func @unused_result(%x: tensor<4x8xf32>) -> tensor<4xf32> {
  %low = arith.constant 0.0 : f32
  %none = arith.constant 0 : i64
  %e = tensor.empty() : tensor<4xf32>
  %f = linalg.fill ins(%low : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %ei = tensor.empty() : tensor<4xi64>
  %g = linalg.fill ins(%none : i64) outs(%ei : tensor<4xi64>) -> tensor<4xi64>
  %i, %m = linalg.generic {indexing_maps = [#id, #out, #out], iterator_types = ["parallel", "reduction"]}
    ins(%x : tensor<4x8xf32>) outs(%g, %f : tensor<4xi64>, tensor<4xf32>) attrs = {kernel.part = "max_pool"} {
  ^bb0(%v: f32, %n: i64, %o: f32):
    %p = arith.maximumf %v, %o : f32
    %q = linalg.index 1 : index
    %r = arith.index_cast %q : index to i64
    linalg.yield %r, %p : i64, f32
  } -> (tensor<4xi64>, tensor<4xf32>)
  return %m : tensor<4xf32>
}

// -----

#to_blocks = affine_map<(b, l) -> (b * 16 + l)>
#blocks = affine_map<(b, l) -> (b, l)>
#from_blocks = affine_map<(c) -> (c floordiv 16, c mod 16)>
#plain = affine_map<(c) -> (c)>

// What is blocked and put back is read at the loop's index; with padding it is
// longer than the loop, and stays as it is.
// CHECK-LABEL: func.func @padding_stays(
// CHECK: linalg.generic
// CHECK: linalg.generic
func.func @padding_stays(%x: tensor<32xf32>) -> tensor<18xf32> {
  %e = tensor.empty() : tensor<2x16xf32>
  %b = linalg.generic {indexing_maps = [#to_blocks, #blocks], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<32xf32>) outs(%e : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16xf32>
  %f = tensor.empty() : tensor<18xf32>
  %r = linalg.generic {indexing_maps = [#from_blocks, #plain], iterator_types = ["parallel"]} ins(%b : tensor<2x16xf32>) outs(%f : tensor<18xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<18xf32>
  return %r : tensor<18xf32>
}

// Without padding nothing is left of it.
// CHECK-LABEL: func.func @no_padding(
// CHECK: linalg.generic
// CHECK-NOT: linalg.generic
func.func @no_padding(%x: tensor<32xf32>) -> tensor<32xf32> {
  %e = tensor.empty() : tensor<2x16xf32>
  %b = linalg.generic {indexing_maps = [#to_blocks, #blocks], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<32xf32>) outs(%e : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16xf32>
  %f = tensor.empty() : tensor<32xf32>
  %r = linalg.generic {indexing_maps = [#from_blocks, #plain], iterator_types = ["parallel"]} ins(%b : tensor<2x16xf32>) outs(%f : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<32xf32>
  return %r : tensor<32xf32>
}
