// Bodies with their own loads, loops and branches.
#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#out = affine_map<(n, k, h, w, c) -> (n, k, h, w, c)>

// 3x3 stride 2 max pool, blocked, pad 1: loads in the body, skipped outside
kernel.def @max_pool_blocked(%x: memref<1x2x9x7x16xf32>, %y: memref<1x2x5x4x16xf32>) attributes {schedule = #plain} {
  %low = arith.constant 0xFF800000 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c7 = arith.constant 7 : index
  %c9 = arith.constant 9 : index
  linalg.generic {indexing_maps = [#out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      outs(%y : memref<1x2x5x4x16xf32>) {
  ^bb0(%b: f32):
    %n = linalg.index 0 : index
    %k = linalg.index 1 : index
    %h = linalg.index 2 : index
    %w = linalg.index 3 : index
    %c = linalg.index 4 : index
    %h2 = arith.muli %h, %c2 : index
    %w2 = arith.muli %w, %c2 : index
    %hs = arith.subi %h2, %c1 : index
    %ws = arith.subi %w2, %c1 : index
    %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%acc = %low) -> f32 {
      %s = scf.for %j = %c0 to %c3 step %c1 iter_args(%acc2 = %acc) -> f32 {
        %y0 = arith.addi %hs, %i : index
        %x0 = arith.addi %ws, %j : index
        %iny = arith.cmpi ult, %y0, %c9 : index
        %inx = arith.cmpi ult, %x0, %c7 : index
        %in = arith.andi %iny, %inx : i1
        %t = scf.if %in -> f32 {
          %v = memref.load %x[%n, %k, %y0, %x0, %c] : memref<1x2x9x7x16xf32>
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

// the same window by indexing maps: a reduction over a windowed operand
kernel.def @avg_pool(%x: memref<1x3x10x11xf32>, %w: memref<3x3xf32>, %y: memref<1x3x8x9xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  %ninth = arith.constant 0.111111 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x3x8x9xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w, i, j) -> (n, c, h + i, w + j)>,
                                   affine_map<(n, c, h, w, i, j) -> (i, j)>,
                                   affine_map<(n, c, h, w, i, j) -> (n, c, h, w)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : memref<1x3x10x11xf32>, memref<3x3xf32>) outs(%y : memref<1x3x8x9xf32>) {
  ^bb0(%a: f32, %u: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, c, h, w)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      outs(%y : memref<1x3x8x9xf32>) {
  ^bb0(%v: f32):
    %r = arith.mulf %v, %ninth : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// stride 2: neighbours of the output are not neighbours of the input
kernel.def @strided_window(%x: memref<3x20xf32>, %y: memref<3x10xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  linalg.fill ins(%zero : f32) outs(%y : memref<3x10xf32>)
  linalg.generic {indexing_maps = [affine_map<(c, w) -> (c, w * 2)>, affine_map<(c, w) -> (c, w)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<3x20xf32>) outs(%y : memref<3x10xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// reversed and shifted loads along the vector dimension
kernel.def @shifted_loads(%x: memref<50xf32>, %i: memref<40xi64>, %y: memref<40xf32>, %z: memref<40xf32>) attributes {schedule = #plain} {
  %c3 = arith.constant 3 : index
  %c39 = arith.constant 39 : index
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>, affine_map<(d) -> (d)>, affine_map<(d) -> (d)>], iterator_types = ["parallel"]}
      ins(%i : memref<40xi64>) outs(%y, %z : memref<40xf32>, memref<40xf32>) {
  ^bb0(%g: i64, %b: f32, %d: f32):
    %n = linalg.index 0 : index
    %s = arith.addi %c3, %n : index
    %v = memref.load %x[%s] : memref<50xf32>
    %t = affine.apply affine_map<(d0) -> (d0 + 5)>(%n)
    %u = memref.load %x[%t] : memref<50xf32>
    %r = arith.addf %v, %u : f32
    linalg.yield %r, %v : f32, f32
  }
  kernel.yield
}

// gather: the index is data
kernel.def @gather(%x: memref<4x18xf32>, %i: memref<7xi64>, %y: memref<7x18xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(d, e) -> (d)>, affine_map<(d, e) -> (d, e)>], iterator_types = ["parallel", "parallel"]}
      ins(%i : memref<7xi64>) outs(%y : memref<7x18xf32>) {
  ^bb0(%g: i64, %b: f32):
    %row = arith.index_cast %g : i64 to index
    %e = linalg.index 1 : index
    %v = memref.load %x[%row, %e] : memref<4x18xf32>
    linalg.yield %v : f32
  }
  kernel.yield
}

// direct convolution over blocked channels, and bias, residual, relu behind it
kernel.def @conv_residual(%x: memref<1x2x6x9x16xf32>, %w: memref<2x2x3x3x16x16xf32>, %bias: memref<2x16xf32>,
                          %r: memref<1x2x4x7x16xf32>, %y: memref<1x2x4x7x16xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x4x7x16xf32>)
  linalg.generic {indexing_maps = [affine_map<(n, k, h, w, o, c, i, j, l) -> (n, c, h + i, w + j, l)>,
                                   affine_map<(n, k, h, w, o, c, i, j, l) -> (k, c, i, j, l, o)>,
                                   affine_map<(n, k, h, w, o, c, i, j, l) -> (n, k, h, w, o)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x2x6x9x16xf32>, memref<2x2x3x3x16x16xf32>) outs(%y : memref<1x2x4x7x16xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %m, %c : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(n, k, h, w, o) -> (k, o)>, #out, #out],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%bias, %r : memref<2x16xf32>, memref<1x2x4x7x16xf32>) outs(%y : memref<1x2x4x7x16xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.addf %a, %b : f32
    %s = arith.addf %m, %c : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [#out, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%y : memref<1x2x4x7x16xf32>) outs(%y : memref<1x2x4x7x16xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.maximumf %a, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}
