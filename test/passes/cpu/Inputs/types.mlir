// Element types other than f32.
#plain = #kernel.cpu<algo = plain, isa = avx512, lanes = 16>
#id = affine_map<(d0, d1) -> (d0, d1)>

// booleans are bytes in memory
kernel.def @compare(%x: memref<3x21xf32>, %y: memref<3x21xi1>) attributes {schedule = #plain} {
  %half = arith.constant 0.5 : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<3x21xf32>) outs(%y : memref<3x21xi1>) {
  ^bb0(%a: f32, %b: i1):
    %r = arith.cmpf ogt, %a, %half : f32
    linalg.yield %r : i1
  }
  kernel.yield
}

kernel.def @where(%c: memref<3x21xi1>, %x: memref<3x21xi64>, %y: memref<3x21xi64>) attributes {schedule = #plain} {
  %zero = arith.constant 0 : i64
  linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %x : memref<3x21xi1>, memref<3x21xi64>) outs(%y : memref<3x21xi64>) {
  ^bb0(%p: i1, %a: i64, %b: i64):
    %r = arith.select %p, %a, %zero : i64
    linalg.yield %r : i64
  }
  kernel.yield
}

// a condition per row is uniform
kernel.def @where_row(%c: memref<3xi1>, %x: memref<3x21xf32>, %y: memref<3x21xf32>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0)>, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %x : memref<3xi1>, memref<3x21xf32>) outs(%y : memref<3x21xf32>) {
  ^bb0(%p: i1, %a: f32, %b: f32):
    %n = arith.negf %a : f32
    %r = arith.select %p, %a, %n : f32
    linalg.yield %r : f32
  }
  kernel.yield
}

kernel.def @divide_i64(%x: memref<3x21xi64>, %d: memref<3x21xi64>, %y: memref<3x21xi64>) attributes {schedule = #plain} {
  %one = arith.constant 1 : i64
  linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %d : memref<3x21xi64>, memref<3x21xi64>) outs(%y : memref<3x21xi64>) {
  ^bb0(%a: i64, %b: i64, %c: i64):
    %s = arith.addi %b, %one : i64
    %r = arith.divsi %a, %s : i64
    linalg.yield %r : i64
  }
  kernel.yield
}

kernel.def @quantize(%x: memref<3x37xf32>, %y: memref<3x37xi8>) attributes {schedule = #plain} {
  %scale = arith.constant 50.0 : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<3x37xf32>) outs(%y : memref<3x37xi8>) {
  ^bb0(%a: f32, %b: i8):
    %m = arith.mulf %a, %scale : f32
    %e = math.roundeven %m : f32
    %r = arith.fptosi %e : f32 to i8
    linalg.yield %r : i8
  }
  kernel.yield
}

kernel.def @add_f64(%x: memref<3x21xf64>, %y: memref<3x21xf64>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<3x21xf64>) outs(%y : memref<3x21xf64>) {
  ^bb0(%a: f64, %b: f64):
    %e = math.exp %a : f64
    %r = arith.addf %e, %a : f64
    linalg.yield %r : f64
  }
  kernel.yield
}

kernel.def @tanh_f16(%x: memref<3x21xf16>, %y: memref<3x21xf16>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<3x21xf16>) outs(%y : memref<3x21xf16>) {
  ^bb0(%a: f16, %b: f16):
    %e = math.tanh %a : f16
    %r = arith.addf %e, %a : f16
    linalg.yield %r : f16
  }
  kernel.yield
}

kernel.def @add_bf16(%x: memref<3x21xbf16>, %y: memref<3x21xbf16>) attributes {schedule = #plain} {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<3x21xbf16>) outs(%y : memref<3x21xbf16>) {
  ^bb0(%a: bf16, %b: bf16):
    %e = math.exp %a : bf16
    %r = arith.addf %e, %a : bf16
    linalg.yield %r : bf16
  }
  kernel.yield
}

kernel.def @power(%x: memref<3x21xf32>, %y: memref<3x21xf32>) attributes {schedule = #plain} {
  %two = arith.constant 2.0 : f32
  %e = arith.constant 1.7 : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<3x21xf32>) outs(%y : memref<3x21xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = math.powf %a, %two : f32
    %p = math.powf %s, %e : f32
    %q = math.atan %p : f32
    %r = math.sin %q : f32
    linalg.yield %r : f32
  }
  kernel.yield
}
