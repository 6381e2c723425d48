//===- main.cpp - atrous: the user's command line -------------------------===//
//
//   atrous compile model.onnx -o model.so
//   atrous run model.so --input x=picture.npy --output out.npz
//
// Exit codes are those of atrous_status (runtime/abi/atrous_abi.h).
//
//===----------------------------------------------------------------------===//

#include "tools/atrous/Verbs.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace atrous;
namespace cl = llvm::cl;

static cl::SubCommand &getHelpCommand() {
  static cl::SubCommand command("help", "Explain the verbs and their options");
  return command;
}

namespace {
struct Verb {
  cl::SubCommand &(*command)();
  atrous_status (*run)();
};
} // namespace

static atrous_status runHelp();

static constexpr Verb kVerbs[] = {
    {getCompileCommand, runCompile}, {getRunCommand, runRun},
    {getInspectCommand, runInspect}, {getOpsCommand, runOps},
    {getVerifyCommand, runVerify},   {getHelpCommand, runHelp}};

cl::OptionCategory &atrous::getCategory() {
  static cl::OptionCategory category("Options");
  return category;
}

atrous_status atrous::reportError(atrous_status status,
                                  const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs()) << message << '\n';
  return status;
}

static void printVersion(llvm::raw_ostream &os) {
  os << "atrous " ATROUS_VERSION " (LLVM " LLVM_VERSION_STRING ", ABI "
     << ATROUS_ABI_VERSION << ")\n";
}

static constexpr llvm::StringLiteral kOverview =
    "atrous compiles ONNX networks to native code\n\n"
    "  atrous compile model.onnx -o model.so\n"
    "  atrous run model.so --input x=picture.npy --output out.npz\n";

/// llvm::cl would explain the verb 'help' here.
static atrous_status runHelp() {
  llvm::outs() << kOverview << "\nVerbs:\n";
  for (const Verb &verb : kVerbs)
    llvm::outs() << llvm::formatv("  {0,-8} {1}\n", verb.command().getName(),
                                  verb.command().getDescription());
  llvm::outs() << "\n'atrous VERB --help' lists the options of a verb.\n";
  return ATROUS_OK;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::SetVersionPrinter(printVersion);
  cl::HideUnrelatedOptions(getCategory());
  for (const Verb &verb : kVerbs)
    cl::HideUnrelatedOptions(getCategory(), verb.command());

  if (!cl::ParseCommandLineOptions(argc, argv, kOverview, &llvm::errs()))
    return ATROUS_ERROR_USAGE;
  for (const Verb &verb : kVerbs)
    if (verb.command())
      return verb.run();
  reportError(ATROUS_ERROR_USAGE, "no verb given; try 'atrous help'");
  return ATROUS_ERROR_USAGE;
}
