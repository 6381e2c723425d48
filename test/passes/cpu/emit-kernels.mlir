// RUN: atrous-opt %s -split-input-file -atrous-emit-kernels -canonicalize -cse -verify-diagnostics | FileCheck %s

#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>

// relu(x) over 1x3x7x5: one loop of 105 elements, the last 9 under a mask
// CHECK-LABEL: func.func private @relu(
// CHECK-SAME: %[[X:.*]]: memref<1x3x7x5xf32> {llvm.noalias}, %[[Y:[a-z0-9]+]]: memref<1x3x7x5xf32> {llvm.noalias}
// CHECK-SAME: kernel.tasks = 1 : i64
// CHECK-DAG: %[[LONG:.*]] = memref.reinterpret_cast %[[X]] {{.*}} to memref<105xf32
// CHECK-DAG: %[[END:.*]] = arith.constant 96 : index
// CHECK-DAG: %[[STEP:.*]] = arith.constant 16 : index
// CHECK: scf.for {{.*}} to %[[END]] step %[[STEP]]
// CHECK: vector.load %[[LONG]]
// CHECK: arith.maximumf {{.*}} : vector<16xf32>
// CHECK: vector.store
// CHECK: vector.maskedload
// CHECK: vector.maskedstore
kernel.def @relu(%x: memref<1x3x7x5xf32>, %y: memref<1x3x7x5xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<1x3x7x5xf32>) outs(%y : memref<1x3x7x5xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.maximumf %a, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// -----

// x + bias[c]: rows of height and width; the bias is one broadcast per row
#plain = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK-LABEL: func.func private @bias(
// CHECK-SAME: kernel.tasks = 64 : i64
// CHECK: scf.for %[[TASK:.*]] =
// CHECK: scf.for
// CHECK: %[[S:.*]] = memref.load {{.*}} : memref<64xf32
// CHECK: %[[V:.*]] = vector.broadcast %[[S]] : f32 to vector<8xf32>
// CHECK: arith.addf %{{.*}}, %[[V]] : vector<8xf32>
kernel.def @bias(%x: memref<1x64x56x56xf32>, %b: memref<64xf32>, %y: memref<1x64x56x56xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, affine_map<(d0, d1, d2, d3) -> (d1)>, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %b : memref<1x64x56x56xf32>, memref<64xf32>) outs(%y : memref<1x64x56x56xf32>) {
  ^bb0(%a: f32, %c: f32, %d: f32):
    %m = arith.addf %a, %c : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// -----

// the sum of a row has an accumulator per lane and, four times over, per vector
#plain = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>
// CHECK-LABEL: func.func private @sum_row(
// CHECK: scf.for {{.*}} iter_args({{.*}}) -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK: vector.shuffle {{.*}} [4, 5, 6, 7] : vector<8xf32>, vector<8xf32>
// CHECK: vector.shuffle {{.*}} [2, 3] : vector<4xf32>, vector<4xf32>
// CHECK: vector.shuffle {{.*}} [1] : vector<2xf32>, vector<2xf32>
// CHECK: vector.extract {{.*}} : f32 from vector<1xf32>
kernel.def @sum_row(%x: memref<5x64xf32>, %y: memref<5xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<5xf32>)
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<5x64xf32>) outs(%y : memref<5xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// the epilogue is in registers: one store
#plain = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: func.func private @add_relu(
// CHECK: %[[SUM:.*]] = arith.addf {{.*}} : vector<8xf32>
// CHECK-NEXT: %[[POSITIVE:.*]] = arith.maximumf %[[SUM]], {{.*}} : vector<8xf32>
// CHECK-NEXT: vector.store %[[POSITIVE]]
// CHECK-NOT: vector.store
kernel.def @add_relu(%x: memref<4x16xf32>, %z: memref<4x16xf32>, %y: memref<4x16xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %z : memref<4x16xf32>, memref<4x16xf32>) outs(%y : memref<4x16xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%y : memref<4x16xf32>) {
  ^bb0(%a: f32):
    %m = arith.maximumf %a, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// -----

// @no_vectors: booleans are bytes in memory and bits in vectors
#plain = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>
#id = affine_map<(d0) -> (d0)>
// CHECK-LABEL: func.func private @no_vectors(
// CHECK-NOT: vector
// CHECK: memref.store {{.*}} : memref<64xi1
kernel.def @no_vectors(%x: memref<64xf32>, %y: memref<64xi1>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%x : memref<64xf32>) outs(%y : memref<64xi1>) {
  ^bb0(%a: f32, %b: i1):
    %c = arith.cmpf oeq, %a, %a : f32
    linalg.yield %c : i1
  }
  kernel.yield
}

// -----

// a buffer that is passed twice is not noalias
#plain = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>
#id = affine_map<(d0) -> (d0)>
// CHECK-LABEL: func.func private @in_place(
// CHECK-NOT: llvm.noalias
// CHECK: return
kernel.def @in_place(%x: memref<64xf32>, %y: memref<64xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%x : memref<64xf32>) outs(%y : memref<64xf32>) {
  ^bb0(%a: f32, %b: f32):
    %c = arith.negf %a : f32
    linalg.yield %c : f32
  }
  kernel.yield
}
func.func @main(%x: memref<64xf32> {kernel.output}) {
  kernel.launch @in_place ins(%x : memref<64xf32>) outs(%x : memref<64xf32>)
  return
}
