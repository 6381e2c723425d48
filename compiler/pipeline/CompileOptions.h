//===- CompileOptions.h - What a user may ask of a compilation --*- C++ -*-===//
//
// The command line, the C API and Python all fill in this struct; the parse
// functions turn their words into its values, so that all three speak alike.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_PIPELINE_COMPILEOPTIONS_H
#define ATROUS_COMPILER_PIPELINE_COMPILEOPTIONS_H

#include "compiler/pipeline/Stage.h"
#include "passes/schedule/Memory.h"
#include "passes/schedule/Winograd.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace atrous {

/// What is written to the output file.
enum class OutputKind { Library, Object, Executable, Mlir, LLVM, Assembly };

/// The size of a network input, as in --shape=x:1x3x520x520.
struct InputShape {
  std::string name;
  llvm::SmallVector<int64_t, 4> sizes;
};

/// Sizes to be as fast at as a model of these alone, as in
/// --shape-hint=x:1x3x512x512,y:4.
using ShapeHint = std::vector<InputShape>;

/// The smallest and the largest size of each dimension of a network input, as
/// in
/// --shape-range=x:1x3x(256..1024)x(256..1024).
struct InputRange {
  std::string name;
  std::vector<std::pair<int64_t, int64_t>> sizes;
};

struct CompileOptions {
  /// The model's file; for --start-at a stage file.
  std::string inputPath;
  /// The model's bytes, used instead of the file where set. Must outlive the
  /// compilation.
  std::optional<llvm::StringRef> inputBytes;
  /// Where external data of inputBytes lies. Empty: such data is refused.
  std::string dataFolder;

  /// The file to write. Empty: nothing is written.
  std::string outputPath;
  OutputKind emit = OutputKind::Library;
  /// Whether a library or an object gets a header beside it.
  bool writeHeader = true;
  /// Whether the output is loaded at once and then removed, so that it need not
  /// reach the disk.
  bool temporary = false;

  /// An LLVM CPU name, or "native", or several joined by "+": code for each is
  /// in the output.
  std::string cpu = "native";
  /// How many threads work is divided for; 0: as many as this machine has.
  unsigned threads = 0;
  std::vector<InputShape> shapes;
  std::vector<InputRange> ranges;
  std::vector<ShapeHint> hints;
  WinogradUse winograd = WinogradUse::Accurate;
  MemoryUse memory = MemoryUse::Low;
  /// Whether the model measures what each layer takes.
  bool profile = false;
  /// Whether schedules that cost decides about are timed on this machine.
  bool tune = false;

  /// The first stage that runs; later than Import, the input is a stage file.
  Stage startAt = Stage::Import;
  /// The last stage that runs.
  Stage stopAfter = Stage::Emit;
  /// A folder for one file per stage. Empty: none. Of several CPUs: folders in
  /// it, named after them; other texts get files named after them.
  std::string saveStages;

  /// Where objects of kernels are kept; empty: nowhere. Not set: a folder of
  /// the user's (compiler/emit/ObjectCache.h).
  std::optional<std::string> cacheFolder;
  /// Threads that compile; 0: as many as this machine has.
  unsigned jobs = 0;
  /// Also report remarks.
  bool verbose = false;
  /// Called as the compilation proceeds, one call at a time: what is being
  /// done, and how much of how much is done.
  std::function<void(llvm::StringRef what, unsigned done, unsigned total)>
      progress;
  /// Called with the IR after each stage but the last, for each CPU from stage
  /// `simplify` on.
  std::function<void(Stage stage, mlir::ModuleOp module)> observer;
};

/// "lib", "obj", "exe", "mlir", "llvm", "asm".
llvm::Expected<OutputKind> parseOutputKind(llvm::StringRef name);

/// "x:1x3x520x520"; the name may hold colons, a scalar is "x:".
llvm::Expected<InputShape> parseInputShape(llvm::StringRef text);

/// "x:1x3x(256..1024)x(256..1024)".
llvm::Expected<InputRange> parseInputRange(llvm::StringRef text);

/// "x:1x3x512x512,y:4".
llvm::Expected<ShapeHint> parseShapeHint(llvm::StringRef text);

/// "off", "accurate" or "fast".
llvm::Expected<WinogradUse> parseWinogradOption(llvm::StringRef name);

/// "low", "balanced" or "fast".
llvm::Expected<MemoryUse> parseMemoryOption(llvm::StringRef name);

/// "import", ...; the error lists the stages.
llvm::Expected<Stage> parseStageOption(llvm::StringRef name);

/// Whether stages and output kind go together.
llvm::Error checkConsistency(const CompileOptions &options);

/// How the model was compiled, as JSON for `atrous inspect`; no paths, so that
/// equal models and flags give equal bytes. `hints` are those of the module,
/// which may come from a stage file.
std::string describeOptions(const CompileOptions &options, llvm::StringRef cpu,
                            llvm::ArrayRef<std::string> hints);

} // namespace atrous

#endif // ATROUS_COMPILER_PIPELINE_COMPILEOPTIONS_H
