//===- CompileFlags.cpp - Flags of every verb that compiles ---------------===//

#include "tools/atrous/CompileFlags.h"
#include "tools/atrous/ProgressLine.h"
#include "tools/atrous/Verbs.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace atrous;
namespace cl = llvm::cl;

/// A modifier of options that belong to every verb that compiles.
struct CompilingVerbs {
  void apply(cl::Option &option) const {
    for (auto command : {getCompileCommand, getRunCommand, getInspectCommand,
                         getVerifyCommand})
      option.addSubCommand(command());
    option.addCategory(getCategory());
  }
};

static cl::opt<std::string>
    cpu("mcpu", CompilingVerbs(), cl::init("native"), cl::value_desc("cpu"),
        cl::desc("CPU to compile for: native, or an LLVM name such as "
                 "x86-64-v3, x86-64-v4, znver4; several, joined by +, go into "
                 "one file"));
static cl::opt<unsigned>
    threads("threads", CompilingVerbs(), cl::init(0), cl::value_desc("n"),
            cl::desc("Threads that the network runs on (default: all)"));
static cl::opt<unsigned> jobs("jobs", CompilingVerbs(), cl::init(0),
                              cl::value_desc("n"),
                              cl::desc("Threads that compile (default: all)"));
static cl::opt<std::string>
    cacheFolder("cache-dir", CompilingVerbs(), cl::value_desc("dir"),
                cl::desc("Folder that keeps compiled kernels (default: "
                         "$ATROUS_CACHE_DIR, else atrous in "
                         "$XDG_CACHE_HOME or ~/.cache)"));
static cl::opt<bool> noCache("no-cache", CompilingVerbs(),
                             cl::desc("Compile every kernel anew"));
static cl::list<std::string>
    shapes("shape", CompilingVerbs(), cl::value_desc("name:1x3x520x520"),
           cl::desc("Sizes of an input; once per input"));
static cl::alias shapesAlias("shapes", cl::cat(getCategory()),
                             cl::aliasopt(shapes),
                             cl::desc("The same, comma separated"));
static cl::list<std::string>
    ranges("shape-range", CompilingVerbs(),
           cl::value_desc("name:1x3x(256..1024)x(256..1024)"),
           cl::desc("Smallest and largest sizes of an input; once per input"));
static cl::list<std::string>
    hints("shape-hint", CompilingVerbs(), cl::value_desc("name:1x3x512x512"),
          cl::desc("Sizes to be as fast at as a model of these alone; other "
                   "inputs comma separated; may be repeated"));
static cl::alias hintsAlias("optShapes", cl::cat(getCategory()),
                            cl::aliasopt(hints),
                            cl::desc("Alias for --shape-hint (as in trtexec)"));
static cl::opt<std::string> memoryUse(
    "memory", CompilingVerbs(), cl::init("low"),
    cl::value_desc("low|balanced|fast"),
    cl::desc("Weights that minimal filtering transforms: by every run; when "
             "the model is loaded, within a limit; or all of them then"));
static cl::opt<std::string> winograd(
    "winograd", CompilingVerbs(), cl::init("accurate"),
    cl::value_desc("off|accurate|fast"),
    cl::desc("Minimal filtering of convolutions, and Strassen's algorithm for "
             "1x1 ones and matrix products: none, filtering by tiles of 4x4 "
             "outputs, or of 6x6, too, which rounds more"));
static cl::opt<bool>
    tune("tune", CompilingVerbs(),
         cl::desc("Time each kernel's fastest schedules on this machine; the "
                  "winners are kept in $ATROUS_CACHE_DIR/tune"));
static cl::opt<bool> verbose("verbose", CompilingVerbs(),
                             cl::desc("Also report remarks and times"));

unsigned atrous::getThreads() { return threads; }

llvm::Expected<CompileOptions> atrous::getCompileOptions() {
  CompileOptions options;
  options.cpu = cpu;
  options.threads = threads;
  options.jobs = jobs;
  if (cacheFolder.getNumOccurrences())
    options.cacheFolder = cacheFolder;
  if (noCache)
    options.cacheFolder = "";
  options.verbose = verbose;
  options.tune = tune;
  llvm::Expected<WinogradUse> use = parseWinogradOption(winograd);
  if (!use)
    return use.takeError();
  options.winograd = *use;
  llvm::Expected<MemoryUse> memory = parseMemoryOption(memoryUse);
  if (!memory)
    return memory.takeError();
  options.memory = *memory;
  for (llvm::StringRef list : shapes)
    for (llvm::StringRef text : llvm::split(list, ',')) {
      llvm::Expected<InputShape> shape = parseInputShape(text);
      if (!shape)
        return shape.takeError();
      options.shapes.push_back(*shape);
    }
  for (llvm::StringRef text : ranges) {
    llvm::Expected<InputRange> range = parseInputRange(text);
    if (!range)
      return range.takeError();
    options.ranges.push_back(*range);
  }
  for (llvm::StringRef text : hints) {
    llvm::Expected<ShapeHint> hint = parseShapeHint(text);
    if (!hint)
      return hint.takeError();
    options.hints.push_back(*hint);
  }
  return options;
}

atrous_status atrous::compileAndReport(CompileOptions options) {
  ProgressLine line;
  options.progress = [&](llvm::StringRef what, unsigned done, unsigned total) {
    line.update(what, done, total);
  };
  CompileResult result = compileModel(options);
  line.clear();
  llvm::errs() << result.diagnostics;
  if (options.verbose)
    for (const StageTime &time : result.times)
      llvm::errs() << llvm::formatv("{0,-9} {1:f3} s\n",
                                    getStageName(time.stage), time.seconds);
  return result.status;
}
