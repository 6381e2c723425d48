// Convolutions in channel blocks of 8 whose rows and columns are filtered in
// other ways than by 3 taps of stride 1: every row of the schedule table that
// admits one runs it.
module attributes {kernel.target = #kernel.target<cpu = "test", features = "", isa = avx2, lanes = 8, threads = 2>} {

// two phases along each dimension, with bias and relu
kernel.def @strided(%x: memref<1x2x15x19x8xf32>, %w: memref<6x2x3x3x8x8xf32>, %bias: memref<6x8xf32>, %y: memref<1x6x7x9x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x6x7x9x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x15x19x8xf32>, memref<6x2x3x3x8x8xf32>) outs(%y : memref<1x6x7x9x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko) -> (kb, ko)>, affine_map<(n, kb, oh, ow, ko) -> (n, kb, oh, ow, ko)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%bias : memref<6x8xf32>) outs(%y : memref<1x6x7x9x8xf32>) {
  ^bb0(%c: f32, %v: f32):
    %t = arith.addf %v, %c : f32
    %m = arith.maximumf %t, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// more channels than are summed up in a row
kernel.def @strided_deep(%x: memref<2x5x11x13x8xf32>, %w: memref<3x5x3x3x8x8xf32>, %y: memref<2x3x5x6x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<2x3x5x6x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<2x5x11x13x8xf32>, memref<3x5x3x3x8x8xf32>) outs(%y : memref<2x3x5x6x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// sizes that come at run time
kernel.def @strided_dynamic(%x: memref<1x1x?x?x8xf32>, %w: memref<1x1x3x3x8x8xf32>, %y: memref<1x1x?x?x8xf32>) attributes {test.sizes = [array<i64: 3, 3, 1, 1>, array<i64: 9, 11, 4, 5>, array<i64: 19, 27, 9, 13>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x?x?x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x?x?x8xf32>, memref<1x1x3x3x8x8xf32>) outs(%y : memref<1x1x?x?x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// stride along one dimension alone
kernel.def @strided_columns(%x: memref<1x1x8x11x8xf32>, %w: memref<1x1x3x3x8x8xf32>, %y: memref<1x1x6x5x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x6x5x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow * 2 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x8x11x8xf32>, memref<1x1x3x3x8x8xf32>) outs(%y : memref<1x1x6x5x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// three phases, one tap each
kernel.def @stride_3(%x: memref<1x1x15x15x8xf32>, %w: memref<1x1x3x3x8x8xf32>, %y: memref<1x1x5x5x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x5x5x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 3 + kh, ow * 3 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x15x15x8xf32>, memref<1x1x3x3x8x8xf32>) outs(%y : memref<1x1x5x5x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// a strided kernel without other rows
kernel.def @strided_row(%x: memref<1x1x9x13x8xf32>, %w: memref<1x1x1x3x8x8xf32>, %y: memref<1x1x5x6x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x5x6x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x9x13x8xf32>, memref<1x1x1x3x8x8xf32>) outs(%y : memref<1x1x5x6x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// one dimension
kernel.def @column(%x: memref<1x2x11x5x8xf32>, %w: memref<1x2x3x1x8x8xf32>, %y: memref<1x1x9x5x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x9x5x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x11x5x8xf32>, memref<1x2x3x1x8x8xf32>) outs(%y : memref<1x1x9x5x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// one dimension, dilated
kernel.def @row_dilated(%x: memref<1x2x3x25x8xf32>, %w: memref<1x2x1x3x8x8xf32>, %y: memref<1x1x3x17x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x3x17x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw * 4, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x3x25x8xf32>, memref<1x2x1x3x8x8xf32>) outs(%y : memref<1x1x3x17x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// long: three phases
kernel.def @row_7(%x: memref<1x1x3x17x8xf32>, %w: memref<1x1x1x7x8x8xf32>, %y: memref<1x1x3x11x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x3x11x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x3x17x8xf32>, memref<1x1x1x7x8x8xf32>) outs(%y : memref<1x1x3x11x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// two phases of different length
kernel.def @kernel_5(%x: memref<1x2x10x11x8xf32>, %w: memref<1x2x5x5x8x8xf32>, %y: memref<1x1x6x7x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x6x7x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x10x11x8xf32>, memref<1x2x5x5x8x8xf32>) outs(%y : memref<1x1x6x7x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// two phases of different length for each residue
kernel.def @kernel_5_strided(%x: memref<1x1x15x13x8xf32>, %w: memref<1x1x5x5x8x8xf32>, %y: memref<1x1x6x5x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x6x5x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x15x13x8xf32>, memref<1x1x5x5x8x8xf32>) outs(%y : memref<1x1x6x5x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// two taps, as of transposed convolutions
kernel.def @kernel_2(%x: memref<1x2x8x7x8xf32>, %w: memref<1x2x2x2x8x8xf32>, %y: memref<1x1x7x6x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x7x6x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x8x7x8xf32>, memref<1x2x2x2x8x8xf32>) outs(%y : memref<1x1x7x6x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// residues with different numbers of tiles, other ones in columns than in rows
kernel.def @dilated(%x: memref<1x1x25x19x8xf32>, %w: memref<1x1x3x3x8x8xf32>, %y: memref<1x1x17x13x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x17x13x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh * 4, ow + kw * 3, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x25x19x8xf32>, memref<1x1x3x3x8x8xf32>) outs(%y : memref<1x1x17x13x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// a dilation larger than the map
kernel.def @dilated_far(%x: memref<1x1x17x25x8xf32>, %w: memref<1x1x3x3x8x8xf32>, %y: memref<1x1x5x7x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x5x7x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh * 6, ow + kw * 9, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x17x25x8xf32>, memref<1x1x3x3x8x8xf32>) outs(%y : memref<1x1x5x7x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// residues of a map whose size comes at run time
kernel.def @dilated_dynamic(%x: memref<1x1x?x?x8xf32>, %w: memref<1x1x3x3x8x8xf32>, %y: memref<1x1x?x?x8xf32>) attributes {test.sizes = [array<i64: 9, 10, 1, 2>, array<i64: 25, 21, 17, 13>, array<i64: 11, 27, 3, 19>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x1x?x?x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh * 4, ow + kw * 4, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x?x?x8xf32>, memref<1x1x3x3x8x8xf32>) outs(%y : memref<1x1x?x?x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// tiles that lack an output in rows, in columns, in both, in all rows
kernel.def @shorter_rows(%x: memref<1x2x15x18x8xf32>, %w: memref<2x2x3x3x8x8xf32>, %y: memref<1x2x13x16x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x13x16x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x15x18x8xf32>, memref<2x2x3x3x8x8xf32>) outs(%y : memref<1x2x13x16x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

kernel.def @shorter_columns(%x: memref<1x2x10x16x8xf32>, %w: memref<6x2x3x3x8x8xf32>, %y: memref<1x6x8x14x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x6x8x14x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x10x16x8xf32>, memref<6x2x3x3x8x8xf32>) outs(%y : memref<1x6x8x14x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

kernel.def @shorter_both(%x: memref<1x5x15x12x8xf32>, %w: memref<4x5x3x3x8x8xf32>, %y: memref<1x4x13x10x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x4x13x10x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x5x15x12x8xf32>, memref<4x5x3x3x8x8xf32>) outs(%y : memref<1x4x13x10x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

kernel.def @shorter_all(%x: memref<1x1x7x28x8xf32>, %w: memref<2x1x3x3x8x8xf32>, %y: memref<1x2x5x26x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x5x26x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x7x28x8xf32>, memref<2x1x3x3x8x8xf32>) outs(%y : memref<1x2x5x26x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

kernel.def @shorter_strided(%x: memref<1x2x27x23x8xf32>, %w: memref<2x2x3x3x8x8xf32>, %y: memref<1x2x13x11x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x13x11x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x27x23x8xf32>, memref<2x2x3x3x8x8xf32>) outs(%y : memref<1x2x13x11x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// and more of them, of several slices of channels
kernel.def @shorter_sliced(%x: memref<1x10x24x27x8xf32>, %w: memref<2x10x3x3x8x8xf32>, %y: memref<1x2x22x25x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x22x25x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x10x24x27x8xf32>, memref<2x10x3x3x8x8xf32>) outs(%y : memref<1x2x22x25x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// two phases, in slices
kernel.def @strided_sliced(%x: memref<1x10x15x13x8xf32>, %w: memref<2x10x3x3x8x8xf32>, %y: memref<1x2x7x6x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x7x6x8xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>, affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x10x15x13x8xf32>, memref<2x10x3x3x8x8xf32>) outs(%y : memref<1x2x7x6x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
}
