// exp, log, tanh, sigmoid and erf are arithmetic: no kernel calls a function for an element.
// RUN: atrous compile %s --start-at=simplify --emit=asm --mcpu=x86-64-v4 -o - | FileCheck %s
// RUN: atrous compile %s --start-at=simplify --emit=asm --mcpu=x86-64-v3 -o - | FileCheck %s

// CHECK-LABEL: {{^}}exp{{[a-z_0-9]*}}:
// CHECK-NOT: {{(call|jmp)q?\s.*(exp|log|tanh|erf)f(@PLT)?$}}
// CHECK: atrous_main:
func.func @main(%x: tensor<1x3x17x19xf32> {graph.name = "x"}) -> (tensor<1x3x17x19xf32> {graph.name = "y"}) {
  %0 = graph.exp %x : tensor<1x3x17x19xf32> -> tensor<1x3x17x19xf32>
  %1 = graph.tanh %0 : tensor<1x3x17x19xf32> -> tensor<1x3x17x19xf32>
  %2 = graph.sigmoid %1 : tensor<1x3x17x19xf32> -> tensor<1x3x17x19xf32>
  %3 = graph.erf %2 : tensor<1x3x17x19xf32> -> tensor<1x3x17x19xf32>
  %4 = graph.log %3 : tensor<1x3x17x19xf32> -> tensor<1x3x17x19xf32>
  return %4 : tensor<1x3x17x19xf32>
}
