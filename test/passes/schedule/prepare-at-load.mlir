// RUN: atrous-opt %s -atrous-prepare-at-load="memory=fast" | FileCheck %s --check-prefix=FAST
// RUN: atrous-opt %s -atrous-prepare-at-load="memory=low" | FileCheck %s --check-prefix=LOW
// RUN: atrous-opt %s -atrous-prepare-at-load="memory=fast" -atrous-bufferize | FileCheck %s --check-prefix=PLAN

// Weights that are a constant in every launch.
// FAST: kernel.def @constant({{.*}}kernel.at_load = 1 : i64
// FAST: kernel.def @other
// FAST-NOT: kernel.at_load
// LOW-NOT: kernel.at_load
// Equal weights of one kernel lie in one place.
// PLAN: module attributes {kernel.prepared = 299520 : i64
// PLAN: kernel.def @constant({{.*}}kernel.prepared = [[PART:149760]] : i64
// PLAN: kernel.launch @constant{{.*}} {kernel.prepared = 0 : i64}
// PLAN: kernel.launch @constant{{.*}} {kernel.prepared = [[PART]] : i64}
// PLAN: kernel.launch @constant{{.*}} {kernel.prepared = 0 : i64}
// PLAN: kernel.launch @other ins({{[^{]*}}){{$}}

#x = affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>
#w = affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>
#y = affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>
#loops = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]
#channels = #kernel.cpu<algo = winograd_channels, isa = avx512, lanes = 16, tile = [2, 8], unroll = 1, parallel = 2, block = [4, 16]>
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
kernel.def @constant(%x: tensor<1x2x18x18x16xf32>, %w: tensor<2x2x3x3x16x16xf32>) -> tensor<1x2x16x16x16xf32> attributes {schedule = #channels} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2x16x16x16xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x16x16x16xf32>) -> tensor<1x2x16x16x16xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops}
      ins(%x, %w : tensor<1x2x18x18x16xf32>, tensor<2x2x3x3x16x16xf32>) outs(%f : tensor<1x2x16x16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x2x16x16x16xf32>
  kernel.yield %r : tensor<1x2x16x16x16xf32>
}
kernel.def @other(%x: tensor<1x2x18x18x16xf32>, %w: tensor<2x2x3x3x16x16xf32>) -> tensor<1x2x16x16x16xf32> attributes {schedule = #channels} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2x16x16x16xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x16x16x16xf32>) -> tensor<1x2x16x16x16xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops}
      ins(%x, %w : tensor<1x2x18x18x16xf32>, tensor<2x2x3x3x16x16xf32>) outs(%f : tensor<1x2x16x16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x2x16x16x16xf32>
  kernel.yield %r : tensor<1x2x16x16x16xf32>
}
func.func @main(%x: tensor<1x2x18x18x16xf32>, %v: tensor<2x2x3x3x16x16xf32>)
    -> (tensor<1x2x16x16x16xf32>, tensor<1x2x16x16x16xf32>, tensor<1x2x16x16x16xf32>, tensor<1x2x16x16x16xf32>, tensor<1x2x16x16x16xf32>) {
  %w1 = arith.constant dense<1.0> : tensor<2x2x3x3x16x16xf32>
  %w2 = arith.constant dense<2.0> : tensor<2x2x3x3x16x16xf32>
  %w3 = arith.constant dense<1.0> : tensor<2x2x3x3x16x16xf32>
  %a = kernel.launch @constant ins(%x, %w1 : tensor<1x2x18x18x16xf32>, tensor<2x2x3x3x16x16xf32>) -> tensor<1x2x16x16x16xf32>
  %b = kernel.launch @constant ins(%x, %w2 : tensor<1x2x18x18x16xf32>, tensor<2x2x3x3x16x16xf32>) -> tensor<1x2x16x16x16xf32>
  %c = kernel.launch @constant ins(%x, %w3 : tensor<1x2x18x18x16xf32>, tensor<2x2x3x3x16x16xf32>) -> tensor<1x2x16x16x16xf32>
  %d = kernel.launch @other ins(%x, %w1 : tensor<1x2x18x18x16xf32>, tensor<2x2x3x3x16x16xf32>) -> tensor<1x2x16x16x16xf32>
  %e = kernel.launch @other ins(%x, %v : tensor<1x2x18x18x16xf32>, tensor<2x2x3x3x16x16xf32>) -> tensor<1x2x16x16x16xf32>
  return %a, %b, %c, %d, %e : tensor<1x2x16x16x16xf32>, tensor<1x2x16x16x16xf32>, tensor<1x2x16x16x16xf32>, tensor<1x2x16x16x16xf32>, tensor<1x2x16x16x16xf32>
}
}
