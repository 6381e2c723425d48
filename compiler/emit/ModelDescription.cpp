//===- ModelDescription.cpp - What a compiled model says of itself --------===//

#include "compiler/emit/ModelDescription.h"

#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace atrous {

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
  int32_t dtype = kernel::getDtype(element);
  if (!dtype)
    return host.emitOpError() << "argument '" << name.getValue()
                              << "' has an element type without a number: "
                              << element;
  return TensorDescription{name.str(),
                           dtype,
                           std::vector<int64_t>(type.getShape()),
                           /*symbols=*/{},
                           /*minShape=*/{},
                           /*maxShape=*/{}};
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
