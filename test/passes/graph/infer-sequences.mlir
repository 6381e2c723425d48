// RUN: atrous-opt %s --split-input-file --atrous-infer-shapes | FileCheck %s -enable-var-scope

// A loop fills a sequence: of what it inserts, whatever the empty one says.
// CHECK-LABEL: @filled
func.func @filled(%n: tensor<i64>, %x: tensor<2x3xf32>) -> tensor<*xf32> {
  %limit = graph.item %n : tensor<i64> -> i64
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  // CHECK: graph.empty_scan : tensor<?xf32
  // CHECK: graph.empty_scan : tensor<?x3xi64
  %d = graph.empty_scan : tensor<0xf32>
  %i = graph.empty_scan : tensor<0x?xi64>
  %0:3 = scf.while (%k = %zero, %dk = %d, %ik = %i) : (i64, tensor<0xf32>, tensor<0x?xi64>) -> (i64, tensor<0xf32>, tensor<0x?xi64>) {
    %go = arith.cmpi slt, %k, %limit : i64
    scf.condition(%go) %k, %dk, %ik : i64, tensor<0xf32>, tensor<0x?xi64>
  } do {
  ^bb0(%k: i64, %dk: tensor<0xf32>, %ik: tensor<0x?xi64>):
    // CHECK: graph.sequence_insert {{.*}} -> (tensor<?xf32{{.*}}>, tensor<?x3xi64
    %1:2 = graph.sequence_insert %dk, %ik, %x : (tensor<0xf32>, tensor<0x?xi64>, tensor<2x3xf32>) -> (tensor<?xf32>, tensor<?x?xi64>)
    %next = arith.addi %k, %one : i64
    %2 = graph.retype %1#0 : tensor<?xf32> -> tensor<0xf32>
    %3 = graph.retype %1#1 : tensor<?x?xi64> -> tensor<0x?xi64>
    scf.yield %next, %2, %3 : i64, tensor<0xf32>, tensor<0x?xi64>
  }
  // CHECK: graph.sequence_concat {{.*}} -> tensor<?x?xf32
  %4 = graph.sequence_concat %0#1, %0#2 {axis = 0 : i64} : (tensor<0xf32>, tensor<0x?xi64>) -> tensor<*xf32>
  return %4 : tensor<*xf32>
}

// -----

// Two tensors after an iteration, none before the first: how many, nobody knows.
// CHECK-LABEL: @replaced
func.func @replaced(%n: tensor<i64>, %x: tensor<3xf32>) -> tensor<*xf32> {
  %limit = graph.item %n : tensor<i64> -> i64
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %d = graph.empty_scan : tensor<0xf32>
  %i = graph.empty_scan : tensor<0x?xi64>
  // CHECK: scf.while {{.*}} -> (i64, tensor<?xf32{{.*}}>, tensor<?x2xi64
  %0:3 = scf.while (%k = %zero, %dk = %d, %ik = %i) : (i64, tensor<0xf32>, tensor<0x?xi64>) -> (i64, tensor<0xf32>, tensor<0x?xi64>) {
    %go = arith.cmpi slt, %k, %limit : i64
    scf.condition(%go) %k, %dk, %ik : i64, tensor<0xf32>, tensor<0x?xi64>
  } do {
  ^bb0(%k: i64, %dk: tensor<0xf32>, %ik: tensor<0x?xi64>):
    // CHECK: graph.sequence_construct {{.*}} -> (tensor<6xf32>, tensor<2x2xi64>)
    %1:2 = graph.sequence_construct %x, %x : (tensor<3xf32>, tensor<3xf32>) -> (tensor<6xf32>, tensor<2x2xi64>)
    %next = arith.addi %k, %one : i64
    %2 = graph.retype %1#0 : tensor<6xf32> -> tensor<0xf32>
    %3 = graph.retype %1#1 : tensor<2x2xi64> -> tensor<0x?xi64>
    scf.yield %next, %2, %3 : i64, tensor<0xf32>, tensor<0x?xi64>
  }
  // CHECK: graph.sequence_concat {{.*}} -> tensor<?xf32
  %4 = graph.sequence_concat %0#1, %0#2 {axis = 0 : i64} : (tensor<0xf32>, tensor<0x?xi64>) -> tensor<*xf32>
  return %4 : tensor<*xf32>
}

// -----

// A loop that only passes an empty sequence on.
// CHECK-LABEL: @untouched
func.func @untouched(%n: tensor<i64>) -> tensor<0x?xi64> {
  %limit = graph.item %n : tensor<i64> -> i64
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %i = graph.empty_scan : tensor<0x?xi64>
  // CHECK: graph.empty_scan : tensor<0x0xi64>
  // CHECK: scf.while {{.*}} -> (i64, tensor<0x0xi64>)
  %0:2 = scf.while (%k = %zero, %ik = %i) : (i64, tensor<0x?xi64>) -> (i64, tensor<0x?xi64>) {
    %go = arith.cmpi slt, %k, %limit : i64
    scf.condition(%go) %k, %ik : i64, tensor<0x?xi64>
  } do {
  ^bb0(%k: i64, %ik: tensor<0x?xi64>):
    %next = arith.addi %k, %one : i64
    scf.yield %next, %ik : i64, tensor<0x?xi64>
  }
  return %0#1 : tensor<0x?xi64>
}

// -----

// Either two tensors or none.
// CHECK-LABEL: @branches
func.func @branches(%c: i1, %x: tensor<3xf32>) -> (tensor<?xf32>, tensor<?x?xi64>) {
  // CHECK: scf.if {{.*}} -> (tensor<?xf32{{.*}}>, tensor<?x2xi64
  %0:2 = scf.if %c -> (tensor<?xf32>, tensor<?x?xi64>) {
    %1:2 = graph.sequence_construct %x, %x : (tensor<3xf32>, tensor<3xf32>) -> (tensor<6xf32>, tensor<2x2xi64>)
    %2 = graph.retype %1#0 : tensor<6xf32> -> tensor<?xf32>
    %3 = graph.retype %1#1 : tensor<2x2xi64> -> tensor<?x?xi64>
    scf.yield %2, %3 : tensor<?xf32>, tensor<?x?xi64>
  } else {
    %d = graph.empty_scan : tensor<0xf32>
    %i = graph.empty_scan : tensor<0x?xi64>
    %2 = graph.retype %d : tensor<0xf32> -> tensor<?xf32>
    %3 = graph.retype %i : tensor<0x?xi64> -> tensor<?x?xi64>
    scf.yield %2, %3 : tensor<?xf32>, tensor<?x?xi64>
  }
  return %0#0, %0#1 : tensor<?xf32>, tensor<?x?xi64>
}
