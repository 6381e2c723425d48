// Contractions in channel blocks of 16: every row of the schedule table that
// admits one runs it, at each list of test.sizes.
module attributes {kernel.target = #kernel.target<cpu = "test", features = "", isa = avx512, lanes = 16, threads = 2>} {

// 3x3, with bias, residual and relu; widths around those of the tiles
kernel.def @conv_3x3(%x: memref<?x2x?x?x16xf32>, %w: memref<4x2x3x3x16x16xf32>, %bias: memref<4x16xf32>, %z: memref<?x4x?x?x16xf32>, %y: memref<?x4x?x?x16xf32>) attributes {test.sizes = [array<i64: 1, 5, 3, 1, 3, 1, 1, 3, 1>, array<i64: 2, 4, 15, 2, 2, 13, 2, 2, 13>, array<i64: 1, 3, 16, 1, 1, 14, 1, 1, 14>, array<i64: 2, 5, 31, 2, 3, 29, 2, 3, 29>, array<i64: 1, 4, 49, 1, 2, 47, 1, 2, 47>, array<i64: 2, 3, 5, 2, 1, 3, 2, 1, 3>, array<i64: 1, 0, 7, 1, 0, 5, 1, 0, 5>, array<i64: 2, 4, 0, 2, 2, 0, 2, 2, 0>, array<i64: 0, 0, 0, 0, 0, 0, 0, 0, 0>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x4x?x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<?x2x?x?x16xf32>, memref<4x2x3x3x16x16xf32>) outs(%y : memref<?x4x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko) -> (kb, ko)>, affine_map<(n, kb, oh, ow, ko) -> (n, kb, oh, ow, ko)>, affine_map<(n, kb, oh, ow, ko) -> (n, kb, oh, ow, ko)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%bias, %z : memref<4x16xf32>, memref<?x4x?x?x16xf32>) outs(%y : memref<?x4x?x?x16xf32>) {
  ^bb0(%c: f32, %r: f32, %v: f32):
    %t = arith.addf %v, %c : f32
    %u = arith.addf %t, %r : f32
    %m = arith.maximumf %u, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// 3 output blocks, stride 2, dilation 2
kernel.def @conv_strided(%x: memref<?x1x?x?x16xf32>, %w: memref<3x1x3x3x16x16xf32>, %y: memref<?x3x?x?x16xf32>) attributes {test.sizes = [array<i64: 1, 7, 5, 1, 2, 1>, array<i64: 1, 7, 19, 1, 2, 8>, array<i64: 1, 7, 21, 1, 2, 9>, array<i64: 1, 7, 41, 1, 2, 19>, array<i64: 1, 7, 65, 1, 2, 31>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x3x?x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh * 2, ow * 2 + kw * 2, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<?x1x?x?x16xf32>, memref<3x1x3x3x16x16xf32>) outs(%y : memref<?x3x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// 1x1 on what is in memory; only the width is dynamic
kernel.def @conv_accumulate(%x: memref<1x2x3x?x16xf32>, %w: memref<2x2x1x1x16x16xf32>, %y: memref<1x2x3x?x16xf32>) attributes {test.sizes = [array<i64: 1, 1>, array<i64: 5, 5>, array<i64: 15, 15>, array<i64: 30, 30>]} {
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x3x?x16xf32>, memref<2x2x1x1x16x16xf32>) outs(%y : memref<1x2x3x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// the width is known, the height is not
kernel.def @conv_rows(%x: memref<1x2x?x11x16xf32>, %w: memref<2x2x3x3x16x16xf32>, %y: memref<1x2x?x9x16xf32>) attributes {test.sizes = [array<i64: 3, 1>, array<i64: 6, 4>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x?x9x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x?x11x16xf32>, memref<2x2x3x3x16x16xf32>) outs(%y : memref<1x2x?x9x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// the weights' and the output's sizes are known from one another
kernel.def @conv_inferred(%x: memref<?x?x?x?x?xf32>, %w: memref<2x2x3x3x16x16xf32>, %y: memref<?x?x?x?x?xf32>) attributes {test.sizes = [array<i64: 1, 2, 6, 12, 16, 1, 2, 4, 10, 16>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x?x?x?x?xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<?x?x?x?x?xf32>, memref<2x2x3x3x16x16xf32>) outs(%y : memref<?x?x?x?x?xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// one known size after another: widths of the narrow tiles
kernel.def @conv_narrow(%x: memref<1x2x4x6x16xf32>, %w: memref<8x2x3x3x16x16xf32>, %y: memref<1x8x2x4x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x8x2x4x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x4x6x16xf32>, memref<8x2x3x3x16x16xf32>) outs(%y : memref<1x8x2x4x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// a map of one pixel
kernel.def @conv_pixel(%x: memref<1x2x3x3x16xf32>, %w: memref<8x2x3x3x16x16xf32>, %y: memref<1x8x1x1x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x8x1x1x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x3x3x16xf32>, memref<8x2x3x3x16x16xf32>) outs(%y : memref<1x8x1x1x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// known sizes that no tile divides
kernel.def @conv_static(%x: memref<2x1x5x35x16xf32>, %w: memref<6x1x3x3x16x16xf32>, %y: memref<2x6x3x33x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<2x6x3x33x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<2x1x5x35x16xf32>, memref<6x1x3x3x16x16xf32>) outs(%y : memref<2x6x3x33x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// a plain image of 3 channels
kernel.def @conv_plain_input(%x: memref<?x3x?x?xf32>, %w: memref<2x3x3x3x16xf32>, %y: memref<?x2x?x?x16xf32>) attributes {test.sizes = [array<i64: 2, 7, 3, 2, 3, 1>, array<i64: 2, 7, 35, 2, 3, 17>, array<i64: 2, 7, 57, 2, 3, 28>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x2x?x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, c, kh, kw) -> (n, c, oh * 2 + kh, ow * 2 + kw)>, affine_map<(n, kb, oh, ow, ko, c, kh, kw) -> (kb, c, kh, kw, ko)>, affine_map<(n, kb, oh, ow, ko, c, kh, kw) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<?x3x?x?xf32>, memref<2x3x3x3x16xf32>) outs(%y : memref<?x2x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// two groups
kernel.def @conv_groups(%x: memref<?x2x1x?x?x16xf32>, %w: memref<2x2x1x3x3x16x16xf32>, %y: memref<?x2x2x?x?x16xf32>) attributes {test.sizes = [array<i64: 1, 5, 4, 1, 3, 2>, array<i64: 1, 5, 22, 1, 3, 20>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x2x2x?x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, g, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, g, cb, oh + kh, ow + kw, ci)>, affine_map<(n, g, kb, oh, ow, ko, cb, kh, kw, ci) -> (g, kb, cb, kh, kw, ci, ko)>, affine_map<(n, g, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, g, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<?x2x1x?x?x16xf32>, memref<2x2x1x3x3x16x16xf32>) outs(%y : memref<?x2x2x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// along one dimension
kernel.def @conv_1d(%x: memref<?x2x?x16xf32>, %w: memref<2x2x3x16x16xf32>, %y: memref<?x2x?x16xf32>) attributes {test.sizes = [array<i64: 2, 3, 2, 1>, array<i64: 2, 18, 2, 16>, array<i64: 2, 47, 2, 45>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x2x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, ow, ko, cb, kw, ci) -> (n, cb, ow + kw, ci)>, affine_map<(n, kb, ow, ko, cb, kw, ci) -> (kb, cb, kw, ci, ko)>, affine_map<(n, kb, ow, ko, cb, kw, ci) -> (n, kb, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<?x2x?x16xf32>, memref<2x2x3x16x16xf32>) outs(%y : memref<?x2x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// in three dimensions
kernel.def @conv_3d(%x: memref<1x1x?x?x?x16xf32>, %w: memref<2x1x2x2x2x16x16xf32>, %y: memref<1x2x?x?x?x16xf32>) attributes {test.sizes = [array<i64: 3, 4, 2, 2, 3, 1>, array<i64: 3, 4, 18, 2, 3, 17>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x?x?x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, od, oh, ow, ko, cb, kd, kh, kw, ci) -> (n, cb, od + kd, oh + kh, ow + kw, ci)>, affine_map<(n, kb, od, oh, ow, ko, cb, kd, kh, kw, ci) -> (kb, cb, kd, kh, kw, ci, ko)>, affine_map<(n, kb, od, oh, ow, ko, cb, kd, kh, kw, ci) -> (n, kb, od, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x?x?x?x16xf32>, memref<2x1x2x2x2x16x16xf32>) outs(%y : memref<1x2x?x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// depthwise
kernel.def @depthwise(%x: memref<?x3x?x?x16xf32>, %w: memref<3x1x3x3x16xf32>, %y: memref<?x3x?x?x16xf32>) attributes {test.sizes = [array<i64: 2, 3, 3, 2, 1, 1>, array<i64: 2, 5, 9, 2, 3, 7>, array<i64: 2, 4, 15, 2, 2, 13>, array<i64: 2, 7, 33, 2, 5, 31>, array<i64: 2, 0, 6, 2, 0, 4>, array<i64: 2, 6, 0, 2, 4, 0>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x3x?x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (cb, 0, kh, kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh, ow, ci)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<?x3x?x?x16xf32>, memref<3x1x3x3x16xf32>) outs(%y : memref<?x3x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// depthwise, the height is known; stride 2
kernel.def @depthwise_rows(%x: memref<1x3x9x?x16xf32>, %w: memref<3x1x3x3x16xf32>, %y: memref<1x3x4x?x16xf32>) attributes {test.sizes = [array<i64: 3, 1>, array<i64: 19, 9>, array<i64: 35, 17>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x3x4x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (cb, 0, kh, kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh, ow, ci)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<1x3x9x?x16xf32>, memref<3x1x3x3x16xf32>) outs(%y : memref<1x3x4x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// depthwise, all is known
kernel.def @depthwise_static(%x: memref<1x3x7x15x16xf32>, %w: memref<3x1x3x3x16xf32>, %y: memref<1x3x5x13x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x3x5x13x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (cb, 0, kh, kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh, ow, ci)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<1x3x7x15x16xf32>, memref<3x1x3x3x16xf32>) outs(%y : memref<1x3x5x13x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// depthwise, more columns of weights than registers, and rows and columns left over; stride 2
kernel.def @depthwise_wide(%x: memref<1x2x13x37x16xf32>, %w: memref<2x1x2x20x16xf32>, %y: memref<1x2x6x9x16xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x6x9x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (cb, 0, kh, kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh, ow, ci)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x13x37x16xf32>, memref<2x1x2x20x16xf32>) outs(%y : memref<1x2x6x9x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// depthwise, dilated and strided by other factors in rows than in columns
kernel.def @depthwise_dilated(%x: memref<1x2x?x?x16xf32>, %w: memref<2x1x3x5x16xf32>, %y: memref<1x2x?x?x16xf32>) attributes {test.sizes = [array<i64: 5, 13, 1, 1>, array<i64: 10, 23, 6, 6>, array<i64: 13, 29, 9, 9>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x?x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh + kh * 2, ow * 2 + kw * 3, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (cb, 0, kh, kw, ci)>, affine_map<(n, cb, oh, ow, ci, kh, kw) -> (n, cb, oh, ow, ci)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x?x?x16xf32>, memref<2x1x3x5x16xf32>) outs(%y : memref<1x2x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// depthwise along one dimension
kernel.def @depthwise_1d(%x: memref<1x2x?x16xf32>, %w: memref<2x3x16xf32>, %y: memref<1x2x?x16xf32>) attributes {test.sizes = [array<i64: 3, 1>, array<i64: 24, 22>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x?x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, cb, ow, ci, kw) -> (n, cb, ow + kw, ci)>, affine_map<(n, cb, ow, ci, kw) -> (cb, kw, ci)>, affine_map<(n, cb, ow, ci, kw) -> (n, cb, ow, ci)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<1x2x?x16xf32>, memref<2x3x16xf32>) outs(%y : memref<1x2x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// a product with a number of rows
kernel.def @matmul(%x: memref<?x19xf32>, %w: memref<4x19x16xf32>, %y: memref<?x64xf32>) attributes {test.sizes = [array<i64: 0, 0>, array<i64: 1, 1>, array<i64: 2, 2>, array<i64: 7, 7>, array<i64: 14, 14>, array<i64: 15, 15>, array<i64: 40, 40>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x64xf32>)
  linalg.generic {indexing_maps = [affine_map<(m, nb, nl, k) -> (m, k)>, affine_map<(m, nb, nl, k) -> (nb, k, nl)>, affine_map<(m, nb, nl, k) -> (m, nb * 16 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<?x19xf32>, memref<4x19x16xf32>) outs(%y : memref<?x64xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// one row
kernel.def @matmul_vector(%x: memref<1x19xf32>, %w: memref<24x19x16xf32>, %y: memref<1x384xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x384xf32>)
  linalg.generic {indexing_maps = [affine_map<(m, nb, nl, k) -> (m, k)>, affine_map<(m, nb, nl, k) -> (nb, k, nl)>, affine_map<(m, nb, nl, k) -> (m, nb * 16 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<1x19xf32>, memref<24x19x16xf32>) outs(%y : memref<1x384xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// known rows
kernel.def @matmul_static(%x: memref<17x19xf32>, %w: memref<2x19x16xf32>, %y: memref<17x32xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<17x32xf32>)
  linalg.generic {indexing_maps = [affine_map<(m, nb, nl, k) -> (m, k)>, affine_map<(m, nb, nl, k) -> (nb, k, nl)>, affine_map<(m, nb, nl, k) -> (m, nb * 16 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<17x19xf32>, memref<2x19x16xf32>) outs(%y : memref<17x32xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// batches that lie between the rows, so that these are apart by a dynamic stride
kernel.def @matmul_apart(%x: memref<?x?x19xf32>, %w: memref<2x19x16xf32>, %y: memref<?x?x32xf32>) attributes {test.sizes = [array<i64: 1, 3, 3, 1>, array<i64: 18, 3, 3, 18>, array<i64: 5, 0, 0, 5>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x?x32xf32>)
  linalg.generic {indexing_maps = [affine_map<(b, m, nb, nl, k) -> (m, b, k)>, affine_map<(b, m, nb, nl, k) -> (nb, k, nl)>, affine_map<(b, m, nb, nl, k) -> (b, m, nb * 16 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<?x?x19xf32>, memref<2x19x16xf32>) outs(%y : memref<?x?x32xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// one product per batch
kernel.def @matmul_batch(%x: memref<?x?x7xf32>, %w: memref<?x2x7x16xf32>, %y: memref<?x?x32xf32>) attributes {test.sizes = [array<i64: 3, 1, 3, 3, 1>, array<i64: 3, 18, 3, 3, 18>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x?x32xf32>)
  linalg.generic {indexing_maps = [affine_map<(b, m, nb, nl, k) -> (b, m, k)>, affine_map<(b, m, nb, nl, k) -> (b, nb, k, nl)>, affine_map<(b, m, nb, nl, k) -> (b, m, nb * 16 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<?x?x7xf32>, memref<?x2x7x16xf32>) outs(%y : memref<?x?x32xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// More channels than are summed up in a row, residues of unequal size, onto what
// is in memory.
kernel.def @conv_dilated(%x: memref<2x6x17x13x16xf32>, %w: memref<2x6x3x3x16x16xf32>, %y: memref<2x2x11x7x16xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh * 3, ow + kw * 3, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<2x6x17x13x16xf32>, memref<2x6x3x3x16x16xf32>) outs(%y : memref<2x2x11x7x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
}
