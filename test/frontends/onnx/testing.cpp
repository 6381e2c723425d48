//===- testing.cpp - Small models in ONNX's text form ---------------------===//

#include "testing.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "onnx/defs/parser.h"
#include "onnx/onnx_pb.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace atrous::testing {

onnx::ModelProto parseText(llvm::StringRef text) {
  onnx::ModelProto model;
  std::string copy = text.str();
  onnx::OnnxParser parser(copy.c_str());
  auto status = parser.Parse(model);
  EXPECT_TRUE(status.IsOK()) << status.ErrorMessage() << "\nin " << copy;
  return model;
}

static std::string describe(Diagnostic &diagnostic) {
  std::string text;
  if (auto name = dyn_cast<NameLoc>(diagnostic.getLocation())) {
    if (auto child = dyn_cast<NameLoc>(name.getChildLoc()))
      text = child.getName().str() + " ";
    text += "'" + name.getName().str() + "': ";
  }
  return text + diagnostic.str() + "\n";
}

template <typename Fn> static Imported import(Fn importWith) {
  Imported imported;
  MLIRContext context(MLIRContext::Threading::DISABLED);
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    imported.errors += describe(diagnostic);
    return success();
  });
  auto refusal = onnx_frontend::Refusal::model;
  OwningOpRef<ModuleOp> module = importWith(context, &refusal);
  imported.isUnsupported = refusal == onnx_frontend::Refusal::unsupported;
  // Null and an error go together, always.
  EXPECT_EQ(!module, !imported.errors.empty());
  if (module) {
    llvm::raw_string_ostream stream(imported.module);
    module->print(stream, OpPrintingFlags().elideLargeElementsAttrs());
  }
  return imported;
}

Imported importBytes(llvm::StringRef bytes,
                     const onnx_frontend::ImportOptions &options,
                     llvm::StringRef baseDir) {
  return import([&](MLIRContext &context, onnx_frontend::Refusal *refusal) {
    return onnx_frontend::importOnnxBytes(bytes, baseDir, options, context,
                                          refusal);
  });
}

Imported importModel(const onnx::ModelProto &model,
                     const onnx_frontend::ImportOptions &options,
                     llvm::StringRef baseDir) {
  return importBytes(model.SerializeAsString(), options, baseDir);
}

Imported importFile(llvm::StringRef path) {
  return import([&](MLIRContext &context, onnx_frontend::Refusal *refusal) {
    return onnx_frontend::importOnnxFile(path, {}, context, refusal);
  });
}

Imported importGraph(int opset, llvm::StringRef signature,
                     llvm::StringRef nodes,
                     const onnx_frontend::ImportOptions &options) {
  std::string text =
      "<ir_version: 8, opset_import: [\"\" : " + std::to_string(opset) +
      "]> g " + signature.str() + " { " + nodes.str() + " }";
  return importModel(parseText(text), options);
}

Imported importUnary(int opset, llvm::StringRef op) {
  return importGraph(opset, "(float[1,4,6,6] x) => (float[?] y)",
                     "y = " + op.str() + "(x)");
}

} // namespace atrous::testing
