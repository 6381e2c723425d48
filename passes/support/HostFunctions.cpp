//===- HostFunctions.cpp - The network, and it at fixed sizes -------------===//

#include "passes/support/HostFunctions.h"

#include "dialects/graph/Graph.h"
#include "dialects/kernel/Kernel.h"

using namespace mlir;
using namespace atrous;

SmallVector<ShapedType> atrous::getInputTypes(func::FuncOp host) {
  SmallVector<ShapedType> types;
  for (auto [i, type] : llvm::enumerate(host.getArgumentTypes())) {
    auto isMarked = [&, i = i](StringRef name) {
      return bool(host.getArgAttr(i, name));
    };
    if (!llvm::any_of(ArrayRef<StringRef>{kernel::kOutputAttr,
                                          kernel::kArenaAttr,
                                          kernel::kConstantsAttr},
                      isMarked))
      types.push_back(dyn_cast<ShapedType>(type));
  }
  return types;
}

static unsigned countOutputs(func::FuncOp host) {
  auto isOutput = [&](unsigned i) {
    return bool(host.getArgAttr(i, kernel::kOutputAttr));
  };
  return host.getNumResults() +
         llvm::count_if(llvm::seq(host.getNumArguments()), isOutput);
}

bool atrous::isOfUnknownSize(Type result) {
  auto type = dyn_cast<ShapedType>(result);
  return type && !type.hasStaticShape();
}

FailureOr<SmallVector<int64_t>> atrous::getResultNumbers(func::FuncOp host) {
  SmallVector<int64_t> numbers;
  for (unsigned i = 0; i < host.getNumResults(); ++i) {
    auto number =
        host.getResultAttrOfType<IntegerAttr>(i, kernel::kOutputNumberAttr);
    if (!number || llvm::is_contained(numbers, number.getInt()))
      return host.emitError("result ")
             << i << " has no '" << kernel::kOutputNumberAttr << "' of its own";
    numbers.push_back(number.getInt());
  }
  return numbers;
}

/// Whether `hinted` is `any` with some more sizes known.
static bool isSpecialCase(ShapedType any, ShapedType hinted) {
  if (!any || !hinted || any.getElementType() != hinted.getElementType() ||
      any.hasRank() != hinted.hasRank())
    return false;
  if (!any.hasRank())
    return true;
  return any.getRank() == hinted.getRank() &&
         llvm::all_of(llvm::zip(any.getShape(), hinted.getShape()),
                      [](auto sizes) {
                        auto [size, fixed] = sizes;
                        return ShapedType::isDynamic(size) || size == fixed;
                      });
}

static LogicalResult verifyHinted(func::FuncOp hinted, func::FuncOp any) {
  SmallVector<ShapedType> inputs = getInputTypes(hinted);
  SmallVector<ShapedType> general = getInputTypes(any);
  if (inputs.size() != general.size())
    return hinted.emitError("has ")
           << inputs.size() << " inputs where '" << any.getSymName() << "' has "
           << general.size();
  for (size_t i = 0; i < inputs.size(); ++i)
    if (!isSpecialCase(general[i], inputs[i]))
      return hinted.emitError("input ")
             << i << " is not one that '" << any.getSymName() << "' has";
  if (countOutputs(hinted) != countOutputs(any))
    return hinted.emitError("has ")
           << countOutputs(hinted) << " outputs where '" << any.getSymName()
           << "' has " << countOutputs(any);
  return success();
}

FailureOr<HostFunctions> atrous::getHostFunctions(ModuleOp module) {
  HostFunctions hosts;
  for (auto func : module.getOps<func::FuncOp>()) {
    if (func->hasAttr(graph::kHintAttr)) {
      hosts.hinted.push_back(func);
      continue;
    }
    if (hosts.any)
      return func.emitError("is a second host function without '")
             << graph::kHintAttr << "'";
    hosts.any = func;
  }
  if (!hosts.any)
    return module.emitError("the module has no host function");
  for (func::FuncOp hinted : hosts.hinted)
    if (failed(verifyHinted(hinted, hosts.any)))
      return failure();
  return hosts;
}
