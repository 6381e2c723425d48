// RUN: atrous-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @symbols_and_layout
// CHECK-SAME: tensor<?x21x65x65xf32, #graph.tensor<symbols = ["N", "", "", ""], inner_dims = [1], inner_tiles = [16]>>
func.func private @symbols_and_layout(tensor<?x21x65x65xf32, #graph.tensor<symbols = ["N", "", "", ""], inner_dims = [1], inner_tiles = [16]>>)

// -----

// expected-error @below {{expects one inner tile per inner dimension, got 1 dimensions and 2 tiles}}
func.func private @tiles(tensor<4xf32, #graph.tensor<inner_dims = [0], inner_tiles = [4, 4]>>)

// -----

// expected-error @below {{inner tile 0 is not positive}}
func.func private @zero_tile(tensor<4xf32, #graph.tensor<inner_dims = [0], inner_tiles = [0]>>)

// -----

// expected-error @below {{inner dimension -1 is negative}}
func.func private @negative(tensor<4xf32, #graph.tensor<inner_dims = [-1], inner_tiles = [4]>>)

// -----

// expected-error @below {{inner dimension 0 is repeated}}
func.func private @repeated(tensor<4xf32, #graph.tensor<inner_dims = [0, 0], inner_tiles = [4, 4]>>)

// -----

// expected-error @below {{inner dimension 1 is out of range for a tensor of rank 1}}
func.func private @rank(tensor<4xf32, #graph.tensor<inner_dims = [1], inner_tiles = [4]>>)

// -----

// expected-error @below {{has 2 symbols for a tensor of rank 1}}
func.func private @symbols(tensor<?xf32, #graph.tensor<symbols = ["N", ""]>>)

// -----

// expected-error @below {{symbol "N" names dimension 0, whose size is 4}}
func.func private @static_symbol(tensor<4xf32, #graph.tensor<symbols = ["N"]>>)

// -----

// expected-error @below {{unknown or repeated field 'tiles'}}
func.func private @field(tensor<4xf32, #graph.tensor<tiles = [4]>>)
