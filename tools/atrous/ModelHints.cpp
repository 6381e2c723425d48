//===- ModelHints.cpp - The shape hints of a compiled model ---------------===//

#include "tools/atrous/ModelHints.h"

#include "compiler/pipeline/CompileOptions.h"

#include "llvm/Support/JSON.h"

using namespace atrous;

std::vector<std::string> atrous::getShapeHints(const atrous_model &table) {
  std::vector<std::string> hints;
  llvm::Expected<llvm::json::Value> options =
      llvm::json::parse(table.options_json);
  if (!options) {
    llvm::consumeError(options.takeError());
    return hints;
  }
  const llvm::json::Object *object = options->getAsObject();
  const llvm::json::Array *array =
      object ? object->getArray("shape_hints") : nullptr;
  if (!array)
    return hints;
  for (const llvm::json::Value &hint : *array)
    if (std::optional<llvm::StringRef> text = hint.getAsString())
      hints.push_back(text->str());
  return hints;
}

llvm::StringMap<int64_t> atrous::getHintedSizes(const atrous_model &table) {
  llvm::StringMap<int64_t> sizes;
  std::vector<std::string> hints = getShapeHints(table);
  if (hints.empty())
    return sizes;
  llvm::Expected<ShapeHint> hint = parseShapeHint(hints.front());
  if (!hint) {
    llvm::consumeError(hint.takeError());
    return sizes;
  }
  for (const atrous_tensor_info &info :
       llvm::ArrayRef(table.inputs, table.num_inputs))
    for (const InputShape &shape : *hint)
      if (shape.name == info.name && shape.sizes.size() == size_t(info.rank))
        for (int32_t i = 0; info.symbols && i < info.rank; ++i)
          if (llvm::StringRef(info.symbols[i]) != "")
            sizes[info.symbols[i]] = shape.sizes[i];
  return sizes;
}
