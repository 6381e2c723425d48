//===- Runtime.cpp - What ops done by the runtime share -------------------===//

#include "dialects/graph/Runtime.h"

#include "dialects/graph/Constants.h"

using namespace mlir;
using namespace atrous::graph;

bool atrous::graph::hasRunTimeParameters(Operation *op, ValueRange parameters) {
  auto isStatic = [](Type type) {
    RankedTensorType tensor = getRanked(type);
    return tensor && tensor.hasStaticShape();
  };
  if (!llvm::all_of(op->getOperandTypes(), isStatic) ||
      !llvm::all_of(op->getResultTypes(), isStatic))
    return true;
  return llvm::any_of(parameters, [](Value parameter) {
    return parameter && !getConstantElements(parameter);
  });
}

bool atrous::graph::infersAllSizes(Operation *op) {
  SmallVector<Type> types;
  if (failed(cast<InferTypeOpInterface>(op).inferReturnTypes(
          op->getContext(), std::nullopt, op->getOperands(),
          op->getAttrDictionary(), op->getPropertiesStorage(),
          op->getRegions(), types)))
    return false;
  return llvm::all_of(types, [](Type type) {
    RankedTensorType tensor = getRanked(type);
    return tensor && llvm::none_of(getDims(tensor), [](Dim dim) {
             return dim.isDynamic() && !dim.symbol;
           });
  });
}

int64_t atrous::graph::getPresenceMask(ArrayRef<Value> operands) {
  int64_t mask = 0;
  for (auto [i, operand] : llvm::enumerate(operands))
    mask |= int64_t(operand != nullptr) << i;
  return mask;
}

int64_t atrous::graph::getBits(const llvm::APFloat &value) {
  return llvm::bit_cast<int64_t>(value.convertToDouble());
}

LogicalResult atrous::graph::checkRank(OptLocation location, Value operand,
                                       int64_t rank, StringRef what) {
  RankedTensorType type = getRanked(operand.getType());
  if (type && type.getRank() != rank)
    return emitOptionalError(location, what, " must have rank ", rank, ", got ",
                             toString(getDims(type)));
  return success();
}

LogicalResult atrous::graph::checkIndexType(OptLocation location, Value operand,
                                            StringRef what) {
  Type type = getElementTypeOrSelf(operand.getType());
  if (!type.isSignlessInteger(32) && !type.isSignlessInteger(64))
    return emitOptionalError(location, what, " must be i32 or i64, got ", type);
  return success();
}

LogicalResult atrous::graph::checkSingle(OptLocation location, Value operand,
                                         StringRef what) {
  RankedTensorType type = getRanked(operand.getType());
  if (type && type.hasStaticShape() && type.getNumElements() != 1)
    return emitOptionalError(location, what, " must have one element, got ",
                             toString(getDims(type)));
  return success();
}
