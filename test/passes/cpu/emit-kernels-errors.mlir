// RUN: atrous-opt %s -split-input-file -atrous-emit-kernels -verify-diagnostics

// expected-error @+1 {{kernel has no CPU schedule}}
kernel.def @no_schedule(%y: memref<4xf32>) {
  kernel.yield
}

// -----

// expected-error @+1 {{kernel has no root}}
kernel.def @no_root(%y: memref<4xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  kernel.yield
}

// -----

kernel.def @on_tensors(%x: tensor<4xf32>) -> tensor<4xf32> attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  // expected-error @+1 {{kernel is still on tensors}}
  %r = linalg.generic {indexing_maps = [affine_map<(d) -> (d)>], iterator_types = ["parallel"]} outs(%x : tensor<4xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  } -> tensor<4xf32>
  kernel.yield %r : tensor<4xf32>
}

// -----

#map = affine_map<(d) -> (d)>
kernel.def @unknown_stride(%y: memref<4xf32, strided<[?]>>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  // expected-error @+1 {{operand has no static layout: 'memref<4xf32, strided<[?]>>'}}
  linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%y : memref<4xf32, strided<[?]>>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{argument of dynamic size is not dense: 'memref<?x4xf32, strided<[8, 1]>>'}}
kernel.def @dynamic_slice(%y: memref<?x4xf32, strided<[8, 1]>>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  linalg.generic {indexing_maps = [affine_map<(d, e) -> (d, e)>], iterator_types = ["parallel", "parallel"]} outs(%y : memref<?x4xf32, strided<[8, 1]>>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

kernel.def @dynamic_view(%y: memref<?x4xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  %z = memref.collapse_shape %y [[0, 1]] : memref<?x4xf32> into memref<?xf32>
  // expected-error @+1 {{operand of dynamic size is not the kernel's: 'memref<?xf32>'}}
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>], iterator_types = ["parallel"]} outs(%z : memref<?xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

kernel.def @captured_view(%y: memref<?x4xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{has no place in a CPU kernel}}
  %z = memref.collapse_shape %y [[0, 1]] : memref<?x4xf32> into memref<?xf32>
  linalg.generic {indexing_maps = [affine_map<(d, e) -> (d, e)>], iterator_types = ["parallel", "parallel"]} outs(%y : memref<?x4xf32>) {
  ^bb0(%a: f32):
    %v = memref.load %z[%c0] : memref<?xf32>
    linalg.yield %v : f32
  }
  kernel.yield
}

// -----

kernel.def @copy(%x: memref<4xf32>, %y: memref<4xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  // expected-error @+1 {{has no place in a CPU kernel}}
  memref.copy %x, %y : memref<4xf32> to memref<4xf32>
  kernel.yield
}

// -----

#id = affine_map<(d) -> (d)>
kernel.def @stray_epilogue(%x: memref<4xf32>, %y: memref<4xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel"]} outs(%y : memref<4xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  // expected-error @+1 {{an epilogue op writes an output of the root}}
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel"]} outs(%x : memref<4xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

kernel.def @shuffled_epilogue(%y: memref<4x4xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  linalg.generic {indexing_maps = [affine_map<(d, e) -> (d, e)>], iterator_types = ["parallel", "parallel"]} outs(%y : memref<4x4xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  // expected-error @+1 {{an epilogue op reads and writes its output in place}}
  linalg.generic {indexing_maps = [affine_map<(d, e) -> (e, d)>], iterator_types = ["parallel", "parallel"]} outs(%y : memref<4x4xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

kernel.def @reducing_epilogue(%x: memref<4x4xf32>, %y: memref<4xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>], iterator_types = ["parallel"]} outs(%y : memref<4xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  // expected-error @+1 {{an epilogue op is elementwise with one output}}
  linalg.generic {indexing_maps = [affine_map<(d, e) -> (d, e)>, affine_map<(d, e) -> (d)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<4x4xf32>) outs(%y : memref<4xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{kernel's output depends on a reduction dimension}}
kernel.def @scan(%y: memref<4xf32>) attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>], iterator_types = ["reduction"]} outs(%y : memref<4xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{is scheduled as a direct convolution, but its root is none}}
kernel.def @no_conv(%x: memref<?xf32>) attributes {schedule = #kernel.cpu<algo = direct_conv, isa = avx2, lanes = 8, tile = [1, 1]>} {
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>], iterator_types = ["parallel"]} outs(%x : memref<?xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{is scheduled as a depthwise convolution, but its root is none}}
kernel.def @no_depthwise(%x: memref<4xf32>) attributes {schedule = #kernel.cpu<algo = depthwise, isa = avx2, lanes = 8, tile = [1, 1]>} {
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>], iterator_types = ["parallel"]} outs(%x : memref<4xf32>) {
  ^bb0(%a: f32):
    linalg.yield %a : f32
  }
  kernel.yield
}

// -----

// an inner dimension of unknown size makes no product of tiles
// expected-error @+1 {{is scheduled as a product with column panels, but its root is none}}
kernel.def @no_matmul(%x: memref<4x?xf32>, %w: memref<2x?x8xf32>, %y: memref<4x16xf32>) attributes {schedule = #kernel.cpu<algo = matmul, isa = avx2, lanes = 8, tile = [2, 4]>} {
  linalg.generic {indexing_maps = [affine_map<(m, nb, nl, k) -> (m, k)>, affine_map<(m, nb, nl, k) -> (nb, k, nl)>, affine_map<(m, nb, nl, k) -> (m, nb * 8 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<4x?xf32>, memref<2x?x8xf32>) outs(%y : memref<4x16xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %c, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{channel blocks of 16 do not fit the schedule's 8 lanes}}
kernel.def @other_lanes(%x: memref<?x3xf32>, %w: memref<2x3x16xf32>, %y: memref<?x32xf32>) attributes {schedule = #kernel.cpu<algo = matmul, isa = avx2, lanes = 8, tile = [2, 4]>} {
  linalg.generic {indexing_maps = [affine_map<(m, nb, nl, k) -> (m, k)>, affine_map<(m, nb, nl, k) -> (nb, k, nl)>, affine_map<(m, nb, nl, k) -> (m, nb * 16 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<?x3xf32>, memref<2x3x16xf32>) outs(%y : memref<?x32xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %c, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{epilogue cannot run on vectors: reads an epilogue operand across its rows}}
kernel.def @scalar_epilogue(%x: memref<?x3xf32>, %w: memref<2x3x8xf32>, %b: memref<16x?xf32>, %y: memref<?x16xf32>) attributes {schedule = #kernel.cpu<algo = matmul, isa = avx2, lanes = 8, tile = [2, 4]>} {
  linalg.generic {indexing_maps = [affine_map<(m, nb, nl, k) -> (m, k)>, affine_map<(m, nb, nl, k) -> (nb, k, nl)>, affine_map<(m, nb, nl, k) -> (m, nb * 8 + nl)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<?x3xf32>, memref<2x3x8xf32>) outs(%y : memref<?x16xf32>) {
  ^bb0(%a: f32, %c: f32, %d: f32):
    %p = arith.mulf %a, %c : f32
    %s = arith.addf %d, %p : f32
    linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(m, n) -> (n, m)>, affine_map<(m, n) -> (m, n)>], iterator_types = ["parallel", "parallel"]}
      ins(%b : memref<16x?xf32>) outs(%y : memref<?x16xf32>) {
  ^bb0(%r: f32, %v: f32):
    %t = arith.addf %v, %r : f32
    linalg.yield %t : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{is scheduled as a minimal filtering, but its root is no convolution that fits it}}
kernel.def @strided_dilated(%x: memref<1x4x59x59x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<1x2x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = winograd_tiles, isa = avx512, lanes = 16, tile = [2, 14], block = [4, 28]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh * 2 + kh * 2, ow * 2 + kw * 2, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x59x59x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<1x2x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{tile of 3 output blocks does not divide 2}}
kernel.def @rows(%x: memref<1x4x30x30x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<1x2x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = winograd_tiles, isa = avx512, lanes = 16, tile = [3, 14], block = [4, 28]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x30x30x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<1x2x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{is scheduled by channels, but has dynamic sizes}}
kernel.def @dynamic(%x: memref<1x4x?x?x16xf32>, %w: memref<2x4x3x3x16x16xf32>, %y: memref<1x2x?x?x16xf32>) attributes {schedule = #kernel.cpu<algo = winograd_channels, isa = avx512, lanes = 16, tile = [2, 10], block = [4, 30]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x2x?x?x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x?x?x16xf32>, memref<2x4x3x3x16x16xf32>) outs(%y : memref<1x2x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{is scheduled as Strassen's product, but its root is no product of packed matrices of known sizes}}
kernel.def @taps(%x: memref<1x4x30x30x16xf32>, %w: memref<4x4x3x3x16x16xf32>, %y: memref<1x4x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = strassen, isa = avx512, lanes = 16, tile = [2, 14], block = [1, 14, 2, 2]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x4x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x30x30x16xf32>, memref<4x4x3x3x16x16xf32>) outs(%y : memref<1x4x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{is scheduled as Strassen's product, but its root is no product of packed matrices of known sizes}}
kernel.def @unknown(%x: memref<1x4x?x?x16xf32>, %w: memref<4x4x1x1x16x16xf32>, %y: memref<1x4x?x?x16xf32>) attributes {schedule = #kernel.cpu<algo = strassen, isa = avx512, lanes = 16, tile = [2, 14], block = [1, 14, 2, 2]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x4x?x?x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x?x?x16xf32>, memref<4x4x1x1x16x16xf32>) outs(%y : memref<1x4x?x?x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{has too few channels for parts of whole tiles}}
kernel.def @few_rows(%x: memref<1x4x28x28x16xf32>, %w: memref<3x4x1x1x16x16xf32>, %y: memref<1x3x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = strassen, isa = avx512, lanes = 16, tile = [2, 14], block = [1, 14, 2, 2]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x3x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x4x28x28x16xf32>, memref<3x4x1x1x16x16xf32>) outs(%y : memref<1x3x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}

// -----

// expected-error @+1 {{has too few channels for parts of whole tiles}}
kernel.def @few_inputs(%x: memref<1x1x28x28x16xf32>, %w: memref<4x1x1x1x16x16xf32>, %y: memref<1x4x28x28x16xf32>) attributes {schedule = #kernel.cpu<algo = strassen, isa = avx512, lanes = 16, tile = [2, 14], block = [1, 14, 2, 2]>} {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%y : memref<1x4x28x28x16xf32>)
  linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel",
                        "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : memref<1x1x28x28x16xf32>, memref<4x1x1x1x16x16xf32>) outs(%y : memref<1x4x28x28x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  }
  kernel.yield
}
