//===- Verify.cpp - atrous verify: compare with a reference ---------------===//
//
// Runs the compiled model, then a Python helper (reference.py, kept in this
// binary as text) that runs ONNX Runtime on the same inputs, or reads a .npz,
// and compares.
//
//===----------------------------------------------------------------------===//

#include "tools/atrous/Session.h"
#include "tools/atrous/Verbs.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"

#include <cstdlib>

using namespace atrous;
namespace cl = llvm::cl;

static constexpr char kReferenceScript[] = {
#include "tools/atrous/reference.py.inc"
    , 0};

cl::SubCommand &atrous::getVerifyCommand() {
  static cl::SubCommand command("verify",
                                "Compare a model's outputs with a reference");
  return command;
}

#define VERB cl::sub(getVerifyCommand()), cl::cat(getCategory())

static cl::opt<std::string> model(cl::Positional, VERB, cl::Required,
                                  cl::desc("MODEL(.onnx)"));
static cl::list<std::string>
    inputFlag("input", VERB, cl::value_desc("name=x.npy|in.npz"),
              cl::desc("An input, or a .npz of inputs by name (default: "
                       "made-up numbers)"));
static cl::opt<std::string> reference("reference", VERB,
                                      cl::init("onnxruntime"),
                                      cl::value_desc("onnxruntime|file.npz"),
                                      cl::desc("What to compare with"));
static cl::alias referenceAlias("ref", cl::cat(getCategory()),
                                cl::aliasopt(reference),
                                cl::desc("Alias for --reference"));
static cl::opt<std::string> relative("rtol", VERB, cl::init("1e-3"),
                                     cl::value_desc("x"),
                                     cl::desc("Relative tolerance"));
static cl::opt<std::string> absolute("atol", VERB, cl::init("1e-4"),
                                     cl::value_desc("x"),
                                     cl::desc("Absolute tolerance"));

/// $ATROUS_PYTHON, the build's Python, or python3 of the path.
static std::string findPython() {
  if (const char *python = std::getenv("ATROUS_PYTHON"))
    return python;
  if (llvm::sys::fs::can_execute(ATROUS_BUILD_PYTHON))
    return ATROUS_BUILD_PYTHON;
  if (auto found = llvm::sys::findProgramByName("python3"))
    return *found;
  return "";
}

namespace {
/// The options, copied: the linker, run in process, resets those of llvm::cl.
struct Request {
  std::string model = ::model;
  std::vector<std::string> inputs{inputFlag.begin(), inputFlag.end()};
  std::string reference = ::reference, rtol = relative, atol = absolute;
};
} // namespace

static atrous_status compare(const Request &request, llvm::StringRef inputs,
                             llvm::StringRef outputs) {
  std::string python = findPython();
  if (python.empty())
    return reportError(ATROUS_ERROR_RESOURCE,
                       "no Python found; set ATROUS_PYTHON");
  llvm::StringRef arguments[] = {
      python,      "-c",    kReferenceScript,  request.model,
      inputs,      outputs, request.reference, request.rtol,
      request.atol};
  std::string message;
  int code = llvm::sys::ExecuteAndWait(python, arguments, std::nullopt, {}, 0,
                                       0, &message);
  if (code < 0)
    return reportError(ATROUS_ERROR_RESOURCE,
                       "cannot run " + python + ": " + message);
  return static_cast<atrous_status>(code);
}

atrous_status atrous::runVerify() {
  Request request;
  Session session;
  if (atrous_status status = session.load(request.model))
    return status;
  if (atrous_status status = request.inputs.empty()
                                 ? session.makeInputs()
                                 : session.readInputs(request.inputs))
    return status;
  if (atrous_status status = session.run())
    return status;

  TemporaryFile inputs("npz"), outputs("npz");
  if (inputs.path.empty() || outputs.path.empty())
    return reportError(ATROUS_ERROR_RESOURCE, "cannot make a temporary file");
  if (atrous_status status = session.writeInputs(inputs.path))
    return status;
  if (atrous_status status = session.writeOutputs(outputs.path))
    return status;
  return compare(request, inputs.path, outputs.path);
}
