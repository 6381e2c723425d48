//===- ModelFile.h - Bytes to ModelProto ------------------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_MODELFILE_H
#define ATROUS_FRONTENDS_ONNX_MODELFILE_H

#include "frontends/onnx/ModelContext.h"
#include <memory>

namespace llvm {
class MemoryBuffer;
} // namespace llvm
namespace onnx {
class ModelProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Maps a regular file of a size that protobuf can hold.
std::unique_ptr<llvm::MemoryBuffer> openModelFile(const ModelContext &context,
                                                  llvm::StringRef path);

/// Parses a serialized model. What is none is called by its name: a Git LFS
/// pointer, an HTML page, a picture, a truncated download.
void parseModel(const ModelContext &context, llvm::StringRef bytes,
                onnx::ModelProto &model);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_MODELFILE_H
