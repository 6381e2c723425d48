// Every stage file re-enters, and leads to the same bytes.
//
// RUN: rm -rf %t && mkdir -p %t/a %t/b %t/c
// RUN: atrous compile %s --start-at=simplify --save-stages=%t/stages -o %t/a/m.so
// RUN: ls %t/stages | FileCheck %s --check-prefix=FILES
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
// With one thread and with many.
// RUN: atrous compile %s --start-at=simplify --jobs=1 -o %t/c/m.so
// RUN: cmp %t/a/m.so %t/c/m.so
//
// RUN: atrous compile %s --start-at=simplify --stop-after=fuse -o - | FileCheck %s --check-prefix=FUSE
// RUN: atrous compile %s --start-at=simplify --emit=mlir -o - | FileCheck %s --check-prefix=CODEGEN
// RUN: atrous compile %s --start-at=simplify --emit=llvm -o - | FileCheck %s --check-prefix=LLVM
// RUN: atrous inspect %t/a/m.so | FileCheck %s --check-prefix=INSPECT
// RUN: atrous inspect %t/a/m.so --layers | FileCheck %s --check-prefix=LAYERS
// RUN: atrous inspect %t/stages/05-plan.mlir --layers | FileCheck %s --check-prefix=LAYERS
// RUN: atrous inspect %t/stages/05-plan.mlir --schedules | FileCheck %s --check-prefix=KERNELS

// FILES-NOT: 01-import
// FILES: 02-simplify.mlir
// FILES-NEXT: 03-fuse.mlir
// FILES-NEXT: 04-schedule.mlir
// FILES-NEXT: 05-plan.mlir
// FILES-NEXT: 06-codegen.mlir
// FILES-NOT: emit

// FUSE: kernel.def
// FUSE-NOT: graph.relu

// CODEGEN: llvm.func
// LLVM: define {{.*}}@

// INSPECT: model: two_ops
// INSPECT: producer: atrous
// INSPECT: options: {{.*}}"mcpu"
// INSPECT: input x: float32[1, 3, 8, 8]
// INSPECT: output y: float32[1, 3, 8, 8]
// INSPECT: arena: {{[0-9]+}} bytes

// KERNELS: input x: memref<1x3x8x8xf32>
// KERNELS: output y: memref<1x3x8x8xf32>
// KERNELS: kernel {{.*}}: 1 launches
// KERNELS-NEXT: #kernel.cpu<

// Both nodes are one kernel.
// LAYERS: layer 0: relu_sigmoid
// LAYERS-NEXT: nodes: relu_1, sigmoid_1
// LAYERS-NEXT: inputs: 1x3x8x8xf32
// LAYERS-NEXT: outputs: 1x3x8x8xf32
// LAYERS-NEXT: schedule: #kernel.cpu<
// LAYERS-NEXT: operations: {{[0-9.e+]+}}
// LAYERS-NEXT: bytes: 1536
// LAYERS-NOT: layer 1

// Code that measures layers re-enters, too.
// RUN: mkdir -p %t/d %t/e
// RUN: atrous compile %s --start-at=simplify --profile --save-stages=%t/profiled -o %t/d/m.so
// RUN: not cmp %t/a/m.so %t/d/m.so
// RUN: FileCheck %s --check-prefix=PROFILED --input-file=%t/profiled/06-codegen.mlir
// RUN: atrous compile %t/profiled/06-codegen.mlir --start-at=emit --profile -o %t/e/m.so
// RUN: cmp %t/d/m.so %t/e/m.so
// PROFILED: kernel.num_layers = 1 : i32

module attributes {graph.model_name = "two_ops"} {
  func.func @main(%x: tensor<1x3x8x8xf32> {graph.name = "x"})
      -> (tensor<1x3x8x8xf32> {graph.name = "y"}) {
    %0 = graph.relu %x : tensor<1x3x8x8xf32> -> tensor<1x3x8x8xf32>
        loc("relu_1"("Relu:17"))
    %1 = graph.sigmoid %0 : tensor<1x3x8x8xf32> -> tensor<1x3x8x8xf32>
        loc("sigmoid_1"("Sigmoid:17"))
    return %1 : tensor<1x3x8x8xf32>
  }
}
