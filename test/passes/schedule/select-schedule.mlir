// RUN: atrous-opt %s -atrous-select-schedule -split-input-file -verify-diagnostics | FileCheck %s
// RUN: atrous-opt %s -atrous-select-schedule="schedule=plain" -split-input-file -verify-diagnostics | FileCheck %s --check-prefix=PLAIN
// RUN: atrous-opt %s -atrous-select-schedule="schedule=conv_2x14" -split-input-file -verify-diagnostics | FileCheck %s --check-prefix=DIRECT

#conv_in = affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>
#conv_w = affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>
#conv_out = affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>
#dw_in = affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh + kh, ow + kw, ci)>
#dw_w = affine_map<(n, cb, oh, ow, ci, kh, kw) -> (cb, 0, kh, kw, ci)>
#dw_out = affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh, ow, ci)>
#mm_l = affine_map<(m, nb, nl, k) -> (m, k)>
#mm_r = affine_map<(m, nb, nl, k) -> (nb, k, nl)>
#mm_o = affine_map<(m, nb, nl, k) -> (m, nb * 16 + nl)>
#id5 = affine_map<(a, b, c, d, e) -> (a, b, c, d, e)>
#swap5 = affine_map<(a, b, c, d, e) -> (e, b)>

module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {

// 28 columns are two tiles of 14; images, blocks and rows are tasks.
// DIRECT-LABEL: kernel.def @conv(
// DIRECT-SAME: schedule = #kernel.cpu<algo = direct_conv, isa = avx512, lanes = 16, tile = [2, 14], unroll = 1, parallel = 3>
// Minimal filtering is faster: 49 tiles of 4x4 outputs, and an output block for
// each thread.
// CHECK-LABEL: kernel.def @conv(
// CHECK-SAME: schedule = #kernel.cpu<algo = winograd_channels, isa = avx512, lanes = 16, tile = [1, 25], unroll = 1, parallel = 2, block = [4, 50]>
// PLAIN-LABEL: kernel.def @conv(
// PLAIN-SAME: schedule = #kernel.cpu<algo = plain, isa = avx512, lanes = 16, unroll = 144, parallel = 5>
kernel.def @conv(%x: tensor<1x4x30x30x16xf32>, %w: tensor<2x4x3x3x16x16xf32>) -> tensor<1x2x28x28x16xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2x28x28x16xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x28x28x16xf32>) -> tensor<1x2x28x28x16xf32>
  %y = linalg.generic {indexing_maps = [#conv_in, #conv_w, #conv_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
    ins(%x, %w : tensor<1x4x30x30x16xf32>, tensor<2x4x3x3x16x16xf32>) outs(%f : tensor<1x2x28x28x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  } -> tensor<1x2x28x28x16xf32>
  kernel.yield %y : tensor<1x2x28x28x16xf32>
}

// A map of 7 columns takes more blocks instead; the same on memrefs.
// CHECK-LABEL: kernel.def @conv_narrow(
// CHECK-SAME: algo = direct_conv, isa = avx512, lanes = 16, tile = [4, 7]
kernel.def @conv_narrow(%x: memref<1x4x9x9x16xf32>, %w: memref<8x4x3x3x16x16xf32>, %y: memref<1x8x7x7x16xf32>) {
  linalg.generic {indexing_maps = [#conv_in, #conv_w, #conv_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
    ins(%x, %w : memref<1x4x9x9x16xf32>, memref<8x4x3x3x16x16xf32>) outs(%y : memref<1x8x7x7x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @depthwise(
// CHECK-SAME: algo = depthwise, isa = avx512, lanes = 16, tile = [4, 4], unroll = 3
kernel.def @depthwise(%x: memref<1x4x30x30x16xf32>, %w: memref<4x1x3x3x16xf32>, %y: memref<1x4x28x28x16xf32>) {
  linalg.generic {indexing_maps = [#dw_in, #dw_w, #dw_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%x, %w : memref<1x4x30x30x16xf32>, memref<4x1x3x3x16xf32>) outs(%y : memref<1x4x28x28x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @matmul(
// CHECK-SAME: algo = matmul, isa = avx512, lanes = 16, tile = [2, 10]
kernel.def @matmul(%x: memref<20x64xf32>, %w: memref<4x64x16xf32>, %y: memref<20x64xf32>) {
  linalg.generic {indexing_maps = [#mm_l, #mm_r, #mm_o], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
    ins(%x, %w : memref<20x64xf32>, memref<4x64x16xf32>) outs(%y : memref<20x64xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// Images of any number and size: whole tiles are as wide as the row's.
// CHECK-LABEL: kernel.def @conv_dynamic(
// CHECK-SAME: schedule = #kernel.cpu<algo = winograd_tiles, isa = avx512, lanes = 16, tile = [2, 14], unroll = 1, parallel = 3, block = [4, 28]>
// DIRECT-LABEL: kernel.def @conv_dynamic(
// DIRECT-SAME: schedule = #kernel.cpu<algo = direct_conv, isa = avx512, lanes = 16, tile = [2, 14], unroll = 1, parallel = 3>
// PLAIN-LABEL: kernel.def @conv_dynamic(
// PLAIN-SAME: algo = plain
kernel.def @conv_dynamic(%x: tensor<?x4x?x?x16xf32>, %w: tensor<8x4x3x3x16x16xf32>, %n: index, %h: index, %v: index) -> tensor<?x8x?x?x16xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty(%n, %h, %v) : tensor<?x8x?x?x16xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x8x?x?x16xf32>) -> tensor<?x8x?x?x16xf32>
  %y = linalg.generic {indexing_maps = [#conv_in, #conv_w, #conv_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
    ins(%x, %w : tensor<?x4x?x?x16xf32>, tensor<8x4x3x3x16x16xf32>) outs(%f : tensor<?x8x?x?x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  } -> tensor<?x8x?x?x16xf32>
  kernel.yield %y : tensor<?x8x?x?x16xf32>
}

// Sizes are known where one operand knows them.
// CHECK-LABEL: kernel.def @conv_inferred(
// CHECK-SAME: algo = direct_conv, isa = avx512, lanes = 16, tile = [4, 7]
kernel.def @conv_inferred(%x: memref<?x?x?x?x?xf32>, %w: memref<8x4x3x3x16x16xf32>, %y: memref<?x?x7x7x?xf32>) {
  linalg.generic {indexing_maps = [#conv_in, #conv_w, #conv_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
    ins(%x, %w : memref<?x?x?x?x?xf32>, memref<8x4x3x3x16x16xf32>) outs(%y : memref<?x?x7x7x?xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @depthwise_dynamic(
// CHECK-SAME: schedule = #kernel.cpu<algo = depthwise, isa = avx512, lanes = 16, tile = [4, 4], unroll = 3
kernel.def @depthwise_dynamic(%x: memref<1x4x?x?x16xf32>, %w: memref<4x1x3x3x16xf32>, %y: memref<1x4x?x?x16xf32>) {
  linalg.generic {indexing_maps = [#dw_in, #dw_w, #dw_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%x, %w : memref<1x4x?x?x16xf32>, memref<4x1x3x3x16xf32>) outs(%y : memref<1x4x?x?x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// Reads along the channels, writes along the pixels.
// CHECK-LABEL: kernel.def @to_plain(
// CHECK-SAME: schedule = #kernel.cpu<algo = transpose, isa = avx512, lanes = 16, unroll = 1, parallel = 4>
kernel.def @to_plain(%x: memref<1x2x5x7x16xf32>, %y: memref<1x20x5x7xf32>) {
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, c floordiv 16, h, w, c mod 16)>, affine_map<(n, c, h, w) -> (n, c, h, w)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
    ins(%x : memref<1x2x5x7x16xf32>) outs(%y : memref<1x20x5x7xf32>) {
  ^bb0(%i: f32, %o: f32):
    linalg.yield %i : f32
  }
  kernel.yield
}

// A block of eight would end within the tile.
// CHECK-LABEL: kernel.def @no_tile_of_half_blocks(
// CHECK-SAME: algo = plain
kernel.def @no_tile_of_half_blocks(%x: memref<1x4x5x7x8xf32>, %y: memref<1x32x5x7xf32>) {
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, c floordiv 8, h, w, c mod 8)>, affine_map<(n, c, h, w) -> (n, c, h, w)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
    ins(%x : memref<1x4x5x7x8xf32>) outs(%y : memref<1x32x5x7xf32>) {
  ^bb0(%i: f32, %o: f32):
    linalg.yield %i : f32
  }
  kernel.yield
}

// The nine elements of a window are written out, the 3136 of a picture are not.
// CHECK-LABEL: kernel.def @window(
// CHECK-SAME: schedule = #kernel.cpu<algo = plain, isa = avx512, lanes = 16, unroll = 9, parallel = 4>
kernel.def @window(%x: memref<4x30x30x16xf32>, %z: memref<3x3xf32>, %y: memref<4x28x28x16xf32>) {
  linalg.generic {indexing_maps = [affine_map<(c, h, w, l, i, j) -> (c, h + i, w + j, l)>, affine_map<(c, h, w, l, i, j) -> (i, j)>, affine_map<(c, h, w, l, i, j) -> (c, h, w, l)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%x, %z : memref<4x30x30x16xf32>, memref<3x3xf32>) outs(%y : memref<4x28x28x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.maximumf %i, %o : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @picture(
// CHECK-SAME: schedule = #kernel.cpu<algo = plain, isa = avx512, lanes = 16, unroll = 1, parallel = 2>
kernel.def @picture(%x: memref<4x3136x16xf32>, %y: memref<4x16xf32>) {
  linalg.generic {indexing_maps = [affine_map<(c, l, i) -> (c, i, l)>, affine_map<(c, l, i) -> (c, l)>], iterator_types = ["parallel", "parallel", "reduction"]}
    ins(%x : memref<4x3136x16xf32>) outs(%y : memref<4x16xf32>) {
  ^bb0(%i: f32, %o: f32):
    %m = arith.maximumf %i, %o : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @matmul_dynamic(
// CHECK-SAME: schedule = #kernel.cpu<algo = matmul, isa = avx512, lanes = 16, tile = [2, 14]
kernel.def @matmul_dynamic(%x: memref<?x64xf32>, %w: memref<4x64x16xf32>, %y: memref<?x64xf32>) {
  linalg.generic {indexing_maps = [#mm_l, #mm_r, #mm_o], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
    ins(%x, %w : memref<?x64xf32>, memref<4x64x16xf32>) outs(%y : memref<?x64xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// The inner dimension of a product must be known, and its columns.
// CHECK-LABEL: kernel.def @no_tile_for_dynamic_inner(
// CHECK-SAME: algo = plain
kernel.def @no_tile_for_dynamic_inner(%x: memref<20x?xf32>, %w: memref<4x?x16xf32>, %y: memref<20x64xf32>) {
  linalg.generic {indexing_maps = [#mm_l, #mm_r, #mm_o], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
    ins(%x, %w : memref<20x?xf32>, memref<4x?x16xf32>) outs(%y : memref<20x64xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// CHECK-LABEL: kernel.def @no_tile_for_dynamic_channels(
// CHECK-SAME: algo = plain
kernel.def @no_tile_for_dynamic_channels(%x: memref<1x?x30x30x16xf32>, %w: memref<2x?x3x3x16x16xf32>, %y: memref<1x2x28x28x16xf32>) {
  linalg.generic {indexing_maps = [#conv_in, #conv_w, #conv_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
    ins(%x, %w : memref<1x?x30x30x16xf32>, memref<2x?x3x3x16x16xf32>) outs(%y : memref<1x2x28x28x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// A loop of size 0.
// CHECK-LABEL: kernel.def @no_tile_for_nothing(
// CHECK-SAME: algo = plain
kernel.def @no_tile_for_nothing(%x: memref<1x4x30x2x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<1x2x28x0x16xf32>) {
  linalg.generic {indexing_maps = [#conv_in, #conv_w, #conv_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
    ins(%x, %w : memref<1x4x30x2x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<1x2x28x0x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  kernel.yield
}

// Register tiles are f32.
// CHECK-LABEL: kernel.def @no_tile_for_i32(
// CHECK-SAME: algo = plain
kernel.def @no_tile_for_i32(%x: memref<20x64xi32>, %w: memref<4x64x16xi32>, %y: memref<20x64xi32>) {
  linalg.generic {indexing_maps = [#mm_l, #mm_r, #mm_o], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
    ins(%x, %w : memref<20x64xi32>, memref<4x64x16xi32>) outs(%y : memref<20x64xi32>) {
  ^bb0(%i: i32, %j: i32, %o: i32):
    %m = arith.muli %i, %j : i32
    %a = arith.addi %o, %m : i32
    linalg.yield %a : i32
  }
  kernel.yield
}

// The epilogue's operand has the lanes outermost.
// CHECK-LABEL: kernel.def @no_tile_for_scalar_epilogue(
// CHECK-SAME: algo = plain
kernel.def @no_tile_for_scalar_epilogue(%x: memref<1x4x30x30x16xf32>, %w: memref<4x1x3x3x16xf32>, %b: memref<16x4xf32>, %y: memref<1x4x28x28x16xf32>) {
  linalg.generic {indexing_maps = [#dw_in, #dw_w, #dw_out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%x, %w : memref<1x4x30x30x16xf32>, memref<4x1x3x3x16xf32>) outs(%y : memref<1x4x28x28x16xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %m = arith.mulf %i, %j : f32
    %a = arith.addf %o, %m : f32
    linalg.yield %a : f32
  }
  linalg.generic {indexing_maps = [#swap5, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
    ins(%b : memref<16x4xf32>) outs(%y : memref<1x4x28x28x16xf32>) {
  ^bb0(%i: f32, %o: f32):
    %a = arith.addf %o, %i : f32
    linalg.yield %a : f32
  }
  kernel.yield
}
}

// -----

// expected-error@+1 {{module has no attribute 'kernel.target'}}
module {
}

// -----

module attributes {kernel.target = #kernel.target<cpu = "haswell", features = "", isa = avx2, lanes = 8, threads = 1>} {
// expected-error@+1 {{kernel has no root to schedule}}
kernel.def @empty(%x: memref<4xf32>) {
  kernel.yield
}
}
