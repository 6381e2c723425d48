// RUN: atrous-opt %s -atrous-bufferize -split-input-file -verify-diagnostics | FileCheck %s

#id = affine_map<(a, b) -> (a, b)>
kernel.def @relu(%x: tensor<2x4xf32>) -> tensor<2x4xf32> attributes {schedule = #kernel.cpu<algo = plain, isa = avx2, lanes = 8>} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %m = arith.maximumf %i, %zero : f32
    linalg.yield %m : f32
  } -> tensor<2x4xf32>
  kernel.yield %y : tensor<2x4xf32>
}
kernel.def @zeros() -> tensor<4x6xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x6xf32>
  %y = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]}
    outs(%e : tensor<4x6xf32>) {
  ^bb0(%o: f32):
    linalg.yield %zero : f32
  } -> tensor<4x6xf32>
  kernel.yield %y : tensor<4x6xf32>
}

// The kernel on buffers keeps its schedule.
// CHECK: kernel.def @relu(%{{.*}}: memref<2x4xf32>, %{{.*}}: memref<2x4xf32>) attributes {schedule = #kernel.cpu<algo = plain

// y = relu(relu(x)): the last kernel writes the output, names stay.
// CHECK-LABEL: func.func @chain(
// CHECK-SAME: %[[X:.*]]: memref<2x4xf32> {graph.name = "x"}, %[[Y:.*]]: memref<2x4xf32> {graph.name = "y", kernel.output})
// CHECK-NEXT: %[[T:.*]] = memref.alloc() : memref<2x4xf32>
// CHECK-NEXT: kernel.launch @relu ins(%[[X]] : memref<2x4xf32>) outs(%[[T]] : memref<2x4xf32>)
// CHECK-NEXT: kernel.launch @relu ins(%[[T]] : memref<2x4xf32>) outs(%[[Y]] : memref<2x4xf32>)
// CHECK-NEXT: return
func.func @chain(%x: tensor<2x4xf32> {graph.name = "x"}) -> (tensor<2x4xf32> {graph.name = "y"}) {
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %b = kernel.launch @relu ins(%a : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %b : tensor<2x4xf32>
}

// concat(relu(x), relu(relu(x))): each kernel writes its slice, and reads it.
// CHECK-LABEL: func.func @concat(
// CHECK-SAME: %[[X:.*]]: memref<2x4xf32>, %[[Y:.*]]: memref<2x8xf32> {kernel.output})
// CHECK-NEXT: %[[A:.*]] = memref.reinterpret_cast %[[Y]] to offset: [0], sizes: [2, 4], strides: [8, 1]
// CHECK-NEXT: kernel.launch @relu_strided ins(%[[X]] : {{.*}}) outs(%[[A]] : memref<2x4xf32, strided<[8, 1]>>)
// CHECK: %[[B:.*]] = memref.reinterpret_cast %[[Y]] to offset: [4]
// CHECK-NEXT: kernel.launch @relu_strided_1 ins({{.*}}) outs(%[[B]] : memref<2x4xf32, strided<[8, 1], offset: 4>>)
// CHECK-NEXT: return
func.func @concat(%x: tensor<2x4xf32>) -> tensor<2x8xf32> {
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %b = kernel.launch @relu ins(%a : tensor<2x4xf32>) -> tensor<2x4xf32>
  %c = tensor.concat dim(1) %a, %b : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>
  return %c : tensor<2x8xf32>
}

// pad(relu(x)): the frame is written first, then the middle in place.
// CHECK-LABEL: func.func @pad(
// CHECK-SAME: %[[X:.*]]: memref<2x4xf32>, %[[Y:.*]]: memref<4x6xf32> {kernel.output})
// CHECK-NEXT: kernel.launch @zeros ins() outs(%[[Y]] : memref<4x6xf32>)
// CHECK-NEXT: %[[M:.*]] = memref.reinterpret_cast %[[Y]] to offset: [7], sizes: [2, 4], strides: [6, 1]
// CHECK-NEXT: kernel.launch @relu_strided{{.*}} ins(%[[X]] : {{.*}}) outs(%[[M]] :
// CHECK-NEXT: return
func.func @pad(%x: tensor<2x4xf32>) -> tensor<4x6xf32> {
  %z = kernel.launch @zeros ins() -> tensor<4x6xf32>
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %p = tensor.insert_slice %a into %z[1, 1] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x6xf32>
  return %p : tensor<4x6xf32>
}

// The middle is made before the frame, which would overwrite it.
// CHECK-LABEL: func.func @no_insert_in_place_before_frame(
// CHECK: kernel.launch @relu ins({{.*}}) outs(%[[A:[^ ]*]] : memref<2x4xf32>)
// CHECK-NEXT: kernel.launch @zeros
// CHECK: kernel.launch @copy__f32__rank2__2x4{{.*}} ins(%[[A]] :
func.func @no_insert_in_place_before_frame(%x: tensor<2x4xf32>) -> tensor<4x6xf32> {
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %z = kernel.launch @zeros ins() -> tensor<4x6xf32>
  %p = tensor.insert_slice %a into %z[1, 1] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x6xf32>
  return %p : tensor<4x6xf32>
}

// The frame is read again as it was.
// CHECK-LABEL: func.func @no_insert_into_shared_frame(
// CHECK-SAME: %[[Z:[^:]*]]: memref<4x6xf32> {kernel.output}, %[[P:[^:]*]]: memref<4x6xf32> {kernel.output})
// CHECK: kernel.launch @zeros ins() outs(%[[Z]] :
// CHECK: kernel.launch @copy__f32__rank2__4x6 ins(%[[Z]] : {{.*}}) outs(%[[P]] :
func.func @no_insert_into_shared_frame(%x: tensor<2x4xf32>) -> (tensor<4x6xf32>, tensor<4x6xf32>) {
  %z = kernel.launch @zeros ins() -> tensor<4x6xf32>
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %p = tensor.insert_slice %a into %z[1, 1] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x6xf32>
  return %z, %p : tensor<4x6xf32>, tensor<4x6xf32>
}

// Two phases woven together: neither waits for the other.
// CHECK-LABEL: func.func @interleave(
// CHECK-SAME: %[[X:.*]]: memref<2x4xf32>, %[[Y:.*]]: memref<4x4xf32> {kernel.output})
// CHECK-NEXT: %[[A:.*]] = memref.reinterpret_cast %[[Y]] to offset: [0], sizes: [2, 4], strides: [8, 1]
// CHECK-NEXT: kernel.launch @relu_strided{{.*}} ins(%[[X]] : {{.*}}) outs(%[[A]] :
// CHECK-NEXT: %[[B:.*]] = memref.reinterpret_cast %[[Y]] to offset: [4], sizes: [2, 4], strides: [8, 1]
// CHECK-NEXT: kernel.launch @relu_strided{{.*}} ins(%[[X]] : {{.*}}) outs(%[[B]] :
// CHECK-NEXT: return
func.func @interleave(%x: tensor<2x4xf32>) -> tensor<4x4xf32> {
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %b = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %e = tensor.empty() : tensor<4x4xf32>
  %p = tensor.insert_slice %a into %e[0, 0] [2, 4] [2, 1] : tensor<2x4xf32> into tensor<4x4xf32>
  %q = tensor.insert_slice %b into %p[1, 0] [2, 4] [2, 1] : tensor<2x4xf32> into tensor<4x4xf32>
  return %q : tensor<4x4xf32>
}

// The middle is made before the strips around it, which do not touch it, and is
// read again where it lies.
// CHECK-LABEL: func.func @strips(
// CHECK-SAME: %[[X:.*]]: memref<2x4xf32>, %[[Y:.*]]: memref<2x8xf32> {kernel.output}, %[[Z:.*]]: memref<2x4xf32> {kernel.output})
// CHECK-NEXT: %[[M:.*]] = memref.reinterpret_cast %[[Y]] to offset: [4], sizes: [2, 4], strides: [8, 1]
// CHECK-NEXT: kernel.launch @relu_strided{{.*}} ins(%[[X]] : {{.*}}) outs(%[[M]] :
// CHECK-NEXT: %[[S:.*]] = memref.reinterpret_cast %[[Y]] to offset: [0], sizes: [2, 4], strides: [8, 1]
// CHECK-NEXT: kernel.launch @relu_strided{{.*}} ins(%[[X]] : {{.*}}) outs(%[[S]] :
// CHECK-NEXT: %[[R:.*]] = memref.reinterpret_cast %[[Y]] to offset: [4]
// CHECK-NEXT: kernel.launch @relu_strided{{.*}} ins(%[[R]] : {{.*}}) outs(%[[Z]] :
// CHECK-NEXT: return
func.func @strips(%x: tensor<2x4xf32>) -> (tensor<2x8xf32>, tensor<2x4xf32>) {
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %e = tensor.empty() : tensor<2x8xf32>
  %p = tensor.insert_slice %a into %e[0, 4] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x8xf32>
  %s = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %q = tensor.insert_slice %s into %p[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x8xf32>
  %z = kernel.launch @relu ins(%a : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %q, %z : tensor<2x8xf32>, tensor<2x4xf32>
}

// The second insert writes where the first one did, and %a is read again.
// CHECK-LABEL: func.func @no_insert_under_another(
// CHECK: kernel.launch @relu ins({{.*}}) outs(%[[A:[^ ]*]] : memref<2x4xf32>)
// CHECK: kernel.launch @copy__{{.*}} ins(%[[A]] :
// CHECK: kernel.launch @relu ins(%[[A]] :
func.func @no_insert_under_another(%x: tensor<2x4xf32>) -> (tensor<2x8xf32>, tensor<2x4xf32>) {
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %e = tensor.empty() : tensor<2x8xf32>
  %p = tensor.insert_slice %a into %e[0, 4] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x8xf32>
  %s = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  %q = tensor.insert_slice %s into %p[0, 2] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<2x8xf32>
  %z = kernel.launch @relu ins(%a : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %q, %z : tensor<2x8xf32>, tensor<2x4xf32>
}

// Reshapes and slices of dense tensors are views.
// CHECK-LABEL: func.func @views(
// CHECK-SAME: %[[X:.*]]: memref<4x4xf32>, %[[Y:.*]]: memref<8xf32> {kernel.output})
// CHECK-NEXT: %[[S:.*]] = memref.reinterpret_cast %[[X]] to offset: [8], sizes: [2, 4], strides: [4, 1]
// CHECK-NEXT: %[[R:.*]] = memref.reinterpret_cast %[[Y]] to offset: [0], sizes: [2, 4], strides: [4, 1]
// CHECK-NEXT: kernel.launch @relu ins(%[[S]] : {{.*}}) outs(%[[R]] :
// CHECK-NEXT: return
func.func @views(%x: tensor<4x4xf32>) -> tensor<8xf32> {
  %s = tensor.extract_slice %x[2, 0] [2, 4] [1, 1] : tensor<4x4xf32> to tensor<2x4xf32>
  %a = kernel.launch @relu ins(%s : tensor<2x4xf32>) -> tensor<2x4xf32>
  %r = tensor.collapse_shape %a [[0, 1]] : tensor<2x4xf32> into tensor<8xf32>
  return %r : tensor<8xf32>
}

// Every other column has no unit stride; a strided matrix has no flat view.
// CHECK-LABEL: func.func @no_view_without_strides(
// CHECK: kernel.launch @copy__f32__rank2__2x4
// CHECK: kernel.launch @relu
// CHECK: kernel.launch @copy__f32__rank2__2x4
func.func @no_view_without_strides(%x: tensor<2x8xf32>) -> (tensor<2x4xf32>, tensor<8xf32>) {
  %s = tensor.extract_slice %x[0, 0] [2, 4] [1, 2] : tensor<2x8xf32> to tensor<2x4xf32>
  %a = kernel.launch @relu ins(%s : tensor<2x4xf32>) -> tensor<2x4xf32>
  %h = tensor.extract_slice %x[0, 4] [2, 4] [1, 1] : tensor<2x8xf32> to tensor<2x4xf32>
  %r = tensor.collapse_shape %h [[0, 1]] : tensor<2x4xf32> into tensor<8xf32>
  return %a, %r : tensor<2x4xf32>, tensor<8xf32>
}

// Inputs, constants and doubled results are copied to outputs.
// CHECK-LABEL: func.func @copies(
// CHECK-SAME: %[[X:.*]]: memref<2x4xf32>, %[[A:.*]]: memref<2x4xf32> {kernel.output}, %[[B:.*]]: memref<2x4xf32> {kernel.output}, %[[C:.*]]: memref<2x4xf32> {kernel.output}, %[[D:.*]]: memref<2x4xf32> {kernel.output})
// CHECK: %[[K:.*]] = bufferization.to_memref %{{.*}} : memref<2x4xf32>
// CHECK: kernel.launch @relu ins(%[[X]] : {{.*}}) outs(%[[A]] :
// CHECK: kernel.launch @copy__{{.*}} ins(%[[A]] : {{.*}}) outs(%[[B]] :
// CHECK: kernel.launch @copy__{{.*}} ins(%[[X]] : {{.*}}) outs(%[[C]] :
// CHECK: kernel.launch @copy__{{.*}} ins(%[[K]] : {{.*}}) outs(%[[D]] :
func.func @copies(%x: tensor<2x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>) {
  %k = arith.constant dense<1.0> : tensor<2x4xf32>
  %a = kernel.launch @relu ins(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %a, %a, %x, %k : tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>
}

// -----

// Epilogue in place, extents of a window, loads instead of tensor.extract.
#id = affine_map<(a) -> (a)>
// CHECK-LABEL: kernel.def @pool(
// CHECK-SAME: %[[X:.*]]: memref<8xf32>, %[[Y:.*]]: memref<4xf32>)
// CHECK: linalg.fill ins(%{{.*}} : f32) outs(%[[Y]] : memref<4xf32>)
// CHECK: %[[W:.*]] = memref.reinterpret_cast %[[Y]] to offset: [0], sizes: [2], strides: [1]
// CHECK: linalg.generic {{.*}} ins(%[[X]], %[[W]] : memref<8xf32>, memref<2xf32>) outs(%[[Y]] : memref<4xf32>)
// CHECK: linalg.generic {{.*}} outs(%[[Y]] : memref<4xf32>)
// CHECK-NEXT: ^bb0(%[[V:.*]]: f32):
// CHECK: %[[L:.*]] = memref.load %[[X]]
// CHECK-NEXT: %[[S:.*]] = arith.addf %[[V]], %[[L]]
// CHECK-NEXT: linalg.yield %[[S]]
// CHECK: kernel.yield
kernel.def @pool(%x: tensor<8xf32>) -> tensor<4xf32> {
  %low = arith.constant 0.0 : f32
  %window = tensor.empty() : tensor<2xi8>
  %e = tensor.empty() : tensor<4xf32>
  %f = linalg.fill ins(%low : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %p = linalg.generic {indexing_maps = [affine_map<(o, k) -> (o * 2 + k)>, affine_map<(o, k) -> (k)>, affine_map<(o, k) -> (o)>], iterator_types = ["parallel", "reduction"]}
    ins(%x, %window : tensor<8xf32>, tensor<2xi8>) outs(%f : tensor<4xf32>) {
  ^bb0(%i: f32, %k: i8, %o: f32):
    %m = arith.maximumf %i, %o : f32
    linalg.yield %m : f32
  } -> tensor<4xf32>
  %e2 = tensor.empty() : tensor<4xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%p : tensor<4xf32>) outs(%e2 : tensor<4xf32>) {
  ^bb0(%i: f32, %o: f32):
    %n = linalg.index 0 : index
    %v = tensor.extract %x[%n] : tensor<8xf32>
    %s = arith.addf %i, %v : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  kernel.yield %r : tensor<4xf32>
}
func.func @main(%x: tensor<8xf32>) -> tensor<4xf32> {
  %y = kernel.launch @pool ins(%x : tensor<8xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The runtime knows no strides: its buffers are dense, and copied.
// CHECK-LABEL: func.func @no_strides_for_runtime(
// CHECK-SAME: %[[X:.*]]: memref<2x8xf32>, %[[I:.*]]: memref<2x4xi64>, %[[Y:.*]]: memref<2x8xf32> {kernel.output})
// CHECK: %[[H:.*]] = memref.reinterpret_cast %[[X]] to offset: [4]
// CHECK-NEXT: kernel.launch @copy__{{.*}} ins(%[[H]] : {{.*}}) outs(%[[D:[^ ]*]] : memref<2x4xf32>)
// CHECK-NEXT: kernel.extern "atrous_max_unpool" ins(%[[D]], %[[I]] : {{.*}}) outs(%[[U:[^ ]*]] : memref<2x4xf32>) arguments [2, 4]
// CHECK-COUNT-2: kernel.launch @copy__{{.*}} ins(%[[U]] :
func.func @no_strides_for_runtime(%x: tensor<2x8xf32>, %i: tensor<2x4xi64>) -> tensor<2x8xf32> {
  %h = tensor.extract_slice %x[0, 4] [2, 4] [1, 1] : tensor<2x8xf32> to tensor<2x4xf32>
  %e = tensor.empty() : tensor<2x4xf32>
  %u = kernel.extern "atrous_max_unpool" ins(%h, %i : tensor<2x4xf32>, tensor<2x4xi64>) outs(%e : tensor<2x4xf32>) arguments [2, 4] -> tensor<2x4xf32>
  %c = tensor.concat dim(1) %u, %u : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>
  return %c : tensor<2x8xf32>
}

// -----

// What the caller gave is not its to keep twice.
// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME: %[[X:.*]]: memref<?xf32>) -> (memref<?xf32> {kernel.output_number = 0 : i64})
// CHECK: %[[N:.*]] = memref.dim %[[X]]
// CHECK: %[[Y:[^ ]*]] = kernel.alloc(%[[N]]) : memref<?xf32>
// CHECK: kernel.launch @copy__{{.*}} ins(%[[X]] : memref<?xf32>) outs(%[[Y]] : memref<?xf32>)
// CHECK: return %[[Y]]
func.func @dynamic(%x: tensor<?xf32>) -> tensor<?xf32> {
  return %x : tensor<?xf32>
}

// -----

// expected-error@+1 {{value of type 'f32' has no buffer}}
func.func @scalar(%x: f32) {
  return
}

// -----

func.func @other(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{has no form on buffers}}
  %y = math.exp %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

func.func @dynamicOffset(%x: tensor<4xf32>) -> tensor<2xf32> {
  %i = arith.constant 1 : index
  // expected-error@+1 {{has a dynamic offset or size}}
  %y = tensor.extract_slice %x[%i] [2] [1] : tensor<4xf32> to tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// expected-error@+1 {{control flow between blocks has no buffers}}
func.func @blocks(%x: tensor<4xf32>) -> tensor<4xf32> {
  cf.br ^next
^next:
  return %x : tensor<4xf32>
}

// -----

kernel.def @odd(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{has no form on buffers}}
  %y = math.exp %x : tensor<4xf32>
  kernel.yield %y : tensor<4xf32>
}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = kernel.launch @odd ins(%x : tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The target of a reshape is no buffer, also where it is known.
// CHECK-LABEL: func.func @known_target(
// CHECK-NOT: memref.load
// CHECK-NOT: xindex>
// CHECK: memref.reinterpret_cast %{{.*}} to offset: [0], sizes: [2, 3]
func.func @known_target(%x: tensor<?xf32>) -> tensor<2x3xf32> {
  %shape = arith.constant dense<[2, 3]> : tensor<2xindex>
  %y = tensor.reshape %x(%shape) : (tensor<?xf32>, tensor<2xindex>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

#prepared = #kernel.cpu<algo = winograd_channels, isa = avx2, lanes = 8, tile = [1, 4], unroll = 1, parallel = 2, block = [4, 4]>
module attributes {kernel.target = #kernel.target<cpu = "x86-64-v3", features = "", isa = avx2, lanes = 8, threads = 1>} {
kernel.def @conv(%x: tensor<1x1x6x6x8xf32>, %w: tensor<1x1x3x3x8x8xf32>) -> tensor<1x1x4x4x8xf32> attributes {kernel.at_load = 1 : i64, schedule = #prepared} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x1x4x4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x1x4x4x8xf32>) -> tensor<1x1x4x4x8xf32>
  %r = linalg.generic {indexing_maps = [
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, cb, oh + kh, ow + kw, ci)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (kb, cb, kh, kw, ci, ko)>,
      affine_map<(n, kb, oh, ow, ko, cb, kh, kw, ci) -> (n, kb, oh, ow, ko)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x1x6x6x8xf32>, tensor<1x1x3x3x8x8xf32>) outs(%f : tensor<1x1x4x4x8xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x1x4x4x8xf32>
  kernel.yield %r : tensor<1x1x4x4x8xf32>
}
func.func @main(%x: tensor<1x1x6x6x8xf32>, %w: tensor<1x1x3x3x8x8xf32>) -> tensor<1x1x4x4x8xf32> {
  // expected-error@+1 {{'kernel.at_load' of its kernel is no constant here}}
  %y = kernel.launch @conv ins(%x, %w : tensor<1x1x6x6x8xf32>, tensor<1x1x3x3x8x8xf32>) -> tensor<1x1x4x4x8xf32>
  return %y : tensor<1x1x4x4x8xf32>
}
}
