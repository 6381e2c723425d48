// A network with a shape hint: every stage file re-enters, and leads to the same
// bytes; both tell the hint.
//
// RUN: rm -rf %t && mkdir -p %t/a %t/b
// RUN: atrous compile %s --start-at=simplify --save-stages=%t/stages -o %t/a/m.so
// RUN: atrous compile %t/stages/02-simplify.mlir --start-at=fuse -o %t/b/m.so
// RUN: cmp %t/a/m.so %t/b/m.so
// RUN: atrous compile %t/stages/03-fuse.mlir --start-at=schedule -o %t/b/m.so
// RUN: cmp %t/a/m.so %t/b/m.so
// RUN: atrous compile %t/stages/04-schedule.mlir --start-at=plan -o %t/b/m.so
// RUN: cmp %t/a/m.so %t/b/m.so
// RUN: atrous compile %t/stages/05-plan.mlir --start-at=codegen -o %t/b/m.so
// RUN: cmp %t/a/m.so %t/b/m.so
// RUN: atrous compile %t/stages/06-codegen.mlir --start-at=emit -o %t/b/m.so
// RUN: cmp %t/a/m.so %t/b/m.so
//
// RUN: atrous inspect %t/a/m.so | FileCheck %s --check-prefix=LIBRARY
// RUN: atrous inspect %t/stages/05-plan.mlir | FileCheck %s --check-prefix=STAGE
// RUN: atrous compile %s --start-at=simplify --header --emit=obj -o %t/a/m.o
// RUN: FileCheck %s --check-prefix=HEADER --input-file=%t/a/m.h

// LIBRARY: options: {{.*}}"shape_hints":["x:1x3x8x8"]
// LIBRARY: input x: float32[1, 3, h, w]
// LIBRARY: output y: float32[1, 3, h, w]
// LIBRARY: shape hint: x:1x3x8x8

// STAGE: input x: memref<1x3x?x?xf32>
// STAGE: shape hint: x:1x3x8x8

// HEADER: Has code of its own for x:1x3x8x8.

module attributes {graph.model_name = "two_sizes"} {
  func.func @main(%x: tensor<1x3x?x?xf32, #graph.tensor<symbols = ["", "", "h", "w"]>> {graph.name = "x"})
      -> (tensor<1x3x?x?xf32, #graph.tensor<symbols = ["", "", "h", "w"]>> {graph.name = "y"}) {
    %0 = graph.relu %x : tensor<1x3x?x?xf32, #graph.tensor<symbols = ["", "", "h", "w"]>> -> tensor<1x3x?x?xf32, #graph.tensor<symbols = ["", "", "h", "w"]>>
        loc("relu_1"("Relu:17"))
    return %0 : tensor<1x3x?x?xf32, #graph.tensor<symbols = ["", "", "h", "w"]>>
  }
  func.func @main_hint_1(%x: tensor<1x3x8x8xf32> {graph.name = "x"})
      -> (tensor<1x3x8x8xf32> {graph.name = "y"}) attributes {graph.hint = "x:1x3x8x8"} {
    %0 = graph.relu %x : tensor<1x3x8x8xf32> -> tensor<1x3x8x8xf32>
        loc("relu_1"("Relu:17"))
    return %0 : tensor<1x3x8x8xf32>
  }
}
