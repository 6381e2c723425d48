//===- ShapeHints.cpp - Inputs at the sizes of --shape-hint ---------------===//

#include "frontends/onnx/ShapeHints.h"
#include "dialects/graph/Dims.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

/// One hint on its way into the types of inputs.
class Hint {
public:
  Hint(const ModelContext &context, const InputShapes &shapes);

  HintedInputs apply(llvm::ArrayRef<GraphInput> inputs);

private:
  [[noreturn]] void fail(const llvm::Twine &message) {
    refuse(context.getLocation(),
           "shape hint " + quoted(text) + ": " + message);
  }
  void fixInput(const GraphInput &input, llvm::ArrayRef<int64_t> sizes);
  void fixSize(const std::string &where, graph::Dim dim, int64_t size);
  GraphInput getHinted(const GraphInput &input);
  void checkBounds(const GraphInput &input, size_t i, int64_t size);

  const ModelContext &context;
  std::string text;
  llvm::StringMap<llvm::ArrayRef<int64_t>> shapes;
  /// Sizes of symbols.
  llvm::StringMap<int64_t> sizes;
};

} // namespace

static std::string getText(const InputShapes &shapes) {
  auto inputs = llvm::map_range(shapes, [](const auto &input) {
    return input.first + ":" + shapeText(input.second);
  });
  return llvm::join(inputs.begin(), inputs.end(), ",");
}

Hint::Hint(const ModelContext &context, const InputShapes &shapes)
    : context(context), text(getText(shapes)) {
  for (const auto &[name, dims] : shapes)
    if (!this->shapes.try_emplace(name, dims).second)
      fail("input " + quoted(name) + " is given two shapes");
}

/// "dimension 2 of input 'x'".
static std::string describe(const GraphInput &input, size_t i) {
  return ("dimension " + llvm::Twine(i) + " of input " +
          quoted(input.name))
      .str();
}

void Hint::fixSize(const std::string &where, graph::Dim dim, int64_t size) {
  if (size < 0)
    fail(where + " is the negative number " + llvm::Twine(size));
  if (!dim.isDynamic() && dim.size != size)
    fail(where + " is " + llvm::Twine(dim.size) + ", got " + llvm::Twine(size));
  llvm::StringRef symbol = dim.symbol ? dim.symbol.getValue() : "";
  if (!dim.isDynamic() || symbol.empty())
    return;
  auto [it, isNew] = sizes.try_emplace(symbol, size);
  if (!isNew && it->second != size)
    fail("symbol " + quoted(symbol) + " is both " + llvm::Twine(it->second) +
         " and " + llvm::Twine(size));
}

void Hint::fixInput(const GraphInput &input, llvm::ArrayRef<int64_t> given) {
  auto type = dyn_cast<RankedTensorType>(input.type);
  std::string name = quoted(input.name);
  if (!type)
    fail("input " + name +
         " has an unknown number of dimensions; give them with --shape-range");
  if (type.getRank() != int64_t(given.size()))
    fail("input " + name + " has rank " + llvm::Twine(type.getRank()) +
         ", got " + llvm::Twine(given.size()));
  for (auto [i, dim] : llvm::enumerate(graph::getDims(type)))
    fixSize(describe(input, i), dim, given[i]);
}

void Hint::checkBounds(const GraphInput &input, size_t i, int64_t size) {
  if (input.minShape.empty() ||
      (size >= input.minShape[i] && size <= input.maxShape[i]))
    return;
  fail(describe(input, i) + " is " + llvm::Twine(size) + ", expected " +
       llvm::Twine(input.minShape[i]) + " to " +
       llvm::Twine(input.maxShape[i]));
}

/// The input with the sizes that are given for it, or for its symbols.
GraphInput Hint::getHinted(const GraphInput &input) {
  auto type = dyn_cast<RankedTensorType>(input.type);
  if (!type || type.hasStaticShape())
    return input;
  auto given = shapes.find(input.name);
  llvm::SmallVector<int64_t> dims;
  llvm::SmallVector<std::string> symbols;
  for (auto [i, dim] : llvm::enumerate(graph::getDims(type))) {
    llvm::StringRef symbol = dim.symbol ? dim.symbol.getValue() : "";
    int64_t size = dim.size;
    if (given != shapes.end())
      size = given->second[i];
    else if (auto it = sizes.find(symbol); it != sizes.end())
      size = it->second;
    bool isFixed = dim.isDynamic() && !ShapedType::isDynamic(size);
    if (isFixed)
      checkBounds(input, i, size);
    dims.push_back(size);
    symbols.push_back(isFixed ? "" : symbol.str());
  }
  GraphInput hinted = input;
  hinted.type = makeInputType(context, input.name, dims, symbols,
                              type.getElementType());
  return hinted;
}

HintedInputs Hint::apply(llvm::ArrayRef<GraphInput> inputs) {
  for (const auto &shape : shapes) {
    const auto *input = llvm::find_if(inputs, [&](const GraphInput &input) {
      return input.name == shape.getKey();
    });
    if (input == inputs.end())
      fail(quoted(shape.getKey()) + " is no input of the graph");
    fixInput(*input, shape.getValue());
  }
  HintedInputs result{text, {}};
  for (const GraphInput &input : inputs)
    result.inputs.push_back(getHinted(input));
  auto isSame = [](auto pair) {
    return std::get<0>(pair).type == std::get<1>(pair).type;
  };
  if (llvm::all_of(llvm::zip(inputs, result.inputs), isSame))
    fail("all sizes of these inputs are known without it");
  return result;
}

/// Whether all inputs that `second` is for are ones that `first` is for.
static bool covers(const HintedInputs &first, const HintedInputs &second) {
  return llvm::all_of(llvm::zip(first.inputs, second.inputs), [](auto pair) {
    auto general = dyn_cast<RankedTensorType>(std::get<0>(pair).type);
    auto special = dyn_cast<RankedTensorType>(std::get<1>(pair).type);
    return !general ||
           llvm::all_of(llvm::zip(general.getShape(), special.getShape()),
                        [](auto sizes) {
                          auto [size, other] = sizes;
                          return ShapedType::isDynamic(size) || size == other;
                        });
  });
}

llvm::SmallVector<HintedInputs> readHints(const ModelContext &context,
                                          llvm::ArrayRef<GraphInput> inputs) {
  llvm::SmallVector<HintedInputs> hints;
  for (const InputShapes &shapes : context.options.hints) {
    HintedInputs hint = Hint(context, shapes).apply(inputs);
    for (const HintedInputs &other : hints)
      if (covers(other, hint))
        refuse(context.getLocation(), "shape hint " + quoted(hint.text) +
                                          " is of no use behind shape hint " +
                                          quoted(other.text));
    hints.push_back(std::move(hint));
  }
  return hints;
}

} // namespace atrous::onnx_frontend
