// atrous-opt knows our dialects and passes beside those of MLIR.
//
// RUN: atrous-opt %s --canonicalize | FileCheck %s
// RUN: atrous-opt --help | FileCheck %s --check-prefix=HELP
// RUN: atrous-opt --show-dialects | FileCheck %s --check-prefix=DIALECTS

// CHECK: graph.relu
// HELP: --atrous-form-kernels
// HELP: --atrous-infer-shapes
// HELP: --load-dialect-plugin
// HELP: --load-pass-plugin
// DIALECTS: graph{{.*}}kernel{{.*}}linalg
func.func @relu(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = graph.relu %x : tensor<3xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
