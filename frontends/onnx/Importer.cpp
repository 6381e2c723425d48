//===- Importer.cpp - ONNX to the graph dialect ---------------------------===//
//
// The border of this room: exceptions stop here.
//
//===----------------------------------------------------------------------===//

#include "frontends/onnx/Importer.h"
#include "dialects/graph/Graph.h"
#include "frontends/onnx/Functions.h"
#include "frontends/onnx/GraphImporter.h"
#include "frontends/onnx/ModelFile.h"
#include "frontends/onnx/ModelHeader.h"
#include "frontends/onnx/Structure.h"
#include "frontends/onnx/Unsupported.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "onnx/onnx_pb.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static OwningOpRef<ModuleOp> importModel(ModelContext &context,
                                         llvm::StringRef bytes) {
  onnx::ModelProto model;
  parseModel(context, bytes, model);
  readHeader(context, model);
  checkStructure(context, model.graph());
  inlineLocalFunctions(context, model);
  inlineOperatorBodies(context, model);
  // Again, as bodies have come in.
  checkStructure(context, model.graph());
  checkAllSupported(context, model);
  OwningOpRef<ModuleOp> module = importGraph(context, model);
  if (failed(verify(*module)))
    throw ImportFailure();
  return module;
}

/// Runs `import`, turning every exception into a diagnostic and null.
template <typename Fn>
static OwningOpRef<ModuleOp> guard(MLIRContext &context, Refusal *refusal,
                                   Fn import) {
  context.loadDialect<graph::GraphDialect, func::FuncDialect>();
  Location loc = UnknownLoc::get(&context);
  ImportFailure failure;
  try {
    return import();
  } catch (const ImportFailure &thrown) {
    // Its diagnostic is out.
    failure = thrown;
  } catch (const std::bad_alloc &) {
    emitError(loc, "out of memory while reading the model");
  } catch (const std::exception &exception) {
    emitError(loc, "cannot read the model: " + escaped(exception.what()));
  }
  if (refusal)
    *refusal = failure.refusal;
  return nullptr;
}

OwningOpRef<ModuleOp> importOnnxFile(llvm::StringRef path,
                                     const ImportOptions &options,
                                     MLIRContext &context, Refusal *refusal) {
  return guard(context, refusal, [&] {
    llvm::StringRef folder = llvm::sys::path::parent_path(path);
    ModelContext model{
        &context, options, folder.empty() ? "." : folder.str(), {}};
    auto buffer = openModelFile(model, path);
    return importModel(model, buffer->getBuffer());
  });
}

OwningOpRef<ModuleOp> importOnnxBytes(llvm::StringRef bytes,
                                      llvm::StringRef baseDir,
                                      const ImportOptions &options,
                                      MLIRContext &context, Refusal *refusal) {
  return guard(context, refusal, [&] {
    ModelContext model{&context, options, baseDir.str(), {}};
    return importModel(model, bytes);
  });
}

} // namespace atrous::onnx_frontend
