// Reductions, over rows and over columns, with one and two outputs.
#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#xy = affine_map<(d0, d1) -> (d0, d1)>
#x = affine_map<(d0, d1) -> (d0)>
#y = affine_map<(d0, d1) -> (d1)>

// sum of a contiguous row: an accumulator per lane
kernel.def @sum_row(%x: memref<5x157xf32>, %y: memref<5xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<5xf32>)
  linalg.generic {indexing_maps = [#xy, #x], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<5x157xf32>) outs(%y : memref<5xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// mean with an epilogue: sqrt(sum(x * x) / n)
kernel.def @norm_row(%x: memref<3x4x9xf32>, %y: memref<3xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 36.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<3xf32>)
  linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0)>],
                  iterator_types = ["parallel", "reduction", "reduction"]}
      ins(%x : memref<3x4x9xf32>) outs(%y : memref<3xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.mulf %a, %a : f32
    %s = arith.addf %m, %b : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%y : memref<3xf32>) {
  ^bb0(%v: f32):
    %d = arith.divf %v, %n : f32
    %r = math.sqrt %d : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// maximum down the columns: lanes along the output
kernel.def @max_column(%x: memref<13x35xf32>, %y: memref<35xf32>) attributes {schedule = #plain} {
  %low = arith.constant 0xFF800000 : f32
  linalg.fill ins(%low : f32) outs(%y : memref<35xf32>)
  linalg.generic {indexing_maps = [#xy, #y], iterator_types = ["reduction", "parallel"]}
      ins(%x : memref<13x35xf32>) outs(%y : memref<35xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.maximumf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// everything to one number, on what is in memory
kernel.def @sum_all(%x: memref<11x7xf32>, %y: memref<f32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#xy, affine_map<(d0, d1) -> ()>], iterator_types = ["reduction", "reduction"]}
      ins(%x : memref<11x7xf32>) outs(%y : memref<f32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// kept dimension of size 1
kernel.def @sum_keep(%x: memref<1x6x5x3xf32>, %y: memref<1x6x1x1xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x6x1x1xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, c, h, w)>, affine_map<(n, c, h, w) -> (n, c, 0, 0)>],
                  iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%x : memref<1x6x5x3xf32>) outs(%y : memref<1x6x1x1xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// integers, products
kernel.def @product_i64(%x: memref<4x21xi64>, %y: memref<4xi64>) attributes {schedule = #plain} {
  %one = arith.constant 1 : i64
  linalg.fill ins(%one : i64) outs(%y : memref<4xi64>)
  linalg.generic {indexing_maps = [#xy, #x], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<4x21xi64>) outs(%y : memref<4xi64>) {
  ^bb0(%a: i64, %b: i64):
    %c = arith.constant 3 : i64
    %o = arith.ori %a, %c : i64
    %s = arith.muli %o, %b : i64
    linalg.yield %s : i64
  }
  kernel.yield
}

// argmax over rows and over columns
kernel.def @argmax_row(%x: memref<6x23xf32>, %v: memref<6xf32>, %i: memref<6xi64>) attributes {schedule = #plain} {
  %low = arith.constant 0xFF800000 : f32
  %zero = arith.constant 0 : i64
  linalg.fill ins(%low : f32) outs(%v : memref<6xf32>)
  linalg.fill ins(%zero : i64) outs(%i : memref<6xi64>)
  linalg.generic {indexing_maps = [#xy, #x, #x], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<6x23xf32>) outs(%v, %i : memref<6xf32>, memref<6xi64>) {
  ^bb0(%a: f32, %best: f32, %at: i64):
    %n = linalg.index 1 : index
    %k = arith.index_cast %n : index to i64
    %better = arith.cmpf ogt, %a, %best : f32
    %r = arith.select %better, %a, %best : f32
    %s = arith.select %better, %k, %at : i64
    linalg.yield %r, %s : f32, i64
  }
  kernel.yield
}

kernel.def @argmax_column(%x: memref<6x23xf32>, %v: memref<23xf32>, %i: memref<23xi64>) attributes {schedule = #plain} {
  %low = arith.constant 0xFF800000 : f32
  %zero = arith.constant 0 : i64
  linalg.fill ins(%low : f32) outs(%v : memref<23xf32>)
  linalg.fill ins(%zero : i64) outs(%i : memref<23xi64>)
  linalg.generic {indexing_maps = [#xy, #y, #y], iterator_types = ["reduction", "parallel"]}
      ins(%x : memref<6x23xf32>) outs(%v, %i : memref<23xf32>, memref<23xi64>) {
  ^bb0(%a: f32, %best: f32, %at: i64):
    %n = linalg.index 0 : index
    %k = arith.index_cast %n : index to i64
    %better = arith.cmpf ogt, %a, %best : f32
    %r = arith.select %better, %a, %best : f32
    %s = arith.select %better, %k, %at : i64
    linalg.yield %r, %s : f32, i64
  }
  kernel.yield
}

// softmax's sum: exp(x - max) along the row
kernel.def @exp_sum(%x: memref<5x40xf32>, %m: memref<5xf32>, %y: memref<5xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<5xf32>)
  linalg.generic {indexing_maps = [#xy, #x, #x], iterator_types = ["parallel", "reduction"]}
      ins(%x, %m : memref<5x40xf32>, memref<5xf32>) outs(%y : memref<5xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %d = arith.subf %a, %b : f32
    %e = math.exp %d : f32
    %s = arith.addf %e, %c : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// no steps: the initial value is the result
kernel.def @sum_of_nothing(%x: memref<4x0xf32>, %y: memref<4xf32>) attributes {schedule = #plain} {
  %c = arith.constant 2.0 : f32
  linalg.fill ins(%c : f32) outs(%y : memref<4xf32>)
  linalg.generic {indexing_maps = [#xy, #x], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<4x0xf32>) outs(%y : memref<4xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// matrix product
kernel.def @matmul(%a: memref<5x12xf32>, %b: memref<12x37xf32>, %c: memref<5x37xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<5x37xf32>)
  linalg.matmul ins(%a, %b : memref<5x12xf32>, memref<12x37xf32>) outs(%c : memref<5x37xf32>)
  kernel.yield
}

// matrix product with a transposed right side: reduced by vectors
kernel.def @matmul_transposed(%a: memref<5x37xf32>, %b: memref<6x37xf32>, %c: memref<5x6xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<5x6xf32>)
  linalg.matmul_transpose_b ins(%a, %b : memref<5x37xf32>, memref<6x37xf32>) outs(%c : memref<5x6xf32>)
  kernel.yield
}
