//===- CompileOptions.cpp - The words of compile options ------------------===//

#include "compiler/pipeline/CompileOptions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace atrous;

static llvm::Error makeError(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

llvm::Expected<OutputKind> atrous::parseOutputKind(llvm::StringRef name) {
  static constexpr std::pair<llvm::StringLiteral, OutputKind> kinds[] = {
      {"lib", OutputKind::Library},    {"obj", OutputKind::Object},
      {"exe", OutputKind::Executable}, {"mlir", OutputKind::Mlir},
      {"llvm", OutputKind::LLVM},      {"asm", OutputKind::Assembly}};
  for (const auto &[word, kind] : kinds)
    if (word == name)
      return kind;
  return makeError("cannot emit '" + name +
                   "'; choose lib, obj, exe, mlir, llvm or asm");
}

llvm::Expected<InputShape> atrous::parseInputShape(llvm::StringRef text) {
  auto [name, sizes] = text.rsplit(':');
  if (name.empty() || text.find(':') == llvm::StringRef::npos)
    return makeError("shape '" + text +
                     "' is not of the form name:1x3x520x520");
  InputShape shape{name.str(), {}};
  if (sizes.empty())
    return shape;
  for (llvm::StringRef word : llvm::split(sizes, 'x')) {
    int64_t size;
    if (word.getAsInteger(10, size) || size < 0)
      return makeError("shape '" + text + "': '" + word +
                       "' is not a dimension's size");
    shape.sizes.push_back(size);
  }
  return shape;
}

llvm::Expected<InputRange> atrous::parseInputRange(llvm::StringRef text) {
  auto [name, sizes] = text.rsplit(':');
  if (name.empty() || text.find(':') == llvm::StringRef::npos)
    return makeError("range '" + text +
                     "' is not of the form name:1x3x(256..1024)x(256..1024)");
  InputRange range{name.str(), {}};
  for (llvm::StringRef word : llvm::split(sizes, 'x')) {
    llvm::StringRef inner = word;
    bool isClosed = !inner.consume_front("(") || inner.consume_back(")");
    auto [first, last] = inner.split("..");
    int64_t least, most;
    if (!isClosed || first.getAsInteger(10, least) ||
        (inner.contains("..") ? last : first).getAsInteger(10, most) ||
        least < 0 || most < least)
      return makeError("range '" + text + "': '" + word +
                       "' is neither a dimension's size nor a range of sizes "
                       "such as (256..1024)");
    range.sizes.emplace_back(least, most);
  }
  return range;
}

llvm::Expected<ShapeHint> atrous::parseShapeHint(llvm::StringRef text) {
  ShapeHint hint;
  for (llvm::StringRef word : llvm::split(text, ',')) {
    llvm::Expected<InputShape> shape = parseInputShape(word);
    if (!shape)
      return shape.takeError();
    hint.push_back(*shape);
  }
  return hint;
}

llvm::Expected<WinogradUse>
atrous::parseWinogradOption(llvm::StringRef name) {
  if (std::optional<WinogradUse> use = parseWinogradUse(name))
    return *use;
  return makeError("winograd is off, accurate or fast, not '" + name + "'");
}

llvm::Expected<MemoryUse> atrous::parseMemoryOption(llvm::StringRef name) {
  if (std::optional<MemoryUse> use = parseMemoryUse(name))
    return *use;
  return makeError("memory is low, balanced or fast, not '" + name + "'");
}

llvm::Expected<Stage> atrous::parseStageOption(llvm::StringRef name) {
  if (std::optional<Stage> stage = parseStage(name))
    return *stage;
  auto names = llvm::map_range(getStages(), getStageName);
  return makeError("no stage '" + name + "'; the stages are " +
                   llvm::join(names.begin(), names.end(), ", "));
}

llvm::Error atrous::checkConsistency(const CompileOptions &options) {
  if (!options.hints.empty() && options.startAt != Stage::Import)
    return makeError("a shape hint is for stage 'import', not for one that "
                     "starts from a file");
  if (options.startAt > options.stopAfter)
    return makeError("the first stage, '" + getStageName(options.startAt) +
                     "', comes after the last, '" +
                     getStageName(options.stopAfter) + "'");
  if (options.tune && (options.startAt > Stage::Schedule ||
                       options.stopAfter < Stage::Schedule))
    return makeError("schedules are tuned in stage 'schedule', which does not "
                     "run");
  bool writesMlir = options.emit == OutputKind::Mlir;
  if (options.outputPath.empty() ||
      writesMlir == (options.stopAfter != Stage::Emit))
    return llvm::Error::success();
  if (writesMlir)
    return makeError("to emit mlir, stop before stage 'emit'");
  return makeError("what stage '" + getStageName(options.stopAfter) +
                   "' leaves can only be emitted as mlir");
}

std::string atrous::describeOptions(const CompileOptions &options,
                                    llvm::StringRef cpu,
                                    llvm::ArrayRef<std::string> hints) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::json::OStream json(os);
  json.object([&] {
    json.attribute("mcpu", cpu);
    json.attribute("threads", options.threads);
    json.attributeObject("shapes", [&] {
      for (const InputShape &shape : options.shapes)
        json.attributeArray(shape.name, [&] {
          for (int64_t size : shape.sizes)
            json.value(size);
        });
      for (const InputRange &range : options.ranges)
        json.attributeArray(range.name, [&] {
          for (auto [least, most] : range.sizes)
            if (least == most)
              json.value(least);
            else
              json.value(std::to_string(least) + ".." + std::to_string(most));
        });
    });
    if (options.winograd != WinogradUse::Accurate)
      json.attribute("winograd", getName(options.winograd));
    if (options.memory != CompileOptions().memory)
      json.attribute("memory", getName(options.memory));
    if (options.profile)
      json.attribute("profile", true);
    if (options.tune)
      json.attribute("tune", true);
    if (!hints.empty())
      json.attributeArray("shape_hints", [&] {
        for (const std::string &hint : hints)
          json.value(hint);
      });
  });
  return text;
}
