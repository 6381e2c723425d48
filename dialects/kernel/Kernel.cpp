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

Type atrous::kernel::getKernelArgumentType(Type type) {
  auto memref = dyn_cast<MemRefType>(type);
  SmallVector<int64_t> strides;
  int64_t offset;
  if (!memref || !memref.hasStaticShape() ||
      failed(getStridesAndOffset(memref, strides, offset)) ||
      llvm::any_of(strides, ShapedType::isDynamic))
    return type;
  int64_t dense = 1;
  bool isDense = true;
  for (auto [size, stride] :
       llvm::reverse(llvm::zip_equal(memref.getShape(), strides))) {
    // The stride of a single element is never walked.
    if (size == 1)
      stride = dense;
    isDense &= stride == dense;
    dense = stride * size;
  }
  MemRefLayoutAttrInterface layout;
  if (!isDense)
    layout = StridedLayoutAttr::get(type.getContext(), /*offset=*/0, strides);
  return MemRefType::get(memref.getShape(), memref.getElementType(), layout,
                         memref.getMemorySpace());
}

int32_t atrous::kernel::getDtype(Type type) {
  if (type.isF32())
    return 1;
  if (type.isF64())
    return 11;
  if (type.isF16())
    return 10;
  if (type.isBF16())
    return 16;
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer)
    return 0;
  bool isUnsigned = integer.isUnsigned();
  switch (integer.getWidth()) {
  case 1:
    return 9;
  case 8:
    return isUnsigned ? 2 : 3;
  case 16:
    return isUnsigned ? 4 : 5;
  case 32:
    return isUnsigned ? 12 : 6;
  case 64:
    return isUnsigned ? 13 : 7;
  default:
    return 0;
  }
}

//===----------------------------------------------------------------------===//
// DefOp
//===----------------------------------------------------------------------===//

ParseResult DefOp::parse(OpAsmParser &parser, OperationState &result) {
  auto buildType = [](Builder &builder, ArrayRef<Type> inputs,
                      ArrayRef<Type> results,
                      function_interface_impl::VariadicFlag, std::string &) {
    return builder.getFunctionType(inputs, results);
  };
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

/// A launch passes the address of the first element, so offsets do not matter.
static bool isSameToKernel(Type lhs, Type rhs) {
  return getKernelArgumentType(lhs) == getKernelArgumentType(rhs);
}

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &symbols) {
  Operation *callee = symbols.lookupNearestSymbolFrom(*this, getCalleeAttr());
  if (!callee)
    return emitOpError("launches unknown kernel ") << getCalleeAttr();
  auto kernel = dyn_cast<DefOp>(callee);
  // Code generation makes functions of kernels, with types of their own.
  if (!kernel &&
      (callee->hasAttr(kTasksAttr) || callee->hasAttr(kTasksFunctionAttr)))
    return success();
  if (!kernel)
    return emitOpError("launches ") << getCalleeAttr() << ", not a kernel";
  SmallVector<Type> operands(getInputs().getTypes());
  llvm::append_range(operands, getOutputs().getTypes());
  if (!std::equal(operands.begin(), operands.end(),
                  kernel.getArgumentTypes().begin(),
                  kernel.getArgumentTypes().end(), isSameToKernel) ||
      getResultTypes() != TypeRange(kernel.getResultTypes()))
    return emitOpError("passes (")
           << operands << ") -> (" << getResultTypes()
           << ") to a kernel of type " << kernel.getFunctionType();
  int64_t needed = 0, given = 0;
  if (auto bytes = kernel->getAttrOfType<IntegerAttr>(kWorkspaceAttr))
    needed = bytes.getInt();
  if (Value workspace = getWorkspace()) {
    auto type = cast<MemRefType>(workspace.getType());
    if (!type.hasStaticShape() || !type.getElementType().isInteger(8))
      return emitOpError("its workspace is no memref of bytes: ") << type;
    given = type.getNumElements();
  }
  if (given != needed)
    return emitOpError("passes a workspace of ")
           << given << " bytes to a kernel that needs " << needed;
  auto offset = (*this)->getAttrOfType<IntegerAttr>(kPreparedAttr);
  if (kernel->hasAttr(kPreparedAttr) != bool(offset) ||
      (offset && offset.getInt() < 0))
    return emitOpError("has no '")
           << kPreparedAttr << "' that is fit for its kernel";
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
  for (OpOperand &workspace : getWorkspaceMutable()) {
    effects.emplace_back(MemoryEffects::Read::get(), &workspace);
    effects.emplace_back(MemoryEffects::Write::get(), &workspace);
  }
}

//===----------------------------------------------------------------------===//
// ExternOp
//===----------------------------------------------------------------------===//

void ExternOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  addBufferEffects(getInputs(), getOutputs(), effects, *this);
  for (OpResult result : getResults())
    if (isa<BaseMemRefType>(result.getType()))
      effects.emplace_back(MemoryEffects::Allocate::get(), result,
                           SideEffects::DefaultResource::get());
}

LogicalResult ExternOp::verify() {
  size_t numResults = getResults().size(), numOutputs = getOutputs().size();
  bool isOnBuffers =
      llvm::any_of(getOutputs().getTypes(), llvm::IsaPred<BaseMemRefType>);
  size_t expected = isOnBuffers ? 0 : numOutputs;
  if (numOutputs && numResults != expected)
    return emitOpError("has ")
           << numResults << " results for " << numOutputs << " destinations";
  if (!isOnBuffers && numOutputs &&
      getOutputs().getTypes() != getResults().getTypes())
    return emitOpError("has results of other types than its destinations");
  size_t buffers = getInputs().size() + std::max(numResults, numOutputs);
  if (getDtypes() && getDtypes()->size() != buffers)
    return emitOpError("has ") << getDtypes()->size() << " element types for "
                               << buffers << " operands and results";
  return success();
}

//===----------------------------------------------------------------------===//
// AllocOp
//===----------------------------------------------------------------------===//

LogicalResult AllocOp::verify() {
  auto type = dyn_cast<MemRefType>(getMemref().getType());
  if (!type || !type.getLayout().isIdentity())
    return emitOpError("makes a buffer that is not dense: ")
           << getMemref().getType();
  if (type.getNumDynamicDims() != static_cast<int64_t>(getSizes().size()))
    return emitOpError("has ")
           << getSizes().size() << " sizes for " << type.getNumDynamicDims()
           << " dynamic dimensions";
  return success();
}

//===----------------------------------------------------------------------===//
// ConstantsOp
//===----------------------------------------------------------------------===//

LogicalResult ConstantsOp::verify() {
  if (getOffsets().size() != getValues().size())
    return emitOpError("has ") << getOffsets().size() << " offsets for "
                               << getValues().size() << " values";
  for (int64_t offset : getOffsets())
    if (offset < 0 || offset % 64 != 0 ||
        offset > static_cast<int64_t>(getSize()))
      return emitOpError("offset ") << offset << " is not in the section or "
                                    << "not aligned to 64 bytes";
  return success();
}
