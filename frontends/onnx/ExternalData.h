//===- ExternalData.h - Tensors outside of the model file -------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_EXTERNALDATA_H
#define ATROUS_FRONTENDS_ONNX_EXTERNALDATA_H

#include "frontends/onnx/ModelContext.h"
#include "llvm/ADT/ArrayRef.h"

namespace onnx {
class TensorProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Reads the bytes of a tensor from a file in the model's folder into `bytes`,
/// whose size must be what the file is said to hold. Paths that leave the
/// folder, also through symbolic links, and what is no regular file are
/// refused.
void readExternalData(const ModelContext &context, mlir::Location loc,
                      const onnx::TensorProto &tensor,
                      llvm::MutableArrayRef<char> bytes);

/// Does all checks of readExternalData for a tensor of `byteCount` bytes, but
/// reads nothing.
void checkExternalData(const ModelContext &context, mlir::Location loc,
                       const onnx::TensorProto &tensor, int64_t byteCount);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_EXTERNALDATA_H
