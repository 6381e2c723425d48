//===- Compile.cpp - atrous compile ---------------------------------------===//

#include "tools/atrous/CompileFlags.h"
#include "tools/atrous/Verbs.h"

#include "llvm/Support/Path.h"

using namespace atrous;
namespace cl = llvm::cl;

cl::SubCommand &atrous::getCompileCommand() {
  static cl::SubCommand command("compile", "Compile a model");
  return command;
}

#define VERB cl::sub(getCompileCommand()), cl::cat(getCategory())

static cl::list<std::string> models(cl::Positional, VERB, cl::desc("MODEL"));
static cl::opt<std::string> modelFlag("onnx", VERB, cl::value_desc("file"),
                                      cl::desc("The model (as in trtexec)"));
static cl::alias modelAlias("m", cl::cat(getCategory()),
                            cl::aliasopt(modelFlag),
                            cl::desc("Alias for --onnx"));

static cl::opt<std::string> output("o", VERB, cl::value_desc("file"),
                                   cl::desc("Output file; - for text"));
static cl::alias outputAlias("save-engine", cl::cat(getCategory()),
                             cl::aliasopt(output), cl::desc("Alias for -o"));
static cl::alias outputAlias2("saveEngine", cl::cat(getCategory()),
                              cl::aliasopt(output),
                              cl::desc("Alias for -o (as in trtexec)"));

static cl::opt<std::string>
    emitFlag("emit", VERB, cl::value_desc("kind"),
             cl::desc("lib (.so and .h), obj (.o and .h), exe, mlir, llvm or "
                      "asm (default: lib)"));

/// onnx-mlir's spelling of --emit.
struct EmitAlias {
  llvm::StringLiteral kind;
  cl::opt<bool> flag;
  template <size_t N>
  EmitAlias(const char (&name)[N], llvm::StringLiteral kind)
      : kind(kind), flag(name, VERB, cl::desc("As in onnx-mlir")) {}
};
static EmitAlias emitAliases[] = {{"EmitLib", "lib"},
                                  {"EmitObj", "obj"},
                                  {"EmitLLVMIR", "llvm"},
                                  {"EmitMLIR", "mlir"}};

static cl::opt<std::string>
    stopAfter("stop-after", VERB, cl::value_desc("stage"),
              cl::desc("Write the IR after this stage: import, simplify, "
                       "fuse, schedule, plan, codegen"));
static cl::opt<std::string>
    startAt("start-at", VERB, cl::value_desc("stage"),
            cl::desc("MODEL is a file of the stage before this one"));
static cl::opt<std::string>
    saveStages("save-stages", VERB, cl::value_desc("dir"),
               cl::desc("Write the IR after every stage into this folder"));

static cl::opt<bool>
    profile("profile", VERB,
            cl::desc("The model measures what each layer takes"));

static llvm::Error makeError(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

static llvm::Expected<std::string> getModel() {
  std::vector<std::string> all(models.begin(), models.end());
  if (!modelFlag.empty())
    all.push_back(modelFlag);
  if (all.size() == 1)
    return all.front();
  return makeError(all.empty() ? "no model given: atrous compile MODEL -o OUT"
                               : "more than one model given");
}

static llvm::Expected<OutputKind> getOutputKind() {
  if (emitFlag.empty())
    for (const EmitAlias &alias : emitAliases)
      if (alias.flag)
        return parseOutputKind(alias.kind);
  if (emitFlag.empty())
    return stopAfter.empty() || stopAfter == "emit" ? OutputKind::Library
                                                    : OutputKind::Mlir;
  return parseOutputKind(emitFlag);
}

/// "model.onnx" → "model.so", in the working directory.
static std::string getDefaultOutput(llvm::StringRef model, OutputKind kind) {
  static constexpr llvm::StringLiteral suffixes[] = {".so",   ".o",  "",
                                                     ".mlir", ".ll", ".s"};
  return (llvm::sys::path::stem(model) + suffixes[static_cast<int>(kind)])
      .str();
}

static llvm::Expected<CompileOptions> getOptions() {
  llvm::Expected<CompileOptions> options = getCompileOptions();
  if (!options)
    return options;
  llvm::Expected<std::string> model = getModel();
  if (!model)
    return model.takeError();
  options->inputPath = *model;

  llvm::Expected<OutputKind> kind = getOutputKind();
  if (!kind)
    return kind.takeError();
  options->emit = *kind;

  for (auto [flag, stage] : {std::pair(&stopAfter, &options->stopAfter),
                             std::pair(&startAt, &options->startAt)}) {
    if (flag->empty())
      continue;
    llvm::Expected<Stage> parsed = parseStageOption(*flag);
    if (!parsed)
      return parsed.takeError();
    *stage = *parsed;
  }
  if (*kind == OutputKind::Mlir && stopAfter.empty())
    options->stopAfter = Stage::Codegen;

  options->profile = profile;
  options->saveStages = saveStages;
  options->outputPath =
      output.empty() ? getDefaultOutput(*model, *kind) : output;
  return options;
}

atrous_status atrous::runCompile() {
  llvm::Expected<CompileOptions> options = getOptions();
  if (!options)
    return reportError(ATROUS_ERROR_USAGE, llvm::toString(options.takeError()));
  return compileAndReport(*options);
}
