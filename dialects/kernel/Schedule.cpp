//===- Schedule.cpp - Syntax and checks of #kernel.cpu --------------------===//

#include "dialects/kernel/Kernel.h"

#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace atrous::kernel;

static ParseResult parseList(AsmParser &parser,
                             SmallVectorImpl<int64_t> &list) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(list.emplace_back());
  });
}

/// `<algo = plain, isa = avx512, lanes = 16, tile = [2, 14], unroll = 1,
/// parallel = 3, block = [2, 4]>`; empty lists are left out.
Attribute CpuScheduleAttr::parse(AsmParser &parser, Type) {
  FailureOr<CpuAlgorithm> algo = failure();
  FailureOr<CpuIsa> isa = failure();
  int64_t lanes = 0, unroll = 1, parallel = 1;
  SmallVector<int64_t> tile, block;
  SMLoc loc = parser.getCurrentLocation();
  auto parseField = [&]() -> ParseResult {
    StringRef key;
    if (parser.parseKeyword(&key) || parser.parseEqual())
      return failure();
    if (key == "algo")
      return failed(algo = FieldParser<CpuAlgorithm>::parse(parser))
                 ? failure()
                 : success();
    if (key == "isa")
      return failed(isa = FieldParser<CpuIsa>::parse(parser)) ? failure()
                                                              : success();
    if (key == "lanes")
      return parser.parseInteger(lanes);
    if (key == "unroll")
      return parser.parseInteger(unroll);
    if (key == "parallel")
      return parser.parseInteger(parallel);
    if (key == "tile")
      return parseList(parser, tile);
    if (key == "block")
      return parseList(parser, block);
    return parser.emitError(loc, "unknown schedule field '") << key << "'";
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                     parseField))
    return {};
  if (failed(algo) || failed(isa)) {
    parser.emitError(loc, "schedule needs 'algo' and 'isa'");
    return {};
  }
  auto emitError = [&] { return parser.emitError(loc); };
  function_ref<InFlightDiagnostic()> emitErrorRef(emitError);
  return CpuScheduleAttr::getChecked(emitErrorRef, parser.getContext(),
                                     CpuAlgorithm(*algo), CpuIsa(*isa), lanes,
                                     ArrayRef<int64_t>(tile), unroll, parallel,
                                     ArrayRef<int64_t>(block));
}

void CpuScheduleAttr::print(AsmPrinter &printer) const {
  printer << "<algo = " << stringifyCpuAlgorithm(getAlgo())
          << ", isa = " << stringifyCpuIsa(getIsa())
          << ", lanes = " << getLanes();
  auto printList = [&](StringRef key, ArrayRef<int64_t> list) {
    if (list.empty())
      return;
    printer << ", " << key << " = [";
    llvm::interleaveComma(list, printer);
    printer << "]";
  };
  printList("tile", getTile());
  printer << ", unroll = " << getUnroll() << ", parallel = " << getParallel();
  printList("block", getBlock());
  printer << ">";
}

LogicalResult
CpuScheduleAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                        CpuAlgorithm algo, CpuIsa isa, int64_t lanes,
                        ArrayRef<int64_t> tile, int64_t unroll,
                        int64_t parallel, ArrayRef<int64_t> block) {
  int64_t widest = isa == CpuIsa::avx512 ? 16 : 8;
  if (lanes < 1 || lanes > widest)
    return emitError() << stringifyCpuIsa(isa) << " has 1 to " << widest
                       << " f32 lanes, got " << lanes;
  if (unroll < 1 || parallel < 0)
    return emitError() << "unroll must be positive and parallel not negative";
  auto positive = [](int64_t value) { return value > 0; };
  if (!llvm::all_of(tile, positive) || !llvm::all_of(block, positive))
    return emitError() << "tile and block sizes must be positive";
  bool isWinograd = algo == CpuAlgorithm::winograd_tiles ||
                    algo == CpuAlgorithm::winograd_channels;
  bool tiled = algo == CpuAlgorithm::direct_conv ||
               algo == CpuAlgorithm::matmul ||
               algo == CpuAlgorithm::depthwise ||
               algo == CpuAlgorithm::strassen || isWinograd;
  if (tiled && tile.size() != 2)
    return emitError() << stringifyCpuAlgorithm(algo)
                       << " needs a tile of two sizes, got " << tile.size();
  bool hasTiles = block.size() == 2 && block[0] >= 2 && block[0] <= 6;
  if (isWinograd && !hasTiles)
    return emitError() << stringifyCpuAlgorithm(algo)
                       << " needs a block of 2 to 6 outputs and a number of "
                          "tiles";
  bool hasParts = block.size() == 4 && block[0] <= 2 && tile.size() == 2 &&
                  block[3] % tile[0] == 0;
  if (algo == CpuAlgorithm::strassen && !hasParts)
    return emitError() << "strassen needs a block of 1 or 2 levels, pixels, "
                          "input blocks and output blocks, which divide by the "
                          "tile's";
  return success();
}
