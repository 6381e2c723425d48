// RUN: atrous-opt %s -split-input-file -atrous-emit-kernels -canonicalize -cse | FileCheck %s

// The width is known at run time: whole tiles of 6 columns, then one of 4, 2
// and 1 where the rest asks for it. Rows of images are tasks.
// CHECK-LABEL: func.func private @conv__tasks(
// CHECK-SAME: %[[N:.*]]: index, %{{.*}}: index, %{{.*}}: index, %{{.*}}: index, %[[H:.*]]: index, %{{.*}}: index) -> index
// CHECK-DAG: %[[C2:.*]] = arith.constant 2 : index
// CHECK: %[[N2:.*]] = arith.muli %[[N]], %[[C2]]
// CHECK: %[[TASKS:.*]] = arith.muli %[[N2]], %[[H]]
// CHECK: return %[[TASKS]]
// CHECK-LABEL: func.func private @conv(
// CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
// CHECK-DAG: %[[C1:.*]] = arith.constant 1 : index
// CHECK-DAG: %[[C2:.*]] = arith.constant 2 : index
// CHECK-DAG: %[[C4:.*]] = arith.constant 4 : index
// CHECK-DAG: %[[C6:.*]] = arith.constant 6 : index
// CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step %[[C1]]
// CHECK: %[[PART:.*]] = arith.remui %[[W:.*]], %[[C6]]
// CHECK: %[[WHOLE:.*]] = arith.subi %[[W]], %[[PART]]
// CHECK: scf.for %{{.*}} = %[[C0]] to %[[WHOLE]] step %[[C6]]
// CHECK-COUNT-12: vector.fma
// CHECK-NOT: vector.fma
// CHECK: %[[REST:.*]] = arith.subi %[[W]], %[[WHOLE]]
// CHECK: %[[FOUR:.*]] = arith.andi %[[REST]], %[[C4]]
// CHECK: %[[HAS4:.*]] = arith.cmpi ne, %[[FOUR]], %[[C0]]
// CHECK: scf.if %[[HAS4]]
// CHECK-COUNT-8: vector.fma
// CHECK-NOT: vector.fma
// CHECK: %[[AT2:.*]] = arith.addi %[[WHOLE]], %[[FOUR]]
// CHECK: %[[TWO:.*]] = arith.andi %[[REST]], %[[C2]]
// CHECK: scf.if
// CHECK-COUNT-4: vector.fma
// CHECK-NOT: vector.fma
// CHECK: arith.addi %[[AT2]], %[[TWO]]
// CHECK: arith.andi %[[REST]], %[[C1]]
// CHECK: scf.if
// CHECK-COUNT-2: vector.fma
// CHECK-NOT: vector.fma
// CHECK: return
kernel.def @conv(%x: memref<?x2x?x?x8xf32>, %w: memref<4x2x3x3x8x8xf32>, %y: memref<?x4x?x?x8xf32>)
    attributes {schedule = #kernel.cpu<algo = direct_conv, isa = avx2, lanes = 8, tile = [2, 6]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x4x?x?x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
                                   affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
                                   affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<?x2x?x?x8xf32>, memref<4x2x3x3x8x8xf32>) outs(%y : memref<?x4x?x?x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
