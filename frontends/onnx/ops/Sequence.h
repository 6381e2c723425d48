//===- Sequence.h - What operators on sequences share -----------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_SEQUENCE_H
#define ATROUS_FRONTENDS_ONNX_OPS_SEQUENCE_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// A sequence of these tensors.
GraphValue makeList(NodeImport &node, mlir::Type elementType,
                    llvm::ArrayRef<mlir::Value> list);

/// The sequence that an op gives as its two results.
GraphValue makeSequence(mlir::Operation *op);

/// The tensor at `position`, a tensor of one integer.
mlir::Value createSequenceAt(NodeImport &node, Sequence &sequence,
                             mlir::Value position);

/// The number of tensors, an i64 of rank 0.
mlir::Value createSequenceLength(NodeImport &node, Sequence &sequence);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_SEQUENCE_H
