//===- GraphInputs.cpp - Types of the network's inputs --------------------===//

#include "frontends/onnx/GraphInputs.h"
#include "dialects/graph/Graph.h"
#include "dialects/graph/SizeExpr.h"
#include "frontends/onnx/ElementTypes.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

/// Sizes that --shape gave to symbols.
using SymbolSizes = llvm::StringMap<int64_t>;

} // namespace

/// Makes dimension `i` of `size`, which must agree with what is known.
static void fixSize(Location loc, const std::string &where,
                    const DeclaredShape &shape, size_t i, int64_t size,
                    SymbolSizes &sizes) {
  if (!shape.isRanked)
    return;
  if (!ShapedType::isDynamic(shape.dims[i]) && shape.dims[i] != size)
    refuse(loc, where + " has dimension " + llvm::Twine(i) + " of size " +
                    llvm::Twine(size) + ", but the model says " +
                    llvm::Twine(shape.dims[i]));
  if (shape.symbols[i].empty())
    return;
  auto [it, isNew] = sizes.try_emplace(shape.symbols[i], size);
  if (!isNew && it->second != size)
    refuse(loc, where + " makes symbol " + quoted(shape.symbols[i]) + " " +
                    llvm::Twine(size) + ", but it is " +
                    llvm::Twine(it->second) + " elsewhere");
}

static void checkRank(Location loc, const std::string &where,
                      const DeclaredShape &shape, size_t rank) {
  if (shape.isRanked && shape.dims.size() != rank)
    refuse(loc, where + " has rank " + llvm::Twine(rank) +
                    ", but the model says rank " +
                    llvm::Twine(shape.dims.size()));
}

/// Makes the dimensions those of --shape, which must agree with what is known.
static void fixShape(Location loc, llvm::StringRef name, DeclaredShape &shape,
                     llvm::ArrayRef<int64_t> fixed, SymbolSizes &sizes) {
  std::string where =
      "shape " + shapeText(fixed) + " given for input " + quoted(name);
  checkRank(loc, where, shape, fixed.size());
  for (auto [i, size] : llvm::enumerate(fixed)) {
    if (size < 0)
      refuse(loc, where + " has the negative dimension " + llvm::Twine(size));
    fixSize(loc, where, shape, i, size, sizes);
  }
  shape.isRanked = true;
  shape.dims.assign(fixed.begin(), fixed.end());
  shape.symbols.assign(fixed.size(), "");
}

/// Makes the dimensions those of --shape-range: symbols where they may vary,
/// whatever number the model gives.
static void boundShape(Location loc, GraphInput &input, DeclaredShape &shape,
                       llvm::ArrayRef<std::pair<int64_t, int64_t>> ranges,
                       SymbolSizes &sizes) {
  llvm::StringRef name = input.name;
  std::string where = "the range given for input " + quoted(name);
  checkRank(loc, where, shape, ranges.size());
  DeclaredShape bounded{true, {}, {}};
  for (auto [i, range] : llvm::enumerate(ranges)) {
    auto [least, most] = range;
    if (least < 0 || most < least)
      refuse(loc, where + " has no size in dimension " + llvm::Twine(i));
    input.minShape.push_back(least);
    input.maxShape.push_back(most);
    if (least == most) {
      fixSize(loc, where, shape, i, least, sizes);
      bounded.dims.push_back(least);
      bounded.symbols.push_back("");
      continue;
    }
    bool isNamed = shape.isRanked && !shape.symbols[i].empty();
    bounded.dims.push_back(ShapedType::kDynamic);
    bounded.symbols.push_back(isNamed ? shape.symbols[i]
                                      : graph::getSizeName(name) + "." +
                                            std::to_string(i));
  }
  shape = bounded;
}

Type makeInputType(const ModelContext &context, llvm::StringRef name,
                   llvm::ArrayRef<int64_t> dims,
                   llvm::ArrayRef<std::string> symbols, Type elementType) {
  llvm::SmallVector<int64_t> known;
  llvm::copy_if(dims, std::back_inserter(known),
                [](int64_t dim) { return !ShapedType::isDynamic(dim); });
  std::optional<int64_t> count = countElements(known);
  if (!count || *count > context.limits().maxElements)
    refuse(context.getLocation("input", name),
           "graph input " + quoted(name) + " of shape " + shapeText(dims) +
               " has too large a size");
  if (known.size() == dims.size())
    return RankedTensorType::get(dims, elementType);
  llvm::SmallVector<StringAttr> names;
  for (const std::string &symbol : symbols)
    names.push_back(StringAttr::get(context.context, symbol));
  return RankedTensorType::get(
      dims, elementType,
      graph::TensorAttr::get(context.context, names, {}, {}));
}

llvm::SmallVector<GraphInput> readInputs(const ModelContext &context,
                                         const onnx::GraphProto &graph) {
  llvm::StringSet<> initializers;
  for (const onnx::TensorProto &tensor : graph.initializer())
    initializers.insert(tensor.name());
  for (const onnx::SparseTensorProto &tensor : graph.sparse_initializer())
    initializers.insert(tensor.values().name());

  llvm::StringMap<llvm::ArrayRef<int64_t>> fixed;
  for (const auto &[name, dims] : context.options.shapes)
    if (!fixed.try_emplace(name, dims).second)
      refuse(context.getLocation(),
             "input " + quoted(name) + " is given two shapes");

  llvm::StringMap<llvm::ArrayRef<std::pair<int64_t, int64_t>>> bounded;
  for (const auto &[name, ranges] : context.options.ranges)
    if (fixed.contains(name) || !bounded.try_emplace(name, ranges).second)
      refuse(context.getLocation(),
             "input " + quoted(name) + " is given two shapes");

  auto isGiven = [&](llvm::StringRef name) {
    return fixed.contains(name) || bounded.contains(name);
  };

  llvm::SmallVector<GraphInput> inputs;
  llvm::SmallVector<DeclaredShape> shapes;
  SymbolSizes sizes;
  llvm::StringSet<> names;
  for (const onnx::ValueInfoProto &info : graph.input()) {
    if (initializers.contains(info.name()))
      continue;
    Location loc = context.getLocation("input", info.name());
    size_t listed = 0;
    while (isGiven(getPartName(info.name(), Part::element, listed)))
      ++listed;
    for (InputPart &part : readParts(context, info, listed)) {
      if (!names.insert(part.name).second)
        refuse(loc, "the network has two inputs " + quoted(part.name));
      if (auto it = fixed.find(part.name); it != fixed.end()) {
        fixShape(loc, part.name, part.shape, it->second, sizes);
        fixed.erase(it);
      }
      inputs.push_back({&info, part.part, part.name, part.elementType, {}, {}});
      if (auto it = bounded.find(part.name); it != bounded.end()) {
        boundShape(loc, inputs.back(), part.shape, it->second, sizes);
        bounded.erase(it);
      }
      shapes.push_back(std::move(part.shape));
    }
  }
  for (llvm::StringRef name : llvm::concat<const llvm::StringRef>(
           llvm::to_vector(fixed.keys()), llvm::to_vector(bounded.keys())))
    refuse(context.getLocation(), "a shape is given for " + quoted(name) +
                                      ", which is no input of the graph");

  for (auto [input, shape] : llvm::zip(inputs, shapes)) {
    for (auto [dim, symbol] : llvm::zip(shape.dims, shape.symbols))
      if (auto it = sizes.find(symbol); !symbol.empty() && it != sizes.end()) {
        dim = it->second;
        symbol.clear();
      }
    input.type = shape.isRanked ? makeInputType(context, input.name, shape.dims,
                                                shape.symbols, input.type)
                                : UnrankedTensorType::get(input.type);
  }
  return inputs;
}

} // namespace atrous::onnx_frontend
