// RUN: atrous-opt --atrous-check-static-inputs --split-input-file --verify-diagnostics %s

// expected-error@+1 {{input 'x' has symbolic sizes [N, 3, H, W]; give them with --shape=x:1x3x480x640}}
func.func @main(%x: tensor<?x3x?x?xf32, #graph.tensor<symbols = ["N", "", "H", "W"]>> {graph.name = "x"}) {
  return
}

// -----

// All inputs are listed at once.
// expected-error@+1 {{input 'a' has symbolic sizes [?, 4], input 'b' has an unknown number of dimensions; give them with --shape=a:1x4 --shape=b:1x3x480x640}}
func.func @main(%a: tensor<?x4xf32> {graph.name = "a"}, %s: tensor<2xf32>, %b: tensor<*xf32> {graph.name = "b"}) {
  return
}

// -----

func.func @main(%x: tensor<1x3x8x8xf32> {graph.name = "x"}) {
  return
}
