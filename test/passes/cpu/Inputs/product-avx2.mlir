// Products in channel blocks of 8: every row of the schedule table that
// admits one runs it.
module attributes {kernel.target = #kernel.target<cpu = "test", features = "", isa = avx2, lanes = 8, threads = 2>} {

// 1x1 with blocks of channels left over of both sides, bias, residual and relu
kernel.def @pointwise(%x: memref<2x7x5x5x8xf32>, %w: memref<9x7x1x1x8x8xf32>, %bias: memref<9x8xf32>, %z: memref<2x9x5x5x8xf32>, %y: memref<2x9x5x5x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<2x9x5x5x8xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<2x7x5x5x8xf32>, memref<9x7x1x1x8x8xf32>) outs(%y : memref<2x9x5x5x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(n, kb, oh, ow, ko) -> (kb, ko)>, affine_map<(n, kb, oh, ow, ko) -> (n, kb, oh, ow, ko)>, affine_map<(n, kb, oh, ow, ko) -> (n, kb, oh, ow, ko)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%bias, %z : memref<9x8xf32>, memref<2x9x5x5x8xf32>) outs(%y : memref<2x9x5x5x8xf32>) {
  ^bb0(%c: f32, %r: f32, %v: f32):
    %t = arith.addf %v, %c : f32
    %u = arith.addf %t, %r : f32
    %m = arith.maximumf %u, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// Three blocks left over of the input, of a single image row
kernel.def @pointwise_rest(%x: memref<1x11x1x29x8xf32>, %w: memref<12x11x1x1x8x8xf32>, %y: memref<1x12x1x29x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x12x1x29x8xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x11x1x29x8xf32>, memref<12x11x1x1x8x8xf32>) outs(%y : memref<1x12x1x29x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// More channels than a slice has, onto what is in memory
kernel.def @pointwise_slices(%x: memref<1x69x1x7x8xf32>, %w: memref<139x69x1x1x8x8xf32>, %y: memref<1x139x1x7x8xf32>) {
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x69x1x7x8xf32>, memref<139x69x1x1x8x8xf32>) outs(%y : memref<1x139x1x7x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// Stride 2, into a slice of a larger image
kernel.def @pointwise_strided(%x: memref<1x4x9x5x8xf32>, %w: memref<8x4x1x1x8x8xf32>, %y: memref<1x8x5x3x8xf32, strided<[3072, 384, 48, 8, 1]>>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x8x5x3x8xf32, strided<[3072, 384, 48, 8, 1]>>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh, ow * 2 + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x9x5x8xf32>, memref<8x4x1x1x8x8xf32>) outs(%y : memref<1x8x5x3x8xf32, strided<[3072, 384, 48, 8, 1]>>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// Groups, images, and pixels that do not divide
kernel.def @pointwise_groups(%x: memref<2x2x5x3x3x8xf32>, %w: memref<2x8x5x1x1x8x8xf32>, %y: memref<2x2x8x3x3x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<2x2x8x3x3x8xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, g, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, g, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, g, kb, oh, ow, ko, cb, kh, kw, ci) -> (g, kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, g, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, g, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<2x2x5x3x3x8xf32>, memref<2x8x5x1x1x8x8xf32>) outs(%y : memref<2x2x8x3x3x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// The same left over from a matrix product, of a batch that shares the matrix
kernel.def @matmul_wide(%x: memref<3x17x56xf32>, %w: memref<9x56x8xf32>, %y: memref<3x17x72xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<3x17x72xf32>)
  linalg.generic {indexing_maps = [affine_map<(b, m, nb, nl, k) -> (b, m, k)>, affine_map<(b, m, nb, nl, k) -> (nb, k, nl)>, affine_map<(b, m, nb, nl, k) -> (b, m, nb * 8 + nl)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<3x17x56xf32>, memref<9x56x8xf32>) outs(%y : memref<3x17x72xf32>) {
  ^bb0(%a: f32, %c: f32, %acc: f32):
    %p = arith.mulf %a, %c : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
}
