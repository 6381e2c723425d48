//===- Kernel.cpp - Verifiers and syntax of the kernel dialect ------------===//

#include "dialects/kernel/Kernel.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Interfaces/FunctionImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atrous::kernel;

#include "dialects/kernel/KernelDialect.cpp.inc"
#include "dialects/kernel/KernelEnums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/kernel/KernelAttributes.cpp.inc"
#define GET_OP_CLASSES
#include "dialects/kernel/KernelOps.cpp.inc"

void KernelDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/kernel/KernelAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/kernel/KernelOps.cpp.inc"
      >();
}

TargetAttr atrous::kernel::getTarget(ModuleOp module) {
  return module->getAttrOfType<TargetAttr>(kTargetAttr);
}

//===----------------------------------------------------------------------===//
// CpuScheduleAttr
//===----------------------------------------------------------------------===//

static ParseResult parseList(AsmParser &parser,
                             SmallVectorImpl<int64_t> &list) {
  return parser.parseCommaSeparatedList(
      AsmParser::Delimiter::Square,
      [&] { return parser.parseInteger(list.emplace_back()); });
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
      return failed(algo = FieldParser<CpuAlgorithm>::parse(parser)) ? failure()
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
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    *algo, *isa, lanes, tile, unroll, parallel, block);
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
  bool tiled = algo == CpuAlgorithm::direct_conv ||
               algo == CpuAlgorithm::matmul || algo == CpuAlgorithm::depthwise;
  if (tiled && tile.size() != 2)
    return emitError() << stringifyCpuAlgorithm(algo)
                       << " needs a tile of two sizes, got " << tile.size();
  return success();
}

//===----------------------------------------------------------------------===//
// DefOp
//===----------------------------------------------------------------------===//

ParseResult DefOp::parse(OpAsmParser &parser, OperationState &result) {
  auto buildType = [](Builder &builder, ArrayRef<Type> inputs,
                      ArrayRef<Type> results,
                      function_interface_impl::VariadicFlag,
                      std::string &) { return builder.getFunctionType(inputs, results); };
  return function_interface_impl::parseFunctionOp(
      parser, result, /*allowVariadic=*/false,
      getFunctionTypeAttrName(result.name), buildType,
      getArgAttrsAttrName(result.name), getResAttrsAttrName(result.name));
}

void DefOp::print(OpAsmPrinter &printer) {
  function_interface_impl::printFunctionOp(
      printer, *this, /*isVariadic=*/false, getFunctionTypeAttrName(),
      getArgAttrsAttrName(), getResAttrsAttrName());
}

LogicalResult DefOp::verify() {
  auto yield = dyn_cast<YieldOp>(getBody().front().getTerminator());
  if (!yield)
    return emitOpError("must end with kernel.yield");
  if (yield.getOperandTypes() != TypeRange(getResultTypes()))
    return emitOpError("yields ") << yield.getOperandTypes() << ", not "
                                  << TypeRange(getResultTypes());
  return success();
}

//===----------------------------------------------------------------------===//
// LaunchOp
//===----------------------------------------------------------------------===//

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto kernel = symbols.lookupNearestSymbolFrom<DefOp>(*this, getCalleeAttr());
  if (!kernel)
    return emitOpError("launches unknown kernel ") << getCalleeAttr();
  SmallVector<Type> operands(getOperandTypes());
  if (TypeRange(operands) != TypeRange(kernel.getArgumentTypes()) ||
      getResultTypes() != TypeRange(kernel.getResultTypes()))
    return emitOpError("passes (")
           << operands << ") -> (" << getResultTypes() << ") to a kernel of type "
           << kernel.getFunctionType();
  return success();
}

static void
addBufferEffects(OperandRange inputs, OperandRange outputs,
                 SmallVectorImpl<MemoryEffects::EffectInstance> &effects,
                 Operation *op) {
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isa<BaseMemRefType>(operand.get().getType()))
      continue;
    effects.emplace_back(MemoryEffects::Read::get(), &operand,
                         SideEffects::DefaultResource::get());
    bool isOutput = operand.getOperandNumber() >= inputs.size();
    if (isOutput)
      effects.emplace_back(MemoryEffects::Write::get(), &operand,
                           SideEffects::DefaultResource::get());
  }
}

void LaunchOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addBufferEffects(getInputs(), getOutputs(), effects, *this);
}

void ExternOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addBufferEffects(getInputs(), getOutputs(), effects, *this);
}

//===----------------------------------------------------------------------===//
// ConstantsOp
//===----------------------------------------------------------------------===//

LogicalResult ConstantsOp::verify() {
  if (getOffsets().size() != getValues().size())
    return emitOpError("has ") << getOffsets().size() << " offsets for "
                               << getValues().size() << " values";
  for (int64_t offset : getOffsets())
    if (offset < 0 || offset % 64 != 0 || offset > static_cast<int64_t>(getSize()))
      return emitOpError("offset ") << offset << " is not in the section or "
                                    << "not aligned to 64 bytes";
  return success();
}
