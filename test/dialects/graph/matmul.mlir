// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s --atrous-lower-graph --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=LOWER

// out[b, m, n] += lhs[b, m, k] * rhs[k, n]
// LOWER-DAG: [[$LHS:#map[0-9]*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// LOWER-DAG: [[$RHS:#map[0-9]*]] = affine_map<(d0, d1, d2, d3) -> (d3, d2)>
// LOWER-DAG: [[$OUT:#map[0-9]*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
// CHECK-LABEL: @plain
// LOWER-LABEL: @plain
func.func @plain(%a: tensor<2x3x4xf32>, %b: tensor<4x5xf32>) -> tensor<2x3x5xf32> {
  // CHECK: graph.matmul
  // LOWER: linalg.generic {indexing_maps = {{\[}}[[$LHS]], [[$RHS]], [[$OUT]]]
  %0 = graph.matmul %a, %b : (tensor<2x3x4xf32>, tensor<4x5xf32>) -> tensor<2x3x5xf32>
  return %0 : tensor<2x3x5xf32>
}

// -----

#panels = #graph.tensor<inner_dims = [0], inner_tiles = [4]>

// out[m, nb * 4 + ni] += lhs[m, k] * rhs[nb, k, ni]
// LOWER-DAG: [[$RHS:#map[0-9]*]] = affine_map<(d0, d1, d2, d3) -> (d1, d3, d2)>
// LOWER-DAG: [[$OUT:#map[0-9]*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1 * 4 + d2)>
// CHECK-LABEL: @panels
// LOWER-LABEL: @panels
func.func @panels(%a: tensor<3x5xf32>, %b: tensor<8x5xf32, #panels>, %c: tensor<8xf32>) -> tensor<3x8xf32> {
  // CHECK: graph.matmul {{.*}} {transpose_rhs}
  // LOWER: linalg.generic {indexing_maps = [{{.*}}, [[$RHS]], [[$OUT]]]
  %0 = graph.matmul %a, %b, %c {transpose_rhs} : (tensor<3x5xf32>, tensor<8x5xf32, #panels>, tensor<8xf32>) -> tensor<3x8xf32>
  return %0 : tensor<3x8xf32>
}

// -----

func.func @inner(%a: tensor<3x4xf32>, %b: tensor<5x6xf32>) {
  // expected-error @below {{shapes of lhs 3x4 and rhs 5x6 do not multiply: 4 columns meet 5 rows}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.matmul %a, %b : (tensor<3x4xf32>, tensor<5x6xf32>) -> tensor<3x6xf32>
  return
}

// -----

func.func @scalar(%a: tensor<f32>, %b: tensor<5x6xf32>) {
  // expected-error @below {{operands of rank 0 and 2 have no product}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.matmul %a, %b : (tensor<f32>, tensor<5x6xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @bias(%a: tensor<1x4xf32>, %b: tensor<4x6xf32>, %c: tensor<3x6xf32>) {
  // expected-error @below {{bias [3, 6] is larger than the product 1x6}}
  // expected-error @below {{failed to infer returned types}}
  %0 = graph.matmul %a, %b, %c : (tensor<1x4xf32>, tensor<4x6xf32>, tensor<3x6xf32>) -> tensor<1x6xf32>
  return
}
