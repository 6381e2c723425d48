// RUN: atrous-opt %s -atrous-form-kernels -split-input-file -verify-diagnostics | FileCheck %s

#id = affine_map<(a, b) -> (a, b)>
#row = affine_map<(a, b) -> (b)>
#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// relu(x @ w + b) twice: one kernel with its epilogue, launched twice.
// CHECK: kernel.def @matmul_bias_relu__f32__plain__4x8x8__[[H:[0-9a-f]+]](%{{.*}}: tensor<4x8xf32>, %{{.*}}: tensor<8x8xf32>, %{{.*}}: tensor<8xf32>) -> tensor<4x8xf32>
// CHECK: arith.constant 0.0
// CHECK: linalg.fill
// CHECK: linalg.generic
// CHECK: %[[E:.*]] = linalg.generic
// CHECK: kernel.yield %[[E]]
// CHECK-NOT: kernel.def
// CHECK-LABEL: func.func @twice(
// CHECK-SAME: %[[X:[^ :]*]]: tensor<4x8xf32>, %[[W:[^ :]*]]: tensor<8x8xf32>, %[[B:[^ :]*]]: tensor<8xf32>
// CHECK-NEXT: %[[A:.*]] = kernel.launch @[[K:matmul_bias_relu.*]] ins(%[[X]], %[[W]], %[[B]] :
// CHECK-NEXT: %[[C:.*]] = kernel.launch @[[K]] ins(%[[A]], %[[W]], %[[B]] :
// CHECK-NEXT: return %[[C]]
func.func @twice(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %p = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
    ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) attrs = {kernel.part = "matmul"} {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  } -> tensor<4x8xf32>
  %r = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%p, %b : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) attrs = {kernel.part = "bias_relu"} {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %s = arith.addf %i, %j : f32
    %m = arith.maximumf %s, %zero : f32
    linalg.yield %m : f32
  } -> tensor<4x8xf32>
  %p2 = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
    ins(%r, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) attrs = {kernel.part = "matmul"} {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  } -> tensor<4x8xf32>
  %r2 = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%p2, %b : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) attrs = {kernel.part = "bias_relu"} {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %s = arith.addf %i, %j : f32
    %m = arith.maximumf %s, %zero : f32
    linalg.yield %m : f32
  } -> tensor<4x8xf32>
  return %r2 : tensor<4x8xf32>
}

// -----

#id = affine_map<(a, b) -> (a, b)>
#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (k, n)>
#out = affine_map<(m, n, k) -> (m, n)>

// x @ w + x @ v: the sum joins the later product.
// CHECK-LABEL: func.func @residual(
// CHECK-SAME: %[[X:[^ :]*]]: tensor<4x8xf32>, %[[W:[^ :]*]]: tensor<8x8xf32>, %[[V:[^ :]*]]: tensor<8x8xf32>
// CHECK-NEXT: %[[A:.*]] = kernel.launch @matmul__{{.*}} ins(%[[X]], %[[W]] :
// CHECK-NEXT: %[[B:.*]] = kernel.launch @matmul_elementwise__{{.*}} ins(%[[X]], %[[V]], %[[A]] :
// CHECK-NEXT: return %[[B]]
func.func @residual(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %v: tensor<8x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %p = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
    ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  } -> tensor<4x8xf32>
  %q = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
    ins(%x, %v : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  } -> tensor<4x8xf32>
  %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%p, %q : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %s = arith.addf %i, %j : f32
    linalg.yield %s : f32
  } -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// -----

#id = affine_map<(a, b) -> (a, b)>
#sum_in = affine_map<(a, b) -> (a, b)>
#sum_out = affine_map<(a, b) -> (a)>

// The sum has two users, so nothing joins it; relu has another element type.
// CHECK-LABEL: func.func @no_epilogue(
// CHECK: kernel.launch @reduce__f32
// CHECK: kernel.launch @elementwise__f32
// CHECK: kernel.launch @elementwise__i8_f32
func.func @no_epilogue(%x: tensor<4x8xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xi8>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %s = linalg.generic {indexing_maps = [#sum_in, #sum_out], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x8xf32>) outs(%f : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %a = arith.addf %i, %o : f32
    linalg.yield %a : f32
  } -> tensor<4xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(a) -> (a)>, affine_map<(a) -> (a)>], iterator_types = ["parallel"]} ins(%s : tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %m = arith.maximumf %i, %zero : f32
    linalg.yield %m : f32
  } -> tensor<4xf32>
  %e8 = tensor.empty() : tensor<4xi8>
  %c = linalg.generic {indexing_maps = [affine_map<(a) -> (a)>, affine_map<(a) -> (a)>], iterator_types = ["parallel"]} ins(%r : tensor<4xf32>) outs(%e8 : tensor<4xi8>) {
  ^bb0(%i: f32, %o: i8):
    %m = arith.fptosi %i : f32 to i8
    linalg.yield %m : i8
  } -> tensor<4xi8>
  return %s, %r, %c : tensor<4xf32>, tensor<4xf32>, tensor<4xi8>
}

// -----

// A fill that is no initial value is a kernel; placement stays with the host.
// CHECK: kernel.def @fill__f32__rank1__8__{{.*}}() -> tensor<8xf32>
// CHECK-LABEL: func.func @frame(
// CHECK-NEXT: %[[F:.*]] = kernel.launch @fill__{{.*}} ins() -> tensor<8xf32>
// CHECK-NEXT: tensor.insert_slice %{{.*}} into %[[F]]
func.func @frame(%x: tensor<4xf32>) -> tensor<8xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %r = tensor.insert_slice %x into %f[2] [4] [1] : tensor<4xf32> into tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// A tensor that the body reads by index is an argument; named ops are roots.
// CHECK: kernel.def @gather__f32__rank1__4__{{.*}}(%[[T:.*]]: tensor<8xf32>)
// CHECK: tensor.extract %[[T]]
// CHECK-LABEL: func.func @gather(
func.func @gather(%t: tensor<8xf32>) -> tensor<4xf32> {
  %c2 = arith.constant 2 : index
  %e = tensor.empty() : tensor<4xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(a) -> (a)>], iterator_types = ["parallel"]} outs(%e : tensor<4xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = arith.muli %i, %c2 : index
    %v = tensor.extract %t[%j] : tensor<8xf32>
    linalg.yield %v : f32
  } -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// Extern work stays in the host function: the runtime writes the result.
// CHECK-LABEL: func.func @no_epilogue_of_extern(
// CHECK: kernel.extern "atrous_max_unpool"
// CHECK-NEXT: kernel.launch @elementwise__f32
func.func @no_epilogue_of_extern(%x: tensor<4xf32>, %i: tensor<4xi64>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<8xf32>
  %u = kernel.extern "atrous_max_unpool" ins(%x, %i : tensor<4xf32>, tensor<4xi64>) outs(%e : tensor<8xf32>) arguments [8] -> tensor<8xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(a) -> (a)>, affine_map<(a) -> (a)>], iterator_types = ["parallel"]} ins(%u : tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%v: f32, %o: f32):
    %m = arith.negf %v : f32
    linalg.yield %m : f32
  } -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

func.func @no_running_sum(%x: tensor<4x8xf32>, %start: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{accumulates on a tensor that is not a linalg.fill}}
  %s = linalg.generic {indexing_maps = [affine_map<(a, b) -> (a, b)>, affine_map<(a, b) -> (a)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x8xf32>) outs(%start : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %a = arith.addf %i, %o : f32
    linalg.yield %a : f32
  } -> tensor<4xf32>
  return %s : tensor<4xf32>
}

// -----

func.func @no_host_scalar(%x: tensor<4xf32>, %k: f32) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  // expected-error@+1 {{uses a scalar that is neither constant nor a size}}
  %r = linalg.generic {indexing_maps = [affine_map<(a) -> (a)>, affine_map<(a) -> (a)>], iterator_types = ["parallel"]} ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%v: f32, %o: f32):
    %m = arith.mulf %v, %k : f32
    linalg.yield %m : f32
  } -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @no_other_op(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{cannot be part of a kernel}}
  %r = math.exp %x : tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// expected-error@+1 {{control flow between blocks has no kernels}}
func.func @no_blocks(%x: tensor<4xf32>) {
  cf.br ^next
^next:
  return
}
