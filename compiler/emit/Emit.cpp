//===- Emit.cpp - From the LLVM dialect to files --------------------------===//

#include "compiler/emit/Emit.h"

#include "compiler/emit/ConstantsObject.h"
#include "compiler/emit/EmitObject.h"
#include "compiler/emit/Header.h"
#include "compiler/emit/Link.h"
#include "compiler/emit/ModelTable.h"
#include "compiler/emit/Names.h"
#include "compiler/emit/RuntimeFiles.h"
#include "compiler/emit/Workspace.h"
#include "runtime/abi/atrous_abi.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace atrous {

namespace {

/// The files of one model on their way to the output.
class Emitter {
public:
  Emitter(ArrayRef<ModelCode> variants, const EmitOptions &options,
          const Workspace &workspace)
      : variants(variants), description(variants.back().description),
        options(options), workspace(workspace),
        prefix(getPrefix(options.name, options.output)) {}

  mlir::LogicalResult addKernels(size_t number);
  Error addTable();
  Error link();

private:
  std::vector<std::string> exportedFunctions() const;
  Error addConstants();
  Error linkLibrary();
  Error linkObject();
  Error linkExecutable();
  Error addRuntime(StringRef name);
  Error publish(StringRef name);

  ArrayRef<ModelCode> variants;
  /// Of the last one, which has the constants of all.
  const ModelDescription &description;
  const EmitOptions &options;
  const Workspace &workspace;
  std::string prefix;
  std::vector<std::string> files;
};

} // namespace

static StringRef toStringRef(const ObjectBytes &bytes) {
  return StringRef(bytes.data(), bytes.size());
}

static mlir::LogicalResult report(mlir::ModuleOp module, Error error) {
  if (!error)
    return mlir::success();
  return mlir::emitError(module.getLoc(), toString(std::move(error)));
}

mlir::LogicalResult Emitter::addKernels(size_t number) {
  mlir::FailureOr<std::vector<ObjectBytes>> objects = emitObjects(
      variants[number], getVariantSuffix(variants, number), options);
  if (failed(objects))
    return mlir::failure();
  for (const ObjectBytes &object : *objects) {
    Expected<std::string> file = workspace.write(
        "kernel" + std::to_string(files.size()) + ".o", toStringRef(object));
    if (!file)
      return report(variants[number].module, file.takeError());
    files.push_back(std::move(*file));
  }
  return mlir::success();
}

Error Emitter::addTable() {
  ContextAndModule table = createModelTable(variants, options, prefix);
  Expected<ObjectBytes> object =
      codeModule(*table.module, variants.front().target,
                 /*optimised=*/false, EmitKind::Object);
  table.module.reset(); // before its context
  if (!object)
    return object.takeError();
  Expected<std::string> file = workspace.write("table.o", toStringRef(*object));
  if (!file)
    return file.takeError();
  files.push_back(std::move(*file));
  return Error::success();
}

Error Emitter::addConstants() {
  if (!description.constantsSize)
    return Error::success();
  files.push_back(workspace.path("constants.o"));
  return writeConstantsObject(description, getConstantsSymbol(prefix),
                              files.back());
}

Error Emitter::addRuntime(StringRef name) {
  Expected<std::string> file = findRuntimeFile(name, options.runtimeDirectory);
  if (!file)
    return file.takeError();
  files.push_back(std::move(*file));
  return Error::success();
}

std::vector<std::string> Emitter::exportedFunctions() const {
  std::vector<std::string> names;
  for (StringRef function : kApiFunctions)
    names.push_back(prefix + "_" + function.str());
  return names;
}

/// Moves the result, and the header that goes with it, to their places.
Error Emitter::publish(StringRef name) {
  if (options.kind == EmitKind::Executable || !options.writeHeader)
    return workspace.publish(name, options.output, options.durable);
  SmallString<256> header(options.output);
  sys::path::replace_extension(header, "h");
  Expected<std::string> file =
      workspace.write("header.h", createHeader(description, prefix));
  if (!file)
    return file.takeError();
  if (Error error = workspace.publish(name, options.output))
    return error;
  return workspace.publish("header.h", header);
}

Error Emitter::linkLibrary() {
  if (Error error = addConstants())
    return error;
  if (Error error = addRuntime(kRuntimeArchive))
    return error;
  std::string script = "{ global: " ATROUS_MODEL_SYMBOL ";";
  for (const std::string &name : exportedFunctions())
    script += " " + name + ";";
  Expected<std::string> scriptFile =
      workspace.write("exports", script + " local: *; };\n");
  if (!scriptFile)
    return scriptFile.takeError();
  if (Error error = workspace.checkSpace(files))
    return error;
  std::string output = workspace.path("model.so");
  if (Error error = runLinker(sharedArguments(files, *scriptFile, output)))
    return error;
  if (Error error = appendTrailer(output))
    return error;
  return publish("model.so");
}

Error Emitter::linkObject() {
  if (Error error = addRuntime(kRuntimeArchive))
    return error;
  if (Error error = workspace.checkSpace(files))
    return error;
  std::string code = workspace.path("code.o");
  if (Error error = runLinker(relocatableArguments(files, code)))
    return error;
  // Weights come after, so that they are copied once.
  if (Error error = localizeSymbols(code, exportedFunctions()))
    return error;
  files = {code};
  if (Error error = addConstants())
    return error;
  if (Error error = workspace.checkSpace(files))
    return error;
  if (Error error =
          runLinker(relocatableArguments(files, workspace.path("model.o"))))
    return error;
  return publish("model.o");
}

Error Emitter::linkExecutable() {
  if (Error error = addConstants())
    return error;
  if (Error error = addRuntime(kMainObject))
    return error;
  if (Error error = workspace.checkSpace(files))
    return error;
  Expected<std::vector<std::string>> arguments =
      executableArguments(files, workspace.path("model"));
  if (!arguments)
    return arguments.takeError();
  if (Error error = runLinker(*arguments))
    return error;
  return publish("model");
}

Error Emitter::link() {
  switch (options.kind) {
  case EmitKind::Library:
    return linkLibrary();
  case EmitKind::Object:
    return linkObject();
  default:
    return linkExecutable();
  }
}

static Error publishText(StringRef text, StringRef output) {
  if (output == "-") {
    outs() << text;
    outs().flush();
    return Error::success();
  }
  Expected<Workspace> workspace = Workspace::create(output);
  if (!workspace)
    return workspace.takeError();
  Expected<std::string> file = workspace->write("text", text);
  if (!file)
    return file.takeError();
  return workspace->publish("text", output);
}

static mlir::LogicalResult emitBinary(ArrayRef<ModelCode> variants,
                                      const EmitOptions &options) {
  mlir::ModuleOp first = variants.front().module;
  // First of all: an output that cannot be written is known at once.
  Expected<Workspace> workspace = Workspace::create(options.output);
  if (!workspace)
    return report(first, workspace.takeError());
  Emitter emitter(variants, options, *workspace);
  for (size_t i = 0; i < variants.size(); ++i)
    if (failed(emitter.addKernels(i)))
      return mlir::failure();
  if (Error error = emitter.addTable())
    return report(first, std::move(error));
  return report(first, emitter.link());
}

mlir::LogicalResult emitModel(ArrayRef<ModelCode> variants,
                              const EmitOptions &options) {
  for (const ModelCode &code : variants) {
    mlir::ModuleOp module = code.module;
    if (code.objects.empty() && !module.lookupSymbol("atrous_main"))
      return mlir::emitError(module.getLoc(),
                             "the module has no function @atrous_main");
  }
  mlir::ModuleOp module = variants.front().module;
  if (options.kind == EmitKind::LLVM || options.kind == EmitKind::Assembly) {
    assert(variants.size() == 1 && "text is for one CPU");
    mlir::FailureOr<ObjectBytes> text = emitText(variants.front(), options);
    if (failed(text))
      return mlir::failure();
    return report(module, publishText(toStringRef(*text), options.output));
  }
  if (options.kind != EmitKind::Executable &&
      sys::path::extension(options.output) == ".h")
    return mlir::emitError(module.getLoc(), "the output '")
           << options.output << "' is the name of its header";
  return emitBinary(variants, options);
}

} // namespace atrous
