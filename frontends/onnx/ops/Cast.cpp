//===- Cast.cpp - Cast and CastLike
//----------------------------------------===//

#include "frontends/onnx/ElementTypes.h"
#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

// The attributes `saturate` and `round_mode` speak of 8-bit floating-point
// types only, which are refused.
void importCast(NodeImport &node) {
  int64_t to = node.getInt("to", 0);
  int dataType = to >= 0 && to <= INT32_MAX ? int(to) : -1;
  Type type = getElementType(node.context.context, dataType);
  if (!type)
    node.refuse("attribute to is " + llvm::Twine(to) + " (" +
                getDataTypeName(dataType) +
                "), a data type that is not supported");
  node.yield(node.create<graph::CastOp>(node.operand(0), type));
}

void importCastLike(NodeImport &node) {
  node.yield(node.create<graph::CastOp>(node.operand(0),
                                        node.elementType(node.operand(1))));
}

} // namespace atrous::onnx_frontend
