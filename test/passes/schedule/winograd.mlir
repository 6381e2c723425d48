// RUN: atrous-opt %s -atrous-select-schedule | FileCheck %s --check-prefix=ACCURATE
// RUN: atrous-opt %s -atrous-select-schedule="winograd=off" | FileCheck %s --check-prefix=OFF
// RUN: atrous-opt %s -atrous-select-schedule="winograd=fast" | FileCheck %s --check-prefix=FAST

// On a map of 96x96, 6x6 outputs at a time save more products than 4x4.
// ACCURATE: algo = winograd_tiles{{.*}} block = [4, 42]
// OFF: algo = direct_conv
// FAST: algo = winograd_channels{{.*}} block = [6, 78]
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
kernel.def @conv(%x: memref<1x4x98x98x16xf32>, %w: memref<4x4x3x3x16x16xf32>, %y: memref<1x4x96x96x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x98x98x16xf32>, memref<4x4x3x3x16x16xf32>)
      outs(%y : memref<1x4x96x96x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
}
