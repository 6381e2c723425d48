// Code for several CPUs: one file where that is possible, else one for each.
//
// RUN: rm -rf %t && mkdir -p %t
// RUN: atrous compile %s --start-at=simplify --mcpu=x86-64-v4+x86-64-v3 --save-stages=%t/stages -o %t/m.so
// RUN: ls %t/stages %t/stages/x86-64-v3 | FileCheck %s --check-prefix=FILES
// RUN: env ATROUS_MAX_CPU=x86-64-v3 atrous inspect %t/m.so | FileCheck %s --check-prefix=LIBRARY
// RUN: atrous compile %s --start-at=simplify --mcpu=x86-64-v3+x86-64-v4 --emit=asm -o %t/m.s
// RUN: FileCheck %s --check-prefix=ZMM < %t/m.x86-64-v4.s
// RUN: FileCheck %s --check-prefix=YMM < %t/m.x86-64-v3.s
// RUN: atrous compile %s --start-at=simplify --mcpu=x86-64-v3+x86-64-v4 --emit=mlir -o %t/m.mlir
// RUN: FileCheck %s --check-prefix=MLIR < %t/m.x86-64-v4.mlir
//
// RUN: not atrous compile %s --start-at=simplify --mcpu=x86-64-v3+x86-64-v4 --emit=asm -o - 2>&1 | FileCheck %s --check-prefix=STDOUT
// RUN: not atrous compile %t/stages/x86-64-v3/03-fuse.mlir --start-at=schedule --mcpu=x86-64-v3+x86-64-v4 -o %t/n.so 2>&1 | FileCheck %s --check-prefix=STAGE
// RUN: not atrous compile %s --start-at=simplify --mcpu=x86-64-v3+x86-64-v3 -o %t/n.so 2>&1 | FileCheck %s --check-prefix=TWICE

// FILES: x86-64-v3
// FILES-NEXT: x86-64-v4
// FILES: 02-simplify.mlir
// FILES: 06-codegen.mlir
// LIBRARY: cpu: x86-64-v3 (needs {{.*}}), chosen here
// LIBRARY-NEXT: cpu: x86-64-v4 (needs {{.*}}avx512f{{.*}}){{$}}
// ZMM: zmm
// YMM-NOT: zmm
// YMM: ymm
// MLIR: kernel.target = #kernel.target<cpu = "x86-64-v4"
// STDOUT: error: standard output takes the code for one CPU, not for 'x86-64-v3+x86-64-v4'
// STAGE: error: the stage file is for CPU 'x86-64-v3'; it cannot be compiled for 'x86-64-v3+x86-64-v4'
// TWICE: error: CPUs 'x86-64-v3' and 'x86-64-v3' need the same features

module attributes {graph.model_name = "two_ops"} {
  func.func @main(%x: tensor<1x3x8x8xf32> {graph.name = "x"})
      -> (tensor<1x3x8x8xf32> {graph.name = "y"}) {
    %0 = graph.relu %x : tensor<1x3x8x8xf32> -> tensor<1x3x8x8xf32>
    return %0 : tensor<1x3x8x8xf32>
  }
}
