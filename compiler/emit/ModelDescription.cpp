//===- ModelDescription.cpp - What a compiled model says of itself --------===//

#include "compiler/emit/ModelDescription.h"

#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "runtime/abi/atrous_abi.h"

using namespace mlir;

namespace atrous {

/// The number of an element type in a model's table; 0 where there is none.
static int32_t getDtype(Type type) {
  if (type.isF32())
    return ATROUS_FLOAT32;
  if (type.isF64())
    return ATROUS_FLOAT64;
  if (type.isF16())
    return ATROUS_FLOAT16;
  if (type.isBF16())
    return ATROUS_BFLOAT16;
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer)
    return 0;
  switch (integer.getWidth()) {
  case 1:
    return ATROUS_BOOL;
  case 8:
    return integer.isUnsigned() ? ATROUS_UINT8 : ATROUS_INT8;
  case 16:
    return integer.isUnsigned() ? ATROUS_UINT16 : ATROUS_INT16;
  case 32:
    return integer.isUnsigned() ? ATROUS_UINT32 : ATROUS_INT32;
  case 64:
    return integer.isUnsigned() ? ATROUS_UINT64 : ATROUS_INT64;
  default:
    return 0;
  }
}

static FailureOr<TensorDescription> describeArgument(func::FuncOp host,
                                                     unsigned number) {
  auto type = dyn_cast<MemRefType>(host.getArgumentTypes()[number]);
  if (!type)
    return host.emitOpError() << "argument " << number << " is not a memref";
  auto name = host.getArgAttrOfType<StringAttr>(number, graph::kNameAttr);
  if (!name)
    return host.emitOpError() << "argument " << number << " has no graph.name";
  if (!type.hasStaticShape())
    return host.emitOpError()
           << "argument '" << name.getValue() << "' has a symbolic size";
  // The network's type where the buffer's does not tell: bool, unsigned.
  Type element = type.getElementType();
  if (auto original =
          host.getArgAttrOfType<TypeAttr>(number, graph::kElementTypeAttr))
    element = original.getValue();
  int32_t dtype = getDtype(element);
  if (!dtype)
    return host.emitOpError() << "argument '" << name.getValue()
                              << "' has an element type without a number: "
                              << element;
  return TensorDescription{name.str(), dtype,
                           std::vector<int64_t>(type.getShape())};
}

static LogicalResult describeConstants(kernel::ConstantsOp op,
                                       ModelDescription &description) {
  if (op.getSize() < 0)
    return op.emitOpError("has a negative size");
  description.constantsSize = op.getSize();
  for (auto [offset, value] : llvm::zip_equal(op.getOffsets(), op.getValues())) {
    auto elements = dyn_cast<ElementsAttr>(value);
    if (!elements)
      return op.emitOpError("has a value that is not an elements attribute");
    description.constants.push_back({offset, elements});
  }
  llvm::stable_sort(description.constants, llvm::less_first());
  return success();
}

FailureOr<ModelDescription> describeModel(ModuleOp module) {
  auto host = module.lookupSymbol<func::FuncOp>("main");
  if (!host) {
    emitError(module.getLoc(), "the module has no host function @main");
    return failure();
  }
  ModelDescription description;
  if (auto name = module->getAttrOfType<StringAttr>("graph.model_name"))
    description.name = name.str();
  for (unsigned i = 0; i < host.getNumArguments(); ++i) {
    if (host.getArgAttr(i, kernel::kConstantsAttr))
      continue;
    if (host.getArgAttr(i, kernel::kArenaAttr)) {
      auto type = dyn_cast<MemRefType>(host.getArgumentTypes()[i]);
      if (!type || !type.hasStaticShape() ||
          !type.getElementType().isInteger(8))
        return host.emitOpError("its arena is not a memref of bytes");
      description.arenaSize = type.getNumElements();
      continue;
    }
    FailureOr<TensorDescription> tensor = describeArgument(host, i);
    if (failed(tensor))
      return failure();
    bool isOutput = bool(host.getArgAttr(i, kernel::kOutputAttr));
    (isOutput ? description.outputs : description.inputs)
        .push_back(std::move(*tensor));
  }
  for (auto op : module.getOps<kernel::ConstantsOp>())
    if (failed(describeConstants(op, description)))
      return failure();
  return description;
}

} // namespace atrous
