// RUN: atrous-opt %s -atrous-select-schedule | FileCheck %s

module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {

// Two phases along each dimension.
// CHECK-LABEL: kernel.def @strided(
// CHECK-SAME: algo = winograd_{{.*}} block = [4,
kernel.def @strided(%x: memref<1x8x81x81x16xf32>, %w: memref<16x8x3x3x16x16xf32>, %y: memref<1x16x40x40x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x8x81x81x16xf32>, memref<16x8x3x3x16x16xf32>) outs(%y : memref<1x16x40x40x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// Too few tiles for so many weights.
// CHECK-LABEL: kernel.def @strided_small(
// CHECK-SAME: algo = direct_conv
kernel.def @strided_small(%x: memref<1x32x15x15x16xf32>, %w: memref<32x32x3x3x16x16xf32>, %y: memref<1x32x7x7x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x32x15x15x16xf32>, memref<32x32x3x3x16x16xf32>) outs(%y : memref<1x32x7x7x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @column(
// CHECK-SAME: algo = winograd_{{.*}} block = [4,
kernel.def @column(%x: memref<1x8x66x128x16xf32>, %w: memref<8x8x3x1x16x16xf32>, %y: memref<1x8x64x128x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x8x66x128x16xf32>, memref<8x8x3x1x16x16xf32>) outs(%y : memref<1x8x64x128x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @long_row(
// CHECK-SAME: algo = winograd_
kernel.def @long_row(%x: memref<1x12x17x23x16xf32>, %w: memref<12x12x1x7x16x16xf32>, %y: memref<1x12x17x17x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x12x17x23x16xf32>, memref<12x12x1x7x16x16xf32>) outs(%y : memref<1x12x17x17x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @large(
// CHECK-SAME: algo = winograd_{{.*}} block = [4,
kernel.def @large(%x: memref<1x4x32x32x16xf32>, %w: memref<8x4x5x5x16x16xf32>, %y: memref<1x8x28x28x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x32x32x16xf32>, memref<8x4x5x5x16x16xf32>) outs(%y : memref<1x8x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// A residue has 2 or 3 rows and columns: tiles of 4 would be half empty.
// CHECK-LABEL: kernel.def @dilated(
// CHECK-SAME: algo = winograd_{{.*}} block = [3,
kernel.def @dilated(%x: memref<1x32x113x113x16xf32>, %w: memref<16x32x3x3x16x16xf32>, %y: memref<1x16x65x65x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh * 24, ow + kw * 24, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x32x113x113x16xf32>, memref<16x32x3x3x16x16xf32>) outs(%y : memref<1x16x65x65x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// There is nothing to save.
// CHECK-LABEL: kernel.def @point(
// CHECK-SAME: algo = direct_conv
kernel.def @point(%x: memref<1x8x40x40x16xf32>, %w: memref<8x8x1x1x16x16xf32>, %y: memref<1x8x40x40x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x8x40x40x16xf32>, memref<8x8x1x1x16x16xf32>) outs(%y : memref<1x8x40x40x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @stride_of_kernel(
// CHECK-SAME: algo = direct_conv
kernel.def @stride_of_kernel(%x: memref<1x8x80x80x16xf32>, %w: memref<8x8x2x2x16x16xf32>, %y: memref<1x8x40x40x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x8x80x80x16xf32>, memref<8x8x2x2x16x16xf32>) outs(%y : memref<1x8x40x40x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
}
