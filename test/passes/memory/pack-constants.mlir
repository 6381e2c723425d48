// RUN: atrous-opt %s -atrous-pack-constants -split-input-file -verify-diagnostics | FileCheck %s

// Equal values lie once; each starts at a multiple of 64 bytes.
// CHECK: kernel.constants 128 offsets [0, 64]
// CHECK-SAME: values [dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>, dense<3> : tensor<4xi64>]
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[K:[^:]*]]: memref<128xi8> {kernel.constants})
// CHECK: %[[C0:.*]] = arith.constant 0 : index
// CHECK-NEXT: memref.view %[[K]][%[[C0]]][] : memref<128xi8> to memref<2xf32>
// CHECK: %[[C64:.*]] = arith.constant 64 : index
// CHECK-NEXT: memref.view %[[K]][%[[C64]]][] : memref<128xi8> to memref<4xi64>
// CHECK: %[[C1:.*]] = arith.constant 0 : index
// CHECK-NEXT: memref.view %[[K]][%[[C1]]][] : memref<128xi8> to memref<2xf32>
// CHECK-NOT: to_memref
func.func @main() {
  %a = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %am = bufferization.to_memref %a : memref<2xf32>
  %b = arith.constant dense<3> : tensor<4xi64>
  %bm = bufferization.to_memref %b : memref<4xi64>
  %c = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %cm = bufferization.to_memref %c : memref<2xf32>
  kernel.launch @k ins(%am, %bm, %cm : memref<2xf32>, memref<4xi64>, memref<2xf32>)
  return
}
kernel.def @k(%a: memref<2xf32>, %b: memref<4xi64>, %c: memref<2xf32>) {
  kernel.yield
}

// -----

// Functions share what is equal, also a blob that has another type in each.
// CHECK: kernel.constants 64 offsets [0] values [dense_resource<w> : tensor<2x4xf32>]
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[K:[^:]*]]: memref<64xi8> {kernel.constants})
// CHECK: %[[C0:.*]] = arith.constant 0 : index
// CHECK-NEXT: memref.view %[[K]][%[[C0]]][] : memref<64xi8> to memref<2x4xf32>
func.func @main() {
  %a = arith.constant dense_resource<w> : tensor<2x4xf32>
  %am = bufferization.to_memref %a : memref<2x4xf32>
  kernel.launch @two ins(%am : memref<2x4xf32>)
  return
}
// CHECK-LABEL: func.func @main_hint_1(
// CHECK-SAME: %[[K:[^:]*]]: memref<64xi8> {kernel.constants})
// CHECK: %[[C0:.*]] = arith.constant 0 : index
// CHECK-NEXT: memref.view %[[K]][%[[C0]]][] : memref<64xi8> to memref<8xf32>
func.func @main_hint_1() {
  %a = arith.constant dense_resource<w> : tensor<8xf32>
  %am = bufferization.to_memref %a : memref<8xf32>
  kernel.launch @one ins(%am : memref<8xf32>)
  return
}
kernel.def @two(%a: memref<2x4xf32>) {
  kernel.yield
}
kernel.def @one(%a: memref<8xf32>) {
  kernel.yield
}
{-# dialect_resources: { builtin: {
  w: "0x040000000000803F0000004000004040000080400000A0400000C0400000E04000000041"
} } #-}

// -----

// What is in a section already keeps its place.
// CHECK: kernel.constants 192 offsets [0, 64, 128]
// CHECK-SAME: values [dense<7> : tensor<2xi64>, dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>, dense<9> : tensor<2xi64>]
// CHECK-NOT: kernel.constants
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[K:[^:]*]]: memref<192xi8> {kernel.constants})
// CHECK: %[[C64:.*]] = arith.constant 64 : index
// CHECK-NEXT: memref.view %[[K]][%[[C64]]][]
// CHECK: %[[C128:.*]] = arith.constant 128 : index
// CHECK-NEXT: memref.view %[[K]][%[[C128]]][]
kernel.constants 128 offsets [0, 64] values [dense<7> : tensor<2xi64>, dense<[1.0, 2.0]> : tensor<2xf32>]
func.func @main() {
  %a = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %am = bufferization.to_memref %a : memref<2xf32>
  %b = arith.constant dense<9> : tensor<2xi64>
  %bm = bufferization.to_memref %b : memref<2xi64>
  kernel.launch @k ins(%am, %bm : memref<2xf32>, memref<2xi64>)
  return
}
kernel.def @k(%a: memref<2xf32>, %b: memref<2xi64>) {
  kernel.yield
}

// -----

// expected-error@+1 {{holds a value that is no constant: "text"}}
kernel.constants 64 offsets [0] values ["text"]

// -----

func.func @main(%t: tensor<2xf32>) {
  // expected-error@+1 {{is no buffer of a constant}}
  %m = bufferization.to_memref %t : memref<2xf32>
  return
}
