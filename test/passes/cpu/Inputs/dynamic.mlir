// Buffers with sizes that are known at run time. Lists of test.sizes: index
// operands, then the sizes `?` of all buffers.
#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#channel = affine_map<(d0, d1, d2, d3) -> (d1)>
#column = affine_map<(d0, d1, d2, d3) -> (d3)>
#xy = affine_map<(d0, d1) -> (d0, d1)>
#x = affine_map<(d0, d1) -> (d0)>
#y = affine_map<(d0, d1) -> (d1)>

// one dimension, in chunks
kernel.def @relu(%x: memref<?x3x?x?xf32>, %y: memref<?x3x?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 1, 7, 5, 1, 7, 5>, array<i64: 2, 100, 101, 2, 100, 101>,
                                                 array<i64: 1, 1, 1, 1, 1, 1>, array<i64: 0, 7, 5, 0, 7, 5>, array<i64: 2, 7, 0, 2, 7, 0>]} {
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<?x3x?x?xf32>) outs(%y : memref<?x3x?x?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.maximumf %a, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// a size that only one operand knows
kernel.def @broadcast(%x: memref<?x3x?x?xf32>, %scale: memref<3xf32>, %shift: memref<?xf32>, %y: memref<?x?x5x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 2, 5, 19, 19, 2, 3, 19>, array<i64: 1, 5, 1, 1, 1, 3, 1>,
                                                 array<i64: 3, 5, 6000, 6000, 3, 3, 6000>, array<i64: 3, 5, 0, 0, 3, 3, 0>]} {
  linalg.generic {indexing_maps = [#id, #channel, #column, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %scale, %shift : memref<?x3x?x?xf32>, memref<3xf32>, memref<?xf32>) outs(%y : memref<?x?x5x?xf32>) {
  ^bb0(%a: f32, %s: f32, %t: f32, %b: f32):
    %m = arith.mulf %a, %s : f32
    %r = arith.addf %m, %t : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// channel blocks: the chunks are of pixels, not of lanes
kernel.def @bias_blocked(%x: memref<?x2x?x?x16xf32>, %bias: memref<2x16xf32>, %y: memref<?x2x?x?x16xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 1, 7, 5, 1, 7, 5>, array<i64: 2, 33, 34, 2, 33, 34>, array<i64: 2, 0, 5, 2, 0, 5>]} {
  linalg.generic {indexing_maps = [affine_map<(n, k, h, w, c) -> (n, k, h, w, c)>, affine_map<(n, k, h, w, c) -> (k, c)>,
                                   affine_map<(n, k, h, w, c) -> (n, k, h, w, c)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %bias : memref<?x2x?x?x16xf32>, memref<2x16xf32>) outs(%y : memref<?x2x?x?x16xf32>) {
  ^bb0(%a: f32, %s: f32, %b: f32):
    %m = arith.addf %a, %s : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// indices of dynamic dimensions, and a scalar of the host
kernel.def @index(%x: memref<1x6x?x?xf32>, %n: index, %y: memref<1x6x?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 3, 4, 9, 4, 9>, array<i64: -2, 4, 70, 4, 70>, array<i64: 0, 1, 1, 1, 1>]} {
  %two = arith.constant 2 : index
  %n2 = arith.muli %n, %two : index
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<1x6x?x?xf32>) outs(%y : memref<1x6x?x?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %c = linalg.index 1 : index
    %w = linalg.index 3 : index
    %s = arith.addi %c, %w : index
    %t = arith.addi %s, %n2 : index
    %i = arith.index_cast %t : index to i64
    %f = arith.sitofp %i : i64 to f32
    %r = arith.mulf %a, %f : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// an index operand of the generic itself
kernel.def @index_operand(%n: index, %x: memref<?xf32>, %y: memref<?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 3, 40, 40>]} {
  linalg.generic {indexing_maps = [affine_map<(d0) -> ()>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%n, %x : index, memref<?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%i: index, %a: f32, %b: f32):
    %j = arith.index_cast %i : index to i64
    %f = arith.sitofp %j : i64 to f32
    %r = arith.mulf %a, %f : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

kernel.def @transpose(%x: memref<?x?xf32>, %y: memref<?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 33, 20, 20, 33>, array<i64: 1, 20, 20, 1>, array<i64: 0, 20, 20, 0>, array<i64: 300, 77, 77, 300>]} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// two views of one buffer whose dimensions join differently
kernel.def @two_views(%x: memref<?x?x?xf32>, %z: memref<?x?x?x?xf32>, %y: memref<?x?x?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4>, array<i64: 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3>]} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>, affine_map<(d0, d1, d2, d3) -> (d3, d0, d1)>, #id, #id],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %x, %z : memref<?x?x?xf32>, memref<?x?x?xf32>, memref<?x?x?x?xf32>) outs(%y : memref<?x?x?x?xf32>) {
  ^bb0(%a: f32, %c: f32, %d: f32, %b: f32):
    %s = arith.addf %a, %c : f32
    %r = arith.mulf %s, %d : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// from a dense buffer into a slice of static size
kernel.def @into_slice(%x: memref<?x?xf32>, %y: memref<4x21xf32, strided<[40, 1]>>)
    attributes {schedule = #plain, test.sizes = [array<i64: 4, 21>]} {
  linalg.generic {indexing_maps = [#xy, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<4x21xf32, strided<[40, 1]>>) {
  ^bb0(%a: f32, %b: f32):
    %r = arith.negf %a : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// from a slice of static size, rows are repeated
kernel.def @from_slice(%x: memref<3x21xf32, strided<[40, 1]>>, %y: memref<?x3x21xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 4>, array<i64: 1>, array<i64: 0>]} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>],
                  iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : memref<3x21xf32, strided<[40, 1]>>) outs(%y : memref<?x3x21xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// an epilogue with a residual, a bias per row and a scalar of the host
kernel.def @epilogue(%x: memref<?x?xf32>, %z: memref<?x?xf32>, %bias: memref<?xf32>, %n: index, %y: memref<?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 2, 5, 37, 5, 37, 5, 5, 37>, array<i64: 2, 1, 1, 1, 1, 1, 1, 1>,
                                                 array<i64: 2, 0, 37, 0, 37, 0, 0, 37>, array<i64: 7, 3, 5000, 3, 5000, 3, 3, 5000>]} {
  %i = arith.index_cast %n : index to i64
  %scale = arith.sitofp %i : i64 to f32
  linalg.generic {indexing_maps = [#xy, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.mulf %a, %scale : f32
    linalg.yield %m : f32
  }
  linalg.generic {indexing_maps = [#xy, #x, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%z, %bias : memref<?x?xf32>, memref<?xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%r: f32, %s: f32, %v: f32):
    %t = arith.addf %v, %r : f32
    %u = arith.addf %t, %s : f32
    linalg.yield %u : f32
  }
  kernel.yield
}

// the epilogue knows more sizes than the root
kernel.def @epilogue_of_one(%x: memref<?x?xf32>, %z: memref<1x37xf32>, %y: memref<?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 1, 37, 1, 37>]} {
  linalg.generic {indexing_maps = [#xy, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.negf %a : f32
    linalg.yield %m : f32
  }
  linalg.generic {indexing_maps = [#xy, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%z : memref<1x37xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%r: f32, %v: f32):
    %t = arith.addf %v, %r : f32
    linalg.yield %t : f32
  }
  kernel.yield
}

// sum of rows, over the square root of a number from the host
kernel.def @norm_row(%x: memref<?x4x?xf32>, %n: index, %y: memref<?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 36, 3, 9, 3>, array<i64: 400, 3, 100, 3>, array<i64: 4, 3, 0, 3>, array<i64: 4, 0, 9, 0>,
                                                 array<i64: 4, 300, 1, 300>, array<i64: 64, 2, 16, 2>, array<i64: 64, 2, 64, 2>]} {
  %zero = arith.constant 0.0 : f32
  %i = arith.index_cast %n : index to i64
  %f = arith.sitofp %i : i64 to f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?xf32>)
  linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0)>],
                  iterator_types = ["parallel", "reduction", "reduction"]}
      ins(%x : memref<?x4x?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.mulf %a, %a : f32
    %s = arith.addf %m, %b : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%y : memref<?xf32>) {
  ^bb0(%v: f32):
    %d = arith.divf %v, %f : f32
    %r = math.sqrt %d : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

kernel.def @max_column(%x: memref<?x?xf32>, %y: memref<?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 13, 35, 35>, array<i64: 0, 35, 35>, array<i64: 13, 0, 0>, array<i64: 1, 1, 1>]} {
  %low = arith.constant 0xFF800000 : f32
  linalg.fill ins(%low : f32) outs(%y : memref<?xf32>)
  linalg.generic {indexing_maps = [#xy, #y], iterator_types = ["reduction", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.maximumf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// everything to one number, on what is in memory
kernel.def @sum_all(%x: memref<?x7xf32>, %y: memref<f32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 11>, array<i64: 0>, array<i64: 1>]} {
  linalg.generic {indexing_maps = [#xy, affine_map<(d0, d1) -> ()>], iterator_types = ["reduction", "reduction"]}
      ins(%x : memref<?x7xf32>) outs(%y : memref<f32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

kernel.def @sum_keep(%x: memref<?x6x?x3xf32>, %y: memref<?x6x1x1xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 1, 5, 1>, array<i64: 2, 50, 2>, array<i64: 2, 0, 2>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x6x1x1xf32>)
  linalg.generic {indexing_maps = [#id, affine_map<(n, c, h, w) -> (n, c, 0, 0)>],
                  iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%x : memref<?x6x?x3xf32>) outs(%y : memref<?x6x1x1xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// two outputs
kernel.def @argmax_row(%x: memref<?x?xf32>, %v: memref<?xf32>, %i: memref<?xi64>)
    attributes {schedule = #plain, test.sizes = [array<i64: 6, 23, 6, 6>, array<i64: 6, 1, 6, 6>, array<i64: 0, 23, 0, 0>]} {
  %low = arith.constant 0xFF800000 : f32
  %zero = arith.constant 0 : i64
  linalg.fill ins(%low : f32) outs(%v : memref<?xf32>)
  linalg.fill ins(%zero : i64) outs(%i : memref<?xi64>)
  linalg.generic {indexing_maps = [#xy, #x, #x], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf32>) outs(%v, %i : memref<?xf32>, memref<?xi64>) {
  ^bb0(%a: f32, %b: f32, %c: i64):
    %n = linalg.index 1 : index
    %m = arith.index_cast %n : index to i64
    %g = arith.cmpf ogt, %a, %b : f32
    %p = arith.select %g, %a, %b : f32
    %q = arith.select %g, %m, %c : i64
    linalg.yield %p, %q : f32, i64
  }
  kernel.yield
}

// element types without masked loads
kernel.def @quantize(%x: memref<?x?xf32>, %y: memref<?x?xi8>)
    attributes {schedule = #plain, test.sizes = [array<i64: 3, 37, 3, 37>, array<i64: 1, 1, 1, 1>, array<i64: 0, 1, 0, 1>]} {
  %scale = arith.constant 50.0 : f32
  linalg.generic {indexing_maps = [#xy, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%y : memref<?x?xi8>) {
  ^bb0(%a: f32, %b: i8):
    %m = arith.mulf %a, %scale : f32
    %e = math.roundeven %m : f32
    %r = arith.fptosi %e : f32 to i8
    linalg.yield %r : i8
  }
  kernel.yield
}

kernel.def @sum_f16(%x: memref<?x?xf16>, %z: memref<?x?xf64>, %c: memref<?x?xi1>, %y: memref<?x?xf64>)
    attributes {schedule = #plain, test.sizes = [array<i64: 3, 37, 3, 37, 3, 37, 3, 37>, array<i64: 1, 1, 1, 1, 1, 1, 1, 1>]} {
  linalg.generic {indexing_maps = [#xy, #xy, #xy, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%x, %z, %c : memref<?x?xf16>, memref<?x?xf64>, memref<?x?xi1>) outs(%y : memref<?x?xf64>) {
  ^bb0(%a: f16, %b: f64, %p: i1, %d: f64):
    %e = arith.extf %a : f16 to f64
    %s = arith.addf %e, %b : f64
    %r = arith.select %p, %s, %b : f64
    linalg.yield %r : f64
  }
  kernel.yield
}

kernel.def @sum_row_i64(%x: memref<?x?xi64>, %y: memref<?xi64>)
    attributes {schedule = #plain, test.sizes = [array<i64: 4, 21, 4>, array<i64: 4, 200, 4>, array<i64: 4, 0, 4>]} {
  %zero = arith.constant 0 : i64
  linalg.fill ins(%zero : i64) outs(%y : memref<?xi64>)
  linalg.generic {indexing_maps = [#xy, #x], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xi64>) outs(%y : memref<?xi64>) {
  ^bb0(%a: i64, %b: i64):
    %s = arith.addi %a, %b : i64
    linalg.yield %s : i64
  }
  kernel.yield
}

// 3x3 max pool, blocked; pads are the host's, loads are of a dynamic buffer
kernel.def @max_pool(%x: memref<?x2x?x?x16xf32>, %pad: index, %y: memref<?x2x?x?x16xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 1, 1, 9, 7, 1, 5, 4>, array<i64: 0, 1, 3, 3, 1, 1, 1>,
                                                 array<i64: 1, 2, 1, 1, 2, 1, 1>, array<i64: 1, 0, 9, 7, 0, 5, 4>]} {
  %low = arith.constant 0xFF800000 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %height = memref.dim %x, %c2 : memref<?x2x?x?x16xf32>
  linalg.generic {indexing_maps = [affine_map<(n, k, h, w, c) -> (n, k, h, w, c)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      outs(%y : memref<?x2x?x?x16xf32>) {
  ^bb0(%b: f32):
    %n = linalg.index 0 : index
    %k = linalg.index 1 : index
    %h = linalg.index 2 : index
    %w = linalg.index 3 : index
    %c = linalg.index 4 : index
    %width = memref.dim %x, %c3 : memref<?x2x?x?x16xf32>
    %h2 = arith.muli %h, %c2 : index
    %w2 = arith.muli %w, %c2 : index
    %hs = arith.subi %h2, %pad : index
    %ws = arith.subi %w2, %pad : index
    %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%acc = %low) -> f32 {
      %s = scf.for %j = %c0 to %c3 step %c1 iter_args(%acc2 = %acc) -> f32 {
        %y0 = arith.addi %hs, %i : index
        %x0 = arith.addi %ws, %j : index
        %iny = arith.cmpi ult, %y0, %height : index
        %inx = arith.cmpi ult, %x0, %width : index
        %in = arith.andi %iny, %inx : i1
        %t = scf.if %in -> f32 {
          %v = memref.load %x[%n, %k, %y0, %x0, %c] : memref<?x2x?x?x16xf32>
          %m = arith.maximumf %v, %acc2 : f32
          scf.yield %m : f32
        } else {
          scf.yield %acc2 : f32
        }
        scf.yield %t : f32
      }
      scf.yield %s : f32
    }
    linalg.yield %r : f32
  }
  kernel.yield
}

// a window of dynamic size, which only an operand that nothing reads knows
kernel.def @window(%x: memref<?x?x?xf32>, %w: memref<?x?xf32>, %y: memref<?x?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 3, 10, 11, 3, 2, 3, 8, 10>, array<i64: 3, 10, 40, 1, 1, 3, 10, 40>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x?x?xf32>)
  linalg.generic {indexing_maps = [affine_map<(c, h, w, i, j) -> (c, h + i, w + j)>, affine_map<(c, h, w, i, j) -> (i, j)>,
                                   affine_map<(c, h, w, i, j) -> (c, h, w)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<?x?x?xf32>, memref<?x?xf32>) outs(%y : memref<?x?x?xf32>) {
  ^bb0(%a: f32, %u: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// rows of a table, with the table's size at run time
kernel.def @gather_rows(%table: memref<?x?xf32>, %i: memref<?xi64>, %y: memref<?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 4, 37, 9, 9, 37>, array<i64: 4, 1, 9, 9, 1>, array<i64: 4, 37, 0, 0, 37>]} {
  linalg.generic {indexing_maps = [#x, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%i : memref<?xi64>) outs(%y : memref<?x?xf32>) {
  ^bb0(%g: i64, %b: f32):
    %row = arith.index_cast %g : i64 to index
    %column = linalg.index 1 : index
    %v = memref.load %table[%row, %column] : memref<?x?xf32>
    linalg.yield %v : f32
  }
  kernel.yield
}

// a matrix product as written
kernel.def @product(%l: memref<?x?xf32>, %r: memref<?x?xf32>, %y: memref<?x?xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 5, 7, 7, 33, 5, 33>, array<i64: 5, 0, 0, 33, 5, 33>, array<i64: 1, 7, 7, 1, 1, 1>,
                                                 array<i64: 0, 7, 7, 1, 0, 1>, array<i64: 40, 60, 60, 50, 40, 50>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<?x?xf32>)
  linalg.matmul ins(%l, %r : memref<?x?xf32>, memref<?x?xf32>) outs(%y : memref<?x?xf32>)
  kernel.yield
}

// known sizes and a buffer whose size nothing depends on
kernel.def @static_loops(%x: memref<4x5xf32>, %table: memref<?xf32>, %y: memref<4x5xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 3>]} {
  %c2 = arith.constant 2 : index
  linalg.generic {indexing_maps = [#xy, #xy], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<4x5xf32>) outs(%y : memref<4x5xf32>) {
  ^bb0(%a: f32, %b: f32):
    %v = memref.load %table[%c2] : memref<?xf32>
    %s = arith.addf %a, %v : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// a known size of zero
kernel.def @nothing(%x: memref<?x0x3xf32>, %y: memref<?x0x3xf32>, %z: memref<?x3xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 3, 3, 3>]} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%z : memref<?x3xf32>)
  linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>],
                  iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %y : memref<?x0x3xf32>, memref<?x0x3xf32>) outs(%z : memref<?x3xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %s = arith.addf %a, %c : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

kernel.def @nothing_out(%x: memref<?x0x3xf32>, %y: memref<?x0x3xf32>)
    attributes {schedule = #plain, test.sizes = [array<i64: 3, 3>]} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>],
                  iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : memref<?x0x3xf32>) outs(%y : memref<?x0x3xf32>) {
  ^bb0(%a: f32, %c: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}
