// Elementwise roots.
#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#channel = affine_map<(d0, d1, d2, d3) -> (d1)>
#column = affine_map<(d0, d1, d2, d3) -> (d3)>

// y = relu(x), any shape is one long loop
kernel.def @relu(%x: memref<1x3x7x5xf32>, %y: memref<1x3x7x5xf32>) attributes {schedule = #plain} {
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<1x3x7x5xf32>) outs(%y : memref<1x3x7x5xf32>) {
  ^bb0(%a: f32, %b: f32):
    %m = arith.maximumf %a, %zero : f32
    linalg.yield %m : f32
  }
  kernel.yield
}

// y = x * scale[c] + shift[w]
kernel.def @broadcast(%x: memref<2x3x5x19xf32>, %scale: memref<3xf32>, %shift: memref<19xf32>,
                      %y: memref<2x3x5x19xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #channel, #column, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %scale, %shift : memref<2x3x5x19xf32>, memref<3xf32>, memref<19xf32>) outs(%y : memref<2x3x5x19xf32>) {
  ^bb0(%a: f32, %s: f32, %t: f32, %b: f32):
    %m = arith.mulf %a, %s : f32
    %r = arith.addf %m, %t : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// y = x * scale[c], and the index of a dimension beside
kernel.def @channel_index(%x: memref<1x6x4x9xf32>, %y: memref<1x6x4x9xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<1x6x4x9xf32>) outs(%y : memref<1x6x4x9xf32>) {
  ^bb0(%a: f32, %b: f32):
    %n = linalg.index 0 : index
    %c = linalg.index 1 : index
    %w = linalg.index 3 : index
    %s = arith.addi %c, %w : index
    %t = arith.addi %s, %n : index
    %i = arith.index_cast %t : index to i64
    %f = arith.sitofp %i : i64 to f32
    %r = arith.mulf %a, %f : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// transposition: rows of the input are columns of the output
kernel.def @transpose(%x: memref<33x20xf32>, %y: memref<20x33xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0, d1)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<33x20xf32>) outs(%y : memref<20x33xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// the loop order is the input's, the output is written across
kernel.def @transpose_scattered(%x: memref<33x20xf32>, %y: memref<20x33xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1, d0)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<33x20xf32>) outs(%y : memref<20x33xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// a slice of a larger buffer: gaps between rows stay
kernel.def @strided_output(%x: memref<4x21xf32>, %y: memref<4x21xf32, strided<[40, 1]>>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<4x21xf32>) outs(%y : memref<4x21xf32, strided<[40, 1]>>) {
  ^bb0(%a: f32, %b: f32):
    %r = arith.negf %a : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// every other element is written
kernel.def @strided_elements(%x: memref<4x21xf32>, %y: memref<4x21xf32, strided<[42, 2]>>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<4x21xf32>) outs(%y : memref<4x21xf32, strided<[42, 2]>>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// long enough for several tasks, with a rest
kernel.def @long_rows(%x: memref<100003xf32>, %y: memref<100003xf32>) attributes {schedule = #plain} {
  %one = arith.constant 1.0 : f32
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<100003xf32>) outs(%y : memref<100003xf32>) {
  ^bb0(%a: f32, %b: f32):
    %n = arith.negf %a : f32
    %e = math.exp %n : f32
    %d = arith.addf %e, %one : f32
    %r = arith.divf %one, %d : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// no elements, no tasks
kernel.def @empty(%x: memref<3x0xf32>, %y: memref<3x0xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>],
                  iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<3x0xf32>) outs(%y : memref<3x0xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// one element
kernel.def @scalar(%x: memref<f32>, %y: memref<f32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<() -> ()>, affine_map<() -> ()>], iterator_types = []}
      ins(%x : memref<f32>) outs(%y : memref<f32>) {
  ^bb0(%a: f32, %b: f32):
    %r = arith.addf %a, %a : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

// fill alone
kernel.def @fill(%y: memref<5x7xf32>) attributes {schedule = #plain} {
  %c = arith.constant 3.5 : f32
  linalg.fill ins(%c : f32) outs(%y : memref<5x7xf32>)
  kernel.yield
}

// blocked from plain: lanes come from far apart
kernel.def @to_blocked(%x: memref<1x32x5x3xf32>, %y: memref<1x2x5x3x16xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(n, k, h, w, c) -> (n, k * 16 + c, h, w)>, affine_map<(n, k, h, w, c) -> (n, k, h, w, c)>],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<1x32x5x3xf32>) outs(%y : memref<1x2x5x3x16xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// plain from blocked, 20 channels in 2 blocks: maps with divisions
kernel.def @from_blocked(%x: memref<1x2x5x3x16xf32>, %y: memref<1x20x5x3xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, c floordiv 16, h, w, c mod 16)>, #id],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<1x2x5x3x16xf32>) outs(%y : memref<1x20x5x3xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}
