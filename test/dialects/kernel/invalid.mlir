// RUN: atrous-opt %s -split-input-file -verify-diagnostics

// expected-error@+1 {{unknown schedule field 'tiles'}}
module attributes {a = #kernel.cpu<algo = plain, isa = avx2, lanes = 8, tiles = [1]>} {}

// -----

// expected-error@+1 {{schedule needs 'algo' and 'isa'}}
module attributes {a = #kernel.cpu<algo = plain, lanes = 8>} {}

// -----

// expected-error@+1 {{avx2 has 1 to 8 f32 lanes, got 16}}
module attributes {a = #kernel.cpu<algo = plain, isa = avx2, lanes = 16>} {}

// -----

// expected-error@+1 {{unroll must be positive and parallel not negative}}
module attributes {a = #kernel.cpu<algo = plain, isa = avx2, lanes = 8, unroll = 0>} {}

// -----

// expected-error@+1 {{tile and block sizes must be positive}}
module attributes {a = #kernel.cpu<algo = plain, isa = avx2, lanes = 8, tile = [0, 1]>} {}

// -----

// expected-error@+1 {{direct_conv needs a tile of two sizes, got 1}}
module attributes {a = #kernel.cpu<algo = direct_conv, isa = avx2, lanes = 8, tile = [2]>} {}

// -----

// expected-error@+1 {{winograd_tiles needs a block of 2 to 6 outputs and a number of tiles}}
module attributes {a = #kernel.cpu<algo = winograd_tiles, isa = avx2, lanes = 8, tile = [2, 6], block = [7, 12]>} {}

// -----

// expected-error@+1 {{winograd_channels needs a tile of two sizes, got 0}}
module attributes {a = #kernel.cpu<algo = winograd_channels, isa = avx2, lanes = 8, block = [4, 12]>} {}

// -----

// expected-error@+1 {{strassen needs a block of 1 or 2 levels, pixels, input blocks and output blocks, which divide by the tile's}}
module attributes {a = #kernel.cpu<algo = strassen, isa = avx2, lanes = 8, tile = [2, 6], block = [3, 12, 4, 4]>} {}

// -----

// expected-error@+1 {{strassen needs a block of 1 or 2 levels, pixels, input blocks and output blocks, which divide by the tile's}}
module attributes {a = #kernel.cpu<algo = strassen, isa = avx2, lanes = 8, tile = [2, 6], block = [1, 12, 4, 3]>} {}

// -----

kernel.def @k(%x: memref<4xf32>) attributes {kernel.prepared = 128 : i64} {
  kernel.yield
}
func.func @main(%x: memref<4xf32>) {
  // expected-error@+1 {{has no 'kernel.prepared' that is fit for its kernel}}
  kernel.launch @k ins() outs(%x : memref<4xf32>)
  return
}

// -----

kernel.def @k(%x: memref<4xf32>) attributes {kernel.workspace = 128 : i64} {
  kernel.yield
}
func.func @main(%x: memref<4xf32>, %w: memref<64xi8>) {
  // expected-error@+1 {{passes a workspace of 64 bytes to a kernel that needs 128}}
  kernel.launch @k ins() outs(%x : memref<4xf32>) workspace(%w : memref<64xi8>)
  return
}

// -----

kernel.def @k(%x: memref<4xf32>) attributes {kernel.workspace = 128 : i64} {
  kernel.yield
}
func.func @main(%x: memref<4xf32>, %w: memref<32xf32>) {
  // expected-error@+1 {{its workspace is no memref of bytes: 'memref<32xf32>'}}
  kernel.launch @k ins() outs(%x : memref<4xf32>) workspace(%w : memref<32xf32>)
  return
}

// -----

// expected-error@+1 {{yields 'tensor<4xf32>', not 'tensor<8xf32>'}}
kernel.def @k(%x: tensor<4xf32>) -> tensor<8xf32> {
  kernel.yield %x : tensor<4xf32>
}

// -----

func.func @main(%x: tensor<4xf32>) {
  // expected-error@+1 {{launches unknown kernel @k}}
  kernel.launch @k ins(%x : tensor<4xf32>)
  return
}

// -----

func.func private @k(tensor<4xf32>)
func.func @main(%x: tensor<4xf32>) {
  // expected-error@+1 {{launches @k, not a kernel}}
  kernel.launch @k ins(%x : tensor<4xf32>)
  return
}

// -----

kernel.def @k(%x: memref<4xf32>) {
  kernel.yield
}
func.func @main(%x: memref<4xf32, strided<[2]>>) {
  // expected-error@+1 {{to a kernel of type '(memref<4xf32>) -> ()'}}
  kernel.launch @k ins() outs(%x : memref<4xf32, strided<[2]>>)
  return
}

// -----

// expected-error@+1 {{has 2 offsets for 1 values}}
kernel.constants 128 offsets [0, 64] values [1 : i32]

// -----

// expected-error@+1 {{offset 8 is not in the section or not aligned to 64 bytes}}
kernel.constants 64 offsets [8] values [1 : i32]

// -----

func.func @main(%x: tensor<4xf32>) {
  // expected-error@+1 {{has 2 results for 1 destinations}}
  %r:2 = kernel.extern "f" ins() outs(%x : tensor<4xf32>) arguments [] -> tensor<4xf32>, tensor<4xf32>
  return
}

// -----

func.func @main(%x: memref<4xf32>) {
  // expected-error@+1 {{has 1 results for 1 destinations}}
  %r = kernel.extern "f" ins() outs(%x : memref<4xf32>) arguments [] -> memref<4xf32>
  return
}

// -----

func.func @main(%x: tensor<4xf32>) {
  // expected-error@+1 {{has results of other types than its destinations}}
  %r = kernel.extern "f" ins() outs(%x : tensor<4xf32>) arguments [] -> tensor<8xf32>
  return
}

// -----

func.func @main(%x: memref<4xf32>) {
  // expected-error@+1 {{has 1 element types for 2 operands and results}}
  %r = kernel.extern "f" ins(%x : memref<4xf32>) arguments [] {dtypes = array<i32: 1>} -> memref<?xf32>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{has 0 sizes for 1 dynamic dimensions}}
  %a = kernel.alloc() : memref<?xf32>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{makes a buffer that is not dense: 'memref<4xf32, strided<[2]>>'}}
  %a = kernel.alloc() : memref<4xf32, strided<[2]>>
  return
}
