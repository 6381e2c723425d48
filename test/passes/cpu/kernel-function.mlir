// RUN: atrous-opt %s -split-input-file -atrous-emit-kernels -canonicalize -cse -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -split-input-file -atrous-emit-kernels -canonicalize -cse -atrous-lower-kernels | FileCheck %s --check-prefix=LOWERED

#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>

// relu(x) over ?x3x?x?: one loop over the product of the sizes, which are those
// of x alone; chunks of 4096 elements are tasks
// CHECK-LABEL: func.func private @relu__tasks(
// CHECK-SAME: %[[N:.*]]: index, %[[H:.*]]: index, %[[W:.*]]: index, %{{.*}}: index, %{{.*}}: index, %{{.*}}: index) -> index
// CHECK-DAG: %[[C4096:.*]] = arith.constant 4096
// CHECK-DAG: %[[C4095:.*]] = arith.constant 4095
// CHECK-DAG: %[[C3:.*]] = arith.constant 3 :
// CHECK: %[[N3:.*]] = arith.muli %[[N]], %[[C3]]
// CHECK: %[[N3H:.*]] = arith.muli %[[N3]], %[[H]]
// CHECK: %[[SIZE:.*]] = arith.muli %[[N3H]], %[[W]]
// CHECK: %[[SUM:.*]] = arith.addi %[[SIZE]], %[[C4095]]
// CHECK: %[[TASKS:.*]] = arith.divui %[[SUM]], %[[C4096]]
// CHECK: return %[[TASKS]]
// CHECK-LABEL: func.func private @relu(
// CHECK-SAME: %[[X:.*]]: memref<f32> {llvm.noalias}, %[[Y:[a-z0-9]+]]: memref<f32> {llvm.noalias}, %[[N:.*]]: index, %[[H:.*]]: index, %[[W:.*]]: index, %{{.*}}: index, %{{.*}}: index, %{{.*}}: index, %[[BEGIN:.*]]: index, %[[END:.*]]: index)
// CHECK-SAME: kernel.tasks_function = @relu__tasks
// CHECK-SAME: kernel.work_per_task = 8192 : i64
// CHECK: %[[SIZE:.*]] = arith.muli %{{.*}}, %[[W]]
// CHECK: %[[XS:.*]] = memref.reinterpret_cast %[[X]] to offset: [0], sizes: [%[[SIZE]]], strides: [1]
// CHECK: %[[YS:.*]] = memref.reinterpret_cast %[[Y]] to offset: [0], sizes: [%[[SIZE]]], strides: [1]
// CHECK: scf.for %{{.*}} = %[[BEGIN]] to %[[END]]
// CHECK: scf.for
// CHECK: vector.load %[[XS]]
// CHECK: vector.store {{.*}}, %[[YS]]
// CHECK: scf.for
// CHECK: %[[MASK:.*]] = arith.cmpi {{.*}} : vector<16xi32>
// CHECK: vector.maskedload %[[XS]][%{{.*}}], %[[MASK]]
// CHECK: vector.maskedstore %[[YS]][%{{.*}}], %[[MASK]]
// LOWERED: llvm.func internal @relu__tasks(
// LOWERED: llvm.func hidden @relu(
// LOWERED-SAME: kernel.tasks_function = @relu__tasks
kernel.def @relu(%x: memref<?x3x?x?xf32>, %y: memref<?x3x?x?xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<?x3x?x?xf32>) outs(%y : memref<?x3x?x?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.maximumf %a, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// -----

// index operands come before the sizes; nothing is asked at run time that
// another operand's type says
#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: func.func private @known__tasks(
// CHECK-SAME: %{{.*}}: index, %{{.*}}: index, %{{.*}}: index) -> index
// CHECK-NEXT: %[[ROWS:.*]] = arith.constant 4 : index
// CHECK-NEXT: return %[[ROWS]]
// CHECK-LABEL: func.func private @known(
// CHECK-SAME: %[[X:.*]]: memref<f32> {{.*}}, %[[WIDTH:.*]]: index, %[[Y:.*]]: memref<4x21xf32, strided<[40, 1]>> {{.*}}, %{{.*}}: index, %{{.*}}: index, %{{.*}}: index, %{{.*}}: index)
// CHECK: memref.reinterpret_cast %[[X]] to offset: [0], sizes: [4, 21], strides: [21, 1]
// CHECK: arith.index_cast %[[WIDTH]] : index to i64
kernel.def @known(%x: memref<?x?xf32>, %width: index, %y: memref<4x21xf32, strided<[40, 1]>>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<4x21xf32, strided<[40, 1]>>) {
  ^bb0(%a: f32, %b: f32):
    %i = arith.index_cast %width : index to i64
    %f = arith.sitofp %i : i64 to f32
    %m = arith.mulf %a, %f : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// -----

// a kernel of static buffers takes index operands, and its tasks are a number
#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
// CHECK-LABEL: func.func private @index_operand(
// CHECK-SAME: %{{.*}}: index, %{{.*}}: memref<64xi64> {llvm.noalias}, %{{.*}}: index, %{{.*}}: index)
// CHECK-SAME: kernel.tasks = 1 : i64
kernel.def @index_operand(%n: index, %y: memref<64xi64>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%y : memref<64xi64>) {
  ^bb0(%a: i64):
    %i = arith.index_cast %n : index to i64
    linalg.yield %i : i64
  }
  kernel.yield
}

// -----

// channel blocks: 2 blocks are too few tasks, and a pixel too little for one;
// chunks of 256 pixels of 16 lanes are
#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#id = affine_map<(k, h, w, c) -> (k, h, w, c)>
// CHECK-LABEL: func.func private @bias_blocked__tasks(
// CHECK-SAME: %[[H:.*]]: index, %[[W:.*]]: index, %{{.*}}: index, %{{.*}}: index)
// CHECK-DAG: %[[C2:.*]] = arith.constant 2 : index
// CHECK-DAG: %[[C256:.*]] = arith.constant 256 : index
// CHECK: %[[PIXELS:.*]] = arith.muli %[[H]], %[[W]]
// CHECK: %[[SUM:.*]] = arith.addi %[[PIXELS]], %{{.*}}
// CHECK: %[[CHUNKS:.*]] = arith.divui %[[SUM]], %[[C256]]
// CHECK: %[[TASKS:.*]] = arith.muli %[[CHUNKS]], %[[C2]]
// CHECK: return %[[TASKS]]
kernel.def @bias_blocked(%x: memref<2x?x?x16xf32>, %bias: memref<2x16xf32>, %y: memref<2x?x?x16xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, affine_map<(k, h, w, c) -> (k, c)>, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %bias : memref<2x?x?x16xf32>, memref<2x16xf32>) outs(%y : memref<2x?x?x16xf32>) {
  ^bb0(%a: f32, %s: f32, %b: f32):
    %m = arith.addf %a, %s : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// -----

// the sum of a row of unknown length
#plain = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>
// CHECK-LABEL: func.func private @sum_row(
// CHECK: scf.for {{.*}} iter_args({{.*}}) -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>)
// CHECK: scf.for {{.*}} iter_args({{.*}}) -> (vector<8xf32>)
// CHECK: scf.for {{.*}} iter_args(%[[SUM:.*]] = {{.*}}) -> (vector<8xf32>)
// CHECK: %[[MASK:.*]] = arith.cmpi {{.*}} : vector<8xi32>
// CHECK: vector.maskedload {{.*}}, %[[MASK]]
// CHECK: arith.select %[[MASK]], {{.*}}, %[[SUM]]
// CHECK: vector.shuffle {{.*}} [4, 5, 6, 7] : vector<8xf32>, vector<8xf32>
// CHECK: vector.shuffle {{.*}} [2, 3] : vector<4xf32>, vector<4xf32>
// CHECK: vector.shuffle {{.*}} [1] : vector<2xf32>, vector<2xf32>
// CHECK: vector.extract {{.*}} : f32 from vector<1xf32>
kernel.def @sum_row(%x: memref<?x?xf32>, %y: memref<?xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?xf32>)
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
