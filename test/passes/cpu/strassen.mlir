// RUN: atrous-opt %s -split-input-file -atrous-emit-kernels -canonicalize -cse | FileCheck %s

// 28 pixels of each half are a task: 784 pixels are 14. Weights of 4 blocks of
// each half are summed up before into 7 planes for each of the 2 row groups.
// CHECK-LABEL: func.func private @one_level__weights(
// CHECK-SAME: kernel.tasks = 4 : i64
// CHECK-COUNT-4: vector.load
// CHECK-NOT: vector.load
// CHECK-COUNT-7: vector.store
// CHECK-NOT: vector.store
// CHECK: return
// CHECK-LABEL: func.func private @one_level(
// CHECK-SAME: kernel.phases = [@one_level__weights]
// CHECK-SAME: kernel.tasks = 14 : i64
// Inputs.
// CHECK-COUNT-4: vector.load
// CHECK-COUNT-7: vector.store
// CHECK-NOT: vector.store
// The register tile.
// CHECK-COUNT-28: vector.fma {{.*}} : vector<16xf32>
// CHECK-NOT: vector.fma
// CHECK-COUNT-28: vector.store
// Outputs of both halves of pixels and of channels.
// CHECK-COUNT-7: vector.load
// CHECK: scf.if
// CHECK-COUNT-2: vector.store
// CHECK: scf.if
// CHECK-COUNT-2: vector.store
// CHECK-NOT: vector.store
// CHECK: return
kernel.def @one_level(%x: memref<1x4x28x28x16xf32>, %w: memref<8x4x1x1x16x16xf32>, %y: memref<1x8x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = strassen, isa = avx512, lanes = 16, tile = [2, 14], block = [1, 28, 2, 4]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x8x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x28x28x16xf32>, memref<8x4x1x1x16x16xf32>) outs(%y : memref<1x8x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// Two levels, a slice of the input channels at a time: products of the second
// one are added to those of the first.
// CHECK-LABEL: func.func private @two_levels__weights(
// CHECK-COUNT-16: vector.load
// CHECK-COUNT-49: vector.store
// CHECK-NOT: vector.store
// CHECK: return
// CHECK-LABEL: func.func private @two_levels(
// CHECK-COUNT-16: vector.load
// CHECK-COUNT-49: vector.store
// CHECK-COUNT-28: vector.fma {{.*}} : vector<16xf32>
// CHECK-COUNT-28: vector.store
// CHECK-COUNT-16: vector.load
// CHECK-COUNT-49: vector.store
// CHECK-COUNT-28: vector.fma {{.*}} : vector<16xf32>
// CHECK-NOT: vector.fma
// CHECK-COUNT-49: vector.load
// CHECK-NOT: vector.store
// CHECK: scf.if
// CHECK-COUNT-16: vector.store
// CHECK-NOT: vector.store
// CHECK: return
kernel.def @two_levels(%x: memref<1x16x28x28x16xf32>, %w: memref<8x16x1x1x16x16xf32>, %y: memref<1x8x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = strassen, isa = avx512, lanes = 16, tile = [2, 14], block = [2, 28, 2, 2]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x8x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x16x28x28x16xf32>, memref<8x16x1x1x16x16xf32>) outs(%y : memref<1x8x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// A block of input channels and one of output channels are left over. The input
// is a longer sum of 4 products, the output takes 4 products of its own.
// CHECK-LABEL: func.func private @left_over__weights(
// CHECK-LABEL: func.func private @left_over__weights_left_over(
// CHECK-SAME: kernel.tasks = 2 : i64
// CHECK-COUNT-2: vector.load
// CHECK-NOT: vector.load
// CHECK-COUNT-4: vector.store
// CHECK-NOT: vector.store
// CHECK: return
// CHECK-LABEL: func.func private @left_over__weights_of_rest(
// CHECK-COUNT-2: vector.load
// CHECK-NOT: vector.load
// CHECK-COUNT-4: vector.store
// CHECK-NOT: vector.store
// CHECK: return
// CHECK-LABEL: func.func private @left_over__weights_of_rest_left_over(
// CHECK-COUNT-1: vector.load
// CHECK-NOT: vector.load
// CHECK-COUNT-3: vector.store
// CHECK-NOT: vector.store
// CHECK: return
// CHECK-LABEL: func.func private @left_over(
// CHECK-COUNT-28: vector.fma {{.*}} : vector<16xf32>
// CHECK: scf.if
// CHECK-COUNT-14: vector.fma {{.*}} : vector<16xf32>
// CHECK-NOT: vector.fma
// CHECK: return
kernel.def @left_over(%x: memref<1x5x28x28x16xf32>, %w: memref<9x5x1x1x16x16xf32>, %y: memref<1x9x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = strassen, isa = avx512, lanes = 16, tile = [2, 14], block = [1, 28, 2, 4]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x9x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x5x28x28x16xf32>, memref<9x5x1x1x16x16xf32>) outs(%y : memref<1x9x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
