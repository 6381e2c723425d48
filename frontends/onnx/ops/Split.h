//===- Split.h - What Split and SplitToSequence share -----------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_SPLIT_H
#define ATROUS_FRONTENDS_ONNX_OPS_SPLIT_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// Consecutive parts of known sizes along `axis`, which must cover its size
/// `dim`, if that is known.
llvm::SmallVector<mlir::Value> createParts(NodeImport &node, mlir::Value x,
                                           llvm::ArrayRef<int64_t> sizes,
                                           int64_t axis, int64_t dim);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_SPLIT_H
