//===- ModelContext.h - What every step of an import knows ------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_MODELCONTEXT_H
#define ATROUS_FRONTENDS_ONNX_MODELCONTEXT_H

#include "frontends/onnx/Importer.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"
#include "llvm/ADT/StringMap.h"

namespace onnx {
class NodeProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Thrown after a refusal was emitted; caught at the border in Importer.cpp.
struct ImportFailure {
  Refusal refusal = Refusal::model;
};

/// Emits an error and unwinds.
[[noreturn]] void refuse(mlir::Location loc, const llvm::Twine &message);

/// The same for a valid model that Atrous does not support.
[[noreturn]] void refuseUnsupported(mlir::Location loc,
                                    const llvm::Twine &message);

/// `text` in single quotes for a message: cut to a readable length, with
/// control characters and broken UTF-8 as \xNN.
std::string quoted(llvm::StringRef text);

/// `text` as valid UTF-8 without control characters.
std::string escaped(llvm::StringRef text);

/// `dims` as in 1x3x8x8; `?` where a dimension is not known.
std::string shapeText(llvm::ArrayRef<int64_t> dims);

struct ModelContext {
  mlir::MLIRContext *context;
  const ImportOptions &options;
  /// Folder of the external data; empty where there is none.
  std::string baseDir;
  /// Version of each imported domain; the default domain is "".
  llvm::StringMap<int64_t> opsets;

  const Limits &limits() const { return options.limits; }

  /// The imported version of `domain`; 0 where it is not imported.
  int64_t getOpset(llvm::StringRef domain) const {
    return opsets.lookup(domain);
  }

  /// Location of the model as a whole.
  mlir::Location getLocation() const;

  /// NameLoc("<name>", NameLoc("<kind>:<default opset>")), of things that are
  /// no nodes: initializers, inputs, outputs.
  mlir::Location getLocation(llvm::StringRef kind, llvm::StringRef name) const;

  /// NameLoc("<node name>", NameLoc("<OpType>:<opset>")); a node without a name
  /// is called by its first output.
  mlir::Location getLocation(const onnx::NodeProto &node) const;
};

/// The name that a node is reported under.
std::string getNodeName(const onnx::NodeProto &node);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_MODELCONTEXT_H
