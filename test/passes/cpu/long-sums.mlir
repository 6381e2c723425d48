// Long sums are sums of sums: of 256 products each, from zero.
//
// RUN: atrous-opt %s -split-input-file -atrous-emit-kernels -canonicalize -cse | FileCheck %s

// CHECK-LABEL: func.func private @long(
// CHECK-DAG: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : vector<8xf32>
// CHECK-DAG: %[[C256:.*]] = arith.constant 256 : index
// CHECK-DAG: %[[C1024:.*]] = arith.constant 1024 : index
// CHECK: %[[ALL:.*]] = scf.for %[[FROM:.*]] = %{{.*}} to %[[C1024]] step %[[C256]] iter_args(%[[TOTAL:.*]] = %{{.*}})
// CHECK: %[[TO:.*]] = arith.addi %[[FROM]], %[[C256]]
// CHECK: %[[PART:.*]] = scf.for %{{.*}} = %[[FROM]] to %[[TO]] step %{{.*}} iter_args(%{{.*}} = %[[ZERO]])
// CHECK: vector.fma
// CHECK: %[[SUM:.*]] = arith.addf %[[TOTAL]], %[[PART]]
// CHECK: scf.yield %[[SUM]]
// The rest is a sum of its own.
// CHECK: %[[REST:.*]] = scf.for %{{.*}} = %[[C1024]] to %{{.*}} iter_args(%{{.*}} = %[[ZERO]])
// CHECK: vector.fma
// CHECK: arith.addf %[[ALL]], %[[REST]]
kernel.def @long(%x: memref<1x1100xf32>, %w: memref<1x1100x8xf32>, %y: memref<1x8xf32>)
    attributes {schedule = #kernel.cpu<algo = matmul, isa = avx2, lanes = 8, tile = [1, 1]>} {
  linalg.generic {indexing_maps = [affine_map<(m, nb, nl, k) -> (m, k)>, affine_map<(m, nb, nl, k) -> (nb, k, nl)>,
                                   affine_map<(m, nb, nl, k) -> (m, nb * 8 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<1x1100xf32>, memref<1x1100x8xf32>) outs(%y : memref<1x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// CHECK-LABEL: func.func private @short(
// CHECK: scf.for
// CHECK: vector.fma
// CHECK-NOT: arith.addf
kernel.def @short(%x: memref<1x500xf32>, %w: memref<1x500x8xf32>, %y: memref<1x8xf32>)
    attributes {schedule = #kernel.cpu<algo = matmul, isa = avx2, lanes = 8, tile = [1, 1]>} {
  linalg.generic {indexing_maps = [affine_map<(m, nb, nl, k) -> (m, k)>, affine_map<(m, nb, nl, k) -> (nb, k, nl)>,
                                   affine_map<(m, nb, nl, k) -> (m, nb * 8 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<1x500xf32>, memref<1x500x8xf32>) outs(%y : memref<1x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
