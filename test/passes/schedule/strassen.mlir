// RUN: atrous-opt %s -atrous-select-schedule | FileCheck %s
// RUN: atrous-opt %s -atrous-select-schedule="winograd=off" | FileCheck %s --check-prefix=OFF

// OFF-NOT: strassen
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
// CHECK-LABEL: kernel.def @large(
// CHECK-SAME: algo = strassen
kernel.def @large(%x: memref<1x32x65x65x16xf32>, %w: memref<32x32x1x1x16x16xf32>, %y: memref<1x32x65x65x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x32x65x65x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x32x65x65x16xf32>, memref<32x32x1x1x16x16xf32>) outs(%y : memref<1x32x65x65x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// Few channels do not pay for the sums,
// CHECK-LABEL: kernel.def @narrow(
// CHECK-SAME: algo = direct_conv
kernel.def @narrow(%x: memref<1x4x65x65x16xf32>, %w: memref<4x4x1x1x16x16xf32>, %y: memref<1x4x65x65x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x4x65x65x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x65x65x16xf32>, memref<4x4x1x1x16x16xf32>) outs(%y : memref<1x4x65x65x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// nor do few pixels for those of the weights.
// CHECK-LABEL: kernel.def @small(
// CHECK-SAME: algo = direct_conv
kernel.def @small(%x: memref<1x32x4x4x16xf32>, %w: memref<32x32x1x1x16x16xf32>, %y: memref<1x32x4x4x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x32x4x4x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x32x4x4x16xf32>, memref<32x32x1x1x16x16xf32>) outs(%y : memref<1x32x4x4x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
}
