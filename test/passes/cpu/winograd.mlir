// RUN: atrous-opt %s -split-input-file -atrous-emit-kernels -canonicalize -cse | FileCheck %s

// A block of 28 tiles is a task; 49 tiles are two. The weights are transformed
// before, by 4 blocks of channels, into 36 planes of 4 * 16 * 2 * 16 elements and
// one cache line; a thread has 36 planes of inputs and of products.
// CHECK-LABEL: func.func private @by_tiles__weights(
// CHECK-SAME: kernel.scratch = 391680 : i64, kernel.tasks = 4 : i64,
// CHECK-SAME: kernel.workspace = 297216 : i64
// CHECK-COUNT-9: vector.load
// CHECK-NOT: vector.load
// CHECK-COUNT-36: vector.store
// CHECK-NOT: vector.store
// CHECK: return
// CHECK-LABEL: func.func private @by_tiles(
// CHECK-SAME: kernel.phases = [@by_tiles__weights], kernel.scratch = 391680 : i64, kernel.tasks = 2 : i64
// Input of a tile.
// CHECK: scf.for
// CHECK-COUNT-36: vector.load
// CHECK-COUNT-36: vector.store
// CHECK-NOT: vector.store
// The register tile.
// CHECK-COUNT-28: vector.fma {{.*}} : vector<16xf32>
// CHECK-NOT: vector.fma
// CHECK-COUNT-28: vector.store
// CHECK-NOT: vector.store
// Output of a tile, then as much of it as there is.
// CHECK-COUNT-36: vector.load
// CHECK-COUNT-16: vector.store
// CHECK: scf.if
// CHECK-COUNT-4: vector.store
// CHECK-NOT: vector.store
// CHECK: else
// CHECK-COUNT-1: vector.store
// CHECK-NOT: vector.store
// CHECK: return
kernel.def @by_tiles(%x: memref<1x4x30x30x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<1x2x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = winograd_tiles, isa = avx512, lanes = 16, tile = [2, 14], block = [4, 28]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x30x30x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<1x2x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// The only row group is a task; the inputs are transformed before, by 2 blocks
// of tiles and 4 of channels.
// CHECK-LABEL: func.func private @by_channels__inputs(
// CHECK-SAME: kernel.tasks = 8 : i64
// CHECK-LABEL: func.func private @by_channels(
// CHECK-SAME: kernel.phases = [@by_channels__inputs]
// CHECK-SAME: kernel.tasks = 1 : i64
// CHECK-COUNT-9: vector.load
// CHECK-COUNT-36: vector.store
// CHECK-COUNT-20: vector.fma {{.*}} : vector<16xf32>
// CHECK: return
kernel.def @by_channels(%x: memref<1x4x30x30x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<1x2x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = winograd_channels, isa = avx512, lanes = 16, tile = [2, 10], block = [4, 30]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x30x30x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<1x2x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// Where the sizes come at run time, so does the number of tasks.
// CHECK-LABEL: func.func private @dynamic__weights(
// CHECK-LABEL: func.func private @dynamic__tasks(
// CHECK-LABEL: func.func private @dynamic(
// CHECK-SAME: kernel.phases = [@dynamic__weights]
// CHECK-SAME: kernel.tasks_function = @dynamic__tasks
kernel.def @dynamic(%x: memref<?x4x?x?x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<?x2x?x?x16xf32>) attributes {schedule = #kernel.cpu<algo = winograd_tiles, isa = avx512, lanes = 16, tile = [2, 14], block = [4, 28]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x2x?x?x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<?x4x?x?x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<?x2x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// Of stride 2: a tile of 4x4 outputs is made of 81 products at 25 points. 16
// points are multiplied for 4 phases, 4 and 4 for 2, and one for one; the
// planes of inputs lie one after the other.
// CHECK-LABEL: func.func private @strided__weights(
// CHECK-COUNT-9: vector.load
// CHECK-LABEL: func.func private @strided(
// CHECK-SAME: kernel.phases = [@strided__weights]
// CHECK-COUNT-81: vector.store
// CHECK-NOT: vector.store
// CHECK: scf.for %[[POINT:.*]] = %{{.*}} to %c25 step
// CHECK: arith.select
// The sums of several phases, 64 channels at a time.
// CHECK-COUNT-28: vector.fma {{.*}} : vector<16xf32>
// CHECK-NOT: vector.fma
// CHECK-COUNT-28: vector.store
// CHECK-COUNT-25: vector.load
// CHECK-COUNT-16: vector.store
kernel.def @strided(%x: memref<1x4x57x57x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<1x2x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = winograd_tiles, isa = avx512, lanes = 16, tile = [2, 14], block = [4, 28]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x57x57x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<1x2x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// 13 = 4 + 3 + 3 + 3: of 16 tiles all need the 25 finite points, 4 have four
// columns, 4 have four rows, and 1 has both. Each register tile is as wide as that.
// CHECK-LABEL: func.func private @shorter_tiles(
// CHECK-SAME: kernel.phases = [@shorter_tiles__inputs]
// CHECK: scf.for %{{.*}} = %c0{{.*}} to %c25
// CHECK-COUNT-16: vector.fma
// CHECK-NOT: vector.fma
// CHECK: scf.for %{{.*}} = %c25{{.*}} to %c30
// CHECK-COUNT-4: vector.fma
// CHECK-NOT: vector.fma
// CHECK: scf.for %{{.*}} = %c30{{.*}} to %c35
// CHECK-COUNT-4: vector.fma
// CHECK-NOT: vector.fma
// CHECK: scf.for {{.*}} -> (vector<16xf32>)
// CHECK: return
kernel.def @shorter_tiles(%x: memref<1x4x15x15x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<1x2x13x13x16xf32>) attributes {schedule = #kernel.cpu<algo = winograd_channels, isa = avx512, lanes = 16, tile = [1, 16], block = [4, 16]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x13x13x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x15x15x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<1x2x13x13x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
