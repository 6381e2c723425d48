// RUN: atrous-opt --atrous-infer-shapes --split-input-file --verify-diagnostics %s | FileCheck %s

// reshape(relu(x), concat(gather(shape(x), 0), -1)): the shape is arithmetic.
// CHECK-LABEL: func.func @main
// CHECK-SAME: -> (tensor<1x128xf32> {graph.name = "y"})
// CHECK: %[[S:.*]] = graph.constant dense<[1, -1]> : tensor<2xi64>
// CHECK: %[[R:.*]] = graph.relu %{{.*}} : tensor<1x8x4x4xf32> -> tensor<1x8x4x4xf32>
// CHECK: %[[Y:.*]] = graph.reshape %[[R]], %[[S]] {{.*}} -> tensor<1x128xf32>
// CHECK: return %[[Y]] : tensor<1x128xf32>
func.func @main(%x: tensor<1x8x4x4xf32>) -> (tensor<*xf32> {graph.name = "y"}) {
  %shape = graph.shape %x : tensor<1x8x4x4xf32> -> tensor<*xi64>
  %zero = graph.constant dense<0> : tensor<1xi64> : tensor<1xi64>
  %n = graph.gather %shape, %zero {axis = 0 : i64} : (tensor<*xi64>, tensor<1xi64>) -> tensor<*xi64>
  %rest = graph.constant dense<-1> : tensor<1xi64> : tensor<1xi64>
  %target = graph.concat %n, %rest {axis = 0 : i64} : (tensor<*xi64>, tensor<1xi64>) -> tensor<*xi64>
  %r = graph.relu %x : tensor<1x8x4x4xf32> -> tensor<*xf32>
  %y = graph.reshape %r, %target : tensor<*xf32>, tensor<*xi64> -> tensor<*xf32>
  return %y : tensor<*xf32>
}

// -----

// Large values wait for constant folding.
// CHECK-LABEL: func.func @no_fold_large
// CHECK: graph.sqrt {{.*}} -> tensor<8192xf32>
func.func @no_fold_large() -> tensor<*xf32> {
  %c = graph.constant dense<4.0> : tensor<8192xf32> : tensor<8192xf32>
  %y = graph.sqrt %c : tensor<8192xf32> -> tensor<*xf32>
  return %y : tensor<*xf32>
}

// -----

// Names of sizes survive where sizes are not known.
// CHECK-LABEL: func.func @symbols
// CHECK: graph.relu {{.*}} -> tensor<?x4xf32, #graph.tensor<symbols = ["N", ""]>>
func.func @symbols(%x: tensor<?x4xf32, #graph.tensor<symbols = ["N", ""]>>) -> tensor<*xf32> {
  %y = graph.relu %x : tensor<?x4xf32, #graph.tensor<symbols = ["N", ""]>> -> tensor<*xf32>
  return %y : tensor<*xf32>
}

// -----

// A size that depends on data has a name of its own.
// CHECK-LABEL: func.func @data_dependent
// CHECK: graph.reshape {{.*}} -> tensor<?x?xf32, #graph.tensor<symbols = ["y.0", "y.1"]>>
func.func @data_dependent(%x: tensor<1x8xf32>, %s: tensor<2xi64>) -> tensor<*xf32> {
  %y = graph.reshape %x, %s : tensor<1x8xf32>, tensor<2xi64> -> tensor<*xf32> loc("y")
  return %y : tensor<*xf32>
}

// -----

func.func @no_data_dependent_rank(%x: tensor<1x8xf32>, %s: tensor<?xi64>) -> tensor<*xf32> {
  // expected-error@+1 {{has a number of dimensions that depends on data: the result is 'tensor<*xf32>', and the shape is an input of the network}}
  %y = graph.reshape %x, %s : tensor<1x8xf32>, tensor<?xi64> -> tensor<*xf32>
  return %y : tensor<*xf32>
}

// -----

// The size of one shape computes that of another.
// CHECK-LABEL: func.func @computed
// CHECK: graph.reshape {{.*}} -> tensor<?x?xf32, #graph.tensor<symbols = ["div(H,2)", "2*W"]>>
func.func @computed(%x: tensor<?x?xf32, #graph.tensor<symbols = ["H", "W"]>>) -> tensor<*xf32> {
  %s = graph.shape %x : tensor<?x?xf32, #graph.tensor<symbols = ["H", "W"]>> -> tensor<2xi64>
  %i = graph.constant dense<0> : tensor<i64> : tensor<i64>
  %h = graph.gather %s, %i {axis = 0 : i64} : (tensor<2xi64>, tensor<i64>) -> tensor<*xi64>
  %two = graph.constant dense<2> : tensor<1xi64> : tensor<1xi64>
  %half = graph.div %h, %two : tensor<*xi64>, tensor<1xi64> -> tensor<*xi64>
  %one = graph.constant dense<1> : tensor<1xi64> : tensor<1xi64>
  %w = graph.slice %s[%one : %two] : tensor<2xi64>, tensor<1xi64>, tensor<1xi64> -> tensor<*xi64>
  %double = graph.mul %w, %two : tensor<*xi64>, tensor<1xi64> -> tensor<*xi64>
  %t = graph.concat %half, %double {axis = 0 : i64} : (tensor<*xi64>, tensor<*xi64>) -> tensor<*xi64>
  %y = graph.reshape %x, %t : tensor<?x?xf32, #graph.tensor<symbols = ["H", "W"]>>, tensor<*xi64> -> tensor<*xf32>
  return %y : tensor<*xf32>
}

// -----

func.func @no_contradiction(%x: tensor<1x8xf32>) -> tensor<1x9xf32> {
  %a = graph.relu %x : tensor<1x8xf32> -> tensor<*xf32>
  // expected-error@+1 {{computes 'tensor<1x8xf32>' where the model says 'tensor<1x9xf32>'}}
  %y = graph.relu %a : tensor<*xf32> -> tensor<1x9xf32>
  return %y : tensor<1x9xf32>
}

// -----

// Sizes of inputs get names, too, and the function's type has them.
// CHECK-LABEL: @nameless(
// CHECK-SAME: %{{.*}}: tensor<?x4xf32, #graph.tensor<symbols = ["value.0", ""]>>) -> tensor<?x4xf32, #graph.tensor<symbols = ["value.0", ""]>>
func.func @nameless(%x: tensor<?x4xf32, #graph.tensor<symbols = ["", ""]>>) -> tensor<?x4xf32, #graph.tensor<symbols = ["", ""]>> {
  return %x : tensor<?x4xf32, #graph.tensor<symbols = ["", ""]>>
}
