//===- HostFunctions.h - The network, and it at fixed sizes -----*- C++ -*-===//
//
// A module has one host function for inputs of any sizes, and may have more of
// the same network for certain sizes (graph::kHintAttr), which run instead
// where the inputs have these. In the order of the module the first that fits
// is taken.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_HOSTFUNCTIONS_H
#define ATROUS_PASSES_SUPPORT_HOSTFUNCTIONS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atrous {

struct HostFunctions {
  mlir::func::FuncOp any;
  llvm::SmallVector<mlir::func::FuncOp> hinted;
};

/// The module's functions. Emits an error unless there is one without a hint,
/// which those with one agree with: in number, ranks and element types of
/// inputs, in the sizes that are static, in the number of outputs.
mlir::FailureOr<HostFunctions> getHostFunctions(mlir::ModuleOp module);

/// Types of the network's inputs: of the arguments that are neither outputs nor
/// memory to work in.
llvm::SmallVector<mlir::ShapedType> getInputTypes(mlir::func::FuncOp host);

/// Whether only the network knows how large what it returns is.
bool isOfUnknownSize(mlir::Type result);

/// At stage `plan`: the outputs that the results of `host` are; arguments
/// marked kernel::kOutputAttr are the others, in order. Emits an error where
/// two are one.
mlir::FailureOr<llvm::SmallVector<int64_t>>
getResultNumbers(mlir::func::FuncOp host);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_HOSTFUNCTIONS_H
