// A pass from a plugin, in a pipeline.
//
// RUN: atrous-opt %s --load-pass-plugin=%build/lib/report-ops.so --pass-pipeline="builtin.module(report-ops)" 2>&1 | FileCheck %s

// CHECK: remark: seen by the plugin
func.func @relu(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = graph.relu %x : tensor<3xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
