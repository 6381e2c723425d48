// RUN: atrous-opt %s | atrous-opt | FileCheck %s

// CHECK: module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>}
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
// CHECK: kernel.constants 64 offsets [0] values [dense<1.000000e+00> : tensor<2xf32>]
kernel.constants 64 offsets [0] values [dense<1.0> : tensor<2xf32>]

// CHECK: kernel.def @tensors(%{{.*}}: tensor<4xf32>) -> tensor<4xf32> attributes {schedule = #kernel.cpu<algo = direct_conv, isa = avx512, lanes = 16, tile = [2, 14], unroll = 1, parallel = 3, block = [2, 4]>}
kernel.def @tensors(%x: tensor<4xf32>) -> tensor<4xf32> attributes {schedule = #kernel.cpu<algo = direct_conv, isa = avx512, lanes = 16, tile = [2, 14], unroll = 1, parallel = 3, block = [2, 4]>} {
  // CHECK: kernel.yield %{{.*}} : tensor<4xf32>
  kernel.yield %x : tensor<4xf32>
}

// CHECK: kernel.def @buffers(%{{.*}}: memref<4xf32>, %{{.*}}: memref<4xi64>, %{{.*}}: memref<8xf32>)
kernel.def @buffers(%x: memref<4xf32>, %i: memref<4xi64>, %y: memref<8xf32>) {
  // CHECK: kernel.yield{{$}}
  kernel.yield
}

// CHECK-LABEL: func.func @main(
func.func @main(%t: tensor<4xf32>, %x: memref<4xf32>, %i: memref<4xi64>, %y: memref<16xf32>) -> tensor<4xf32> {
  // CHECK: kernel.launch @tensors ins(%{{.*}} : tensor<4xf32>) -> tensor<4xf32>
  %r = kernel.launch @tensors ins(%t : tensor<4xf32>) -> tensor<4xf32>
  // The kernel does not see the offset.
  // CHECK: kernel.launch @buffers ins({{.*}}) outs(%{{.*}} : memref<8xf32, strided<[1], offset: 8>>)
  %h = memref.reinterpret_cast %y to offset: [8], sizes: [8], strides: [1] : memref<16xf32> to memref<8xf32, strided<[1], offset: 8>>
  kernel.launch @buffers ins(%x, %i : memref<4xf32>, memref<4xi64>) outs(%h : memref<8xf32, strided<[1], offset: 8>>)
  return %r : tensor<4xf32>
}

// Sizes are index operands.
kernel.def @sized(%x: memref<?x4xf32>, %n: index, %y: memref<?x4xf32>) {
  kernel.yield
}

// CHECK-LABEL: func.func @externs(
func.func @externs(%t: tensor<4xf32>, %x: memref<4xf32>, %i: memref<4xi64>, %y: memref<8xf32>) -> memref<?xf32> {
  // CHECK: kernel.extern "f" ins(%{{.*}} : tensor<4xf32>) outs(%{{.*}} : tensor<8xf32>) arguments [1, 2] {dtypes = array<i32: 1, 1>} -> tensor<8xf32>
  %e = tensor.empty() : tensor<8xf32>
  %r = kernel.extern "f" ins(%t : tensor<4xf32>) outs(%e : tensor<8xf32>) arguments [1, 2] {dtypes = array<i32: 1, 1>} -> tensor<8xf32>
  // CHECK: kernel.extern "f" ins(%{{.*}}, %{{.*}} : memref<4xf32>, memref<4xi64>) outs(%{{.*}} : memref<8xf32>) arguments []
  kernel.extern "f" ins(%x, %i : memref<4xf32>, memref<4xi64>) outs(%y : memref<8xf32>) arguments []
  // CHECK: %[[N:.*]]:2 = kernel.extern "g" ins() arguments [] -> memref<?xf32>, memref<2xi64>
  %n:2 = kernel.extern "g" ins() arguments [] -> memref<?xf32>, memref<2xi64>
  return %n#0 : memref<?xf32>
}

// CHECK-LABEL: func.func @heap(
func.func @heap(%n: index, %true: i1) {
  // CHECK: kernel.check %{{.*}}, "too many"
  kernel.check %true, "too many"
  // CHECK: %[[A:.*]] = kernel.alloc(%{{.*}}) : memref<?x4xf32>
  %a = kernel.alloc(%n) : memref<?x4xf32>
  // CHECK: %[[B:.*]] = kernel.alloc() : memref<4xf32>
  %b = kernel.alloc() : memref<4xf32>
  // CHECK: kernel.launch @sized ins(%[[A]], %{{.*}} : memref<?x4xf32>, index) outs(%[[A]] : memref<?x4xf32>)
  kernel.launch @sized ins(%a, %n : memref<?x4xf32>, index) outs(%a : memref<?x4xf32>)
  // CHECK: kernel.retain %[[A]] : memref<?x4xf32>
  kernel.retain %a : memref<?x4xf32>
  // CHECK: kernel.release %[[B]] : memref<4xf32>
  kernel.release %b : memref<4xf32>
  return
}
}
