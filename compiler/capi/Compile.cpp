//===- Compile.cpp - The C API of the compiler ----------------------------===//

#include "compiler/capi/atrous_compile.h"

#include "compiler/pipeline/Pipeline.h"

using namespace atrous;

static std::string &getMessages() {
  static thread_local std::string messages;
  return messages;
}

static std::string toString(const char *text, const char *fallback = "") {
  return text ? text : fallback;
}

/// `options` in the words of the compiler.
static llvm::Expected<CompileOptions>
convert(const atrous_compile_options &options) {
  CompileOptions result;
  result.inputPath = toString(options.input_path);
  if (options.input_bytes)
    result.inputBytes = llvm::StringRef(
        static_cast<const char *>(options.input_bytes), options.input_size);
  result.dataFolder = toString(options.data_folder);
  result.outputPath = toString(options.output_path);
  result.cpu = toString(options.cpu, "native");
  result.threads = options.threads;
  result.jobs = options.jobs;
  result.verbose = options.verbose;
  result.profile = options.profile;
  result.tune = options.tune;
  result.writeHeader = options.write_header;
  result.temporary = options.temporary;
  if (options.cache_dir)
    result.cacheFolder = options.cache_dir;
  result.saveStages = toString(options.save_stages);

  llvm::Expected<OutputKind> kind =
      parseOutputKind(toString(options.emit, "lib"));
  if (!kind)
    return kind.takeError();
  result.emit = *kind;
  llvm::Expected<Stage> start =
      parseStageOption(toString(options.start_at, "import"));
  if (!start)
    return start.takeError();
  result.startAt = *start;
  llvm::Expected<Stage> stop =
      parseStageOption(toString(options.stop_after, "emit"));
  if (!stop)
    return stop.takeError();
  result.stopAfter = *stop;
  llvm::Expected<WinogradUse> winograd =
      parseWinogradOption(toString(options.winograd, "accurate"));
  if (!winograd)
    return winograd.takeError();
  result.winograd = *winograd;
  llvm::Expected<MemoryUse> memory =
      parseMemoryOption(toString(options.memory, "low"));
  if (!memory)
    return memory.takeError();
  result.memory = *memory;
  for (int32_t i = 0; i < options.num_shapes; ++i) {
    llvm::StringRef text = options.shapes[i];
    if (text.contains("..")) {
      llvm::Expected<InputRange> range = parseInputRange(text);
      if (!range)
        return range.takeError();
      result.ranges.push_back(*range);
      continue;
    }
    llvm::Expected<InputShape> shape = parseInputShape(text);
    if (!shape)
      return shape.takeError();
    result.shapes.push_back(*shape);
  }
  for (int32_t i = 0; i < options.num_shape_hints; ++i) {
    llvm::Expected<ShapeHint> hint = parseShapeHint(options.shape_hints[i]);
    if (!hint)
      return hint.takeError();
    result.hints.push_back(*hint);
  }
  if (options.progress)
    result.progress = [&options](llvm::StringRef what, unsigned done,
                                 unsigned total) {
      options.progress(options.progress_user, what.str().c_str(), done, total);
    };
  return result;
}

static atrous_status failUsage(llvm::StringRef message) {
  getMessages() = ("error: " + message + "\n").str();
  return ATROUS_ERROR_USAGE;
}

void atrous_compile_options_init(atrous_compile_options *options) {
  *options = {};
  options->struct_size = sizeof(*options);
  options->write_header = 1;
}

atrous_status atrous_compile(const atrous_compile_options *options) {
  if (!options || options->struct_size != sizeof(*options))
    return failUsage("the options were not set by atrous_compile_options_init");
  if (options->threads < 0 || options->jobs < 0)
    return failUsage("the number of threads is negative");
  if (!options->input_path && !options->input_bytes)
    return failUsage("no model given");
  llvm::Expected<CompileOptions> converted = convert(*options);
  if (!converted)
    return failUsage(llvm::toString(converted.takeError()));
  CompileResult result = compileModel(*converted);
  getMessages() = std::move(result.diagnostics);
  return result.status;
}

const char *atrous_compile_messages() { return getMessages().c_str(); }
