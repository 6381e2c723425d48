//===- TensorAttr.cpp - Symbols and layout of a tensor type ---------------===//

#include "dialects/graph/Graph.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous::graph;

//===----------------------------------------------------------------------===//
// Syntax: <symbols = ["N", ""], inner_dims = [1], inner_tiles = [16]>
//===----------------------------------------------------------------------===//

static ParseResult parseIntegers(AsmParser &parser,
                                 SmallVectorImpl<int64_t> &list) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(list.emplace_back());
  });
}

static ParseResult parseStrings(AsmParser &parser,
                                SmallVectorImpl<StringAttr> &list) {
  return parser.parseCommaSeparatedList(
      AsmParser::Delimiter::Square, [&]() -> ParseResult {
        std::string text;
        if (parser.parseString(&text))
          return failure();
        list.push_back(StringAttr::get(parser.getContext(), text));
        return success();
      });
}

Attribute TensorAttr::parse(AsmParser &parser, Type) {
  SmallVector<StringAttr> symbols;
  SmallVector<int64_t> innerDims, innerTiles;
  SMLoc loc = parser.getCurrentLocation();
  auto parseField = [&]() -> ParseResult {
    StringRef key;
    SMLoc keyLoc = parser.getCurrentLocation();
    if (parser.parseKeyword(&key) || parser.parseEqual())
      return failure();
    if (key == "symbols" && symbols.empty())
      return parseStrings(parser, symbols);
    if (key == "inner_dims" && innerDims.empty())
      return parseIntegers(parser, innerDims);
    if (key == "inner_tiles" && innerTiles.empty())
      return parseIntegers(parser, innerTiles);
    return parser.emitError(keyLoc, "unknown or repeated field '")
           << key << "'";
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                     parseField))
    return {};
  return parser.getChecked<TensorAttr>(
      loc, parser.getContext(), ArrayRef<StringAttr>(symbols),
      ArrayRef<int64_t>(innerDims), ArrayRef<int64_t>(innerTiles));
}

void TensorAttr::print(AsmPrinter &printer) const {
  raw_ostream &os = printer.getStream();
  llvm::ListSeparator separator;
  os << "<";
  if (!getSymbols().empty()) {
    os << separator << "symbols = [";
    llvm::interleaveComma(getSymbols(), printer);
    os << "]";
  }
  auto printIntegers = [&](StringRef key, ArrayRef<int64_t> list) {
    if (list.empty())
      return;
    os << separator << key << " = [";
    llvm::interleaveComma(list, os);
    os << "]";
  };
  printIntegers("inner_dims", getInnerDims());
  printIntegers("inner_tiles", getInnerTiles());
  os << ">";
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

LogicalResult TensorAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 ArrayRef<StringAttr> symbols,
                                 ArrayRef<int64_t> innerDims,
                                 ArrayRef<int64_t> innerTiles) {
  if (innerDims.size() != innerTiles.size())
    return emitError() << "expects one inner tile per inner dimension, got "
                       << innerDims.size() << " dimensions and "
                       << innerTiles.size() << " tiles";
  for (int64_t tile : innerTiles)
    if (tile < 1)
      return emitError() << "inner tile " << tile << " is not positive";
  for (auto [i, dim] : llvm::enumerate(innerDims)) {
    if (dim < 0)
      return emitError() << "inner dimension " << dim << " is negative";
    if (llvm::is_contained(innerDims.take_front(i), dim))
      return emitError() << "inner dimension " << dim << " is repeated";
  }
  return success();
}

LogicalResult
TensorAttr::verifyEncoding(ArrayRef<int64_t> shape, Type elementType,
                           function_ref<InFlightDiagnostic()> emitError) const {
  int64_t rank = shape.size();
  if (!getSymbols().empty() && int64_t(getSymbols().size()) != rank)
    return emitError() << "has " << getSymbols().size()
                       << " symbols for a tensor of rank " << rank;
  for (auto [dim, symbol] : llvm::enumerate(getSymbols()))
    if (!symbol.empty() && !ShapedType::isDynamic(shape[dim]))
      return emitError() << "symbol " << symbol << " names dimension " << dim
                         << ", whose size is " << shape[dim];
  for (int64_t dim : getInnerDims())
    if (dim >= rank)
      return emitError() << "inner dimension " << dim
                         << " is out of range for a tensor of rank " << rank;
  return success();
}

//===----------------------------------------------------------------------===//
// Layouts of types
//===----------------------------------------------------------------------===//

TensorAttr atrous::graph::getTensorAttr(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor ? dyn_cast_or_null<TensorAttr>(tensor.getEncoding()) : nullptr;
}

RankedTensorType atrous::graph::withLayout(RankedTensorType type,
                                           TensorAttr layout) {
  TensorAttr old = getTensorAttr(type);
  ArrayRef<StringAttr> symbols;
  ArrayRef<int64_t> innerDims, innerTiles;
  if (old)
    symbols = old.getSymbols();
  if (layout) {
    innerDims = layout.getInnerDims();
    innerTiles = layout.getInnerTiles();
  }
  TensorAttr encoding;
  if (!symbols.empty() || !innerDims.empty())
    encoding =
        TensorAttr::get(type.getContext(), symbols, innerDims, innerTiles);
  return RankedTensorType::get(type.getShape(), type.getElementType(),
                               encoding);
}

TensorAttr atrous::graph::getChannelBlockedLayout(MLIRContext *context,
                                                  int64_t tile) {
  return TensorAttr::get(context, /*symbols=*/{}, /*inner_dims=*/{1},
                         /*inner_tiles=*/{tile});
}

bool atrous::graph::isChannelBlocked(Type type) {
  TensorAttr layout = getTensorAttr(type);
  return layout && layout.getInnerDims() == ArrayRef<int64_t>{1};
}

RankedTensorType atrous::graph::getPhysicalType(RankedTensorType type) {
  SmallVector<int64_t> shape(type.getShape());
  if (TensorAttr layout = getTensorAttr(type))
    for (auto [dim, tile] :
         llvm::zip(layout.getInnerDims(), layout.getInnerTiles())) {
      if (!ShapedType::isDynamic(shape[dim]))
        shape[dim] = llvm::divideCeil(shape[dim], tile);
      shape.push_back(tile);
    }
  return RankedTensorType::get(shape,
                               getPhysicalElementType(type.getElementType()));
}
