//===- Constant.cpp - graph.constant --------------------------------------===//

#include "dialects/graph/Constants.h"

#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace atrous::graph;

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

LogicalResult ConstantOp::verify() {
  auto type = cast<RankedTensorType>(getType());
  if (!type.hasStaticShape())
    return emitOpError("has a type of unknown size: ") << type;
  if (!type.getElementType().isIntOrFloat())
    return emitOpError("has elements of type ")
           << type.getElementType() << ", which are not numbers";
  RankedTensorType physical = getPhysicalType(type);
  if (getValue().getType() != physical)
    return emitOpError("has a value of type ")
           << getValue().getType() << ", but " << type << " lies as "
           << physical;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(getValue())) {
    const AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    int64_t size = blob ? blob->getData().size() : 0;
    if (size != getTensorBytes(physical))
      return emitOpError("has a resource of ")
             << size << " bytes, but " << physical << " takes "
             << getTensorBytes(physical);
    return success();
  }
  if (!isa<DenseElementsAttr>(getValue()))
    return emitOpError("needs a value that is dense or dense_resource");
  return success();
}
