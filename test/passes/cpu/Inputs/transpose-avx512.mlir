// Loops that read across what they write, against naive loops.
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v4", features = "", isa = avx512, lanes = 16, threads = 2>} {

// to plain channels, some of a block and some of a row left over; with a bias and a ReLU
kernel.def @to_plain(%x: memref<2x3x5x7x16xf32>, %b: memref<37xf32>, %y: memref<2x37x5x7xf32>) {
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, c floordiv 16, h, w, c mod 16)>, affine_map<(n, c, h, w) -> (n, c, h, w)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<2x3x5x7x16xf32>) outs(%y : memref<2x37x5x7xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  }
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, c, h, w)>, affine_map<(n, c, h, w) -> (c)>, affine_map<(n, c, h, w) -> (n, c, h, w)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%y, %b : memref<2x37x5x7xf32>, memref<37xf32>) outs(%y : memref<2x37x5x7xf32>) {
  ^bb0(%a: f32, %bias: f32, %o: f32):
    %s = arith.addf %a, %bias : f32
    %m = arith.maximumf %s, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// to blocked channels
kernel.def @to_blocked(%x: memref<1x48x9x31xf32>, %y: memref<1x3x9x31x16xf32>) {
  linalg.generic {indexing_maps = [affine_map<(n, cb, h, w, ci) -> (n, cb * 16 + ci, h, w)>, affine_map<(n, cb, h, w, ci) -> (n, cb, h, w, ci)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<1x48x9x31xf32>) outs(%y : memref<1x3x9x31x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// a matrix and its transpose, of any size
kernel.def @transposed(%x: memref<?x?xf32>, %z: memref<?x?xf32>, %r: memref<?xf32>, %y: memref<?x?xf32>)
    attributes {test.sizes = [array<i64: 40, 50, 50, 40, 40, 50, 40>, array<i64: 1, 1, 1, 1, 1, 1, 1>, array<i64: 3, 33, 33, 3, 3, 33, 3>, array<i64: 700, 5, 5, 700, 700, 5, 700>, array<i64: 0, 5, 5, 0, 0, 5, 0>, array<i64: 16, 600, 600, 16, 16, 600, 16>]} {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x, %z, %r : memref<?x?xf32>, memref<?x?xf32>, memref<?xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32, %o: f32):
    %s = arith.addf %a, %b : f32
    %t = arith.mulf %s, %c : f32
    linalg.yield %t : f32
  }
  kernel.yield
}

// two of them, read across the same way; the channels are known
kernel.def @channels_last(%x: memref<?x?x?x19xf32>, %z: memref<?x?x19xf32>, %y: memref<?x19x?x?xf32>)
    attributes {test.sizes = [array<i64: 2, 3, 5, 3, 5, 2, 3, 5>, array<i64: 1, 20, 33, 20, 33, 1, 20, 33>]} {
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, h, w, c)>, affine_map<(n, c, h, w) -> (h, w, c)>, affine_map<(n, c, h, w) -> (n, c, h, w)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %z : memref<?x?x?x19xf32>, memref<?x?x19xf32>) outs(%y : memref<?x19x?x?xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.subf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
}
