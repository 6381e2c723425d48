//===- Optional.cpp - Optional, OptionalHasElement, OptionalGetElement ----===//

#include "frontends/onnx/NodeImport.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importOptional(NodeImport &node) {
  GraphValue value = node.input(0);
  value.isOptional = true;
  if (const onnx::AttributeProto *type = node.findAttr("type"))
    value.declared = &type->tp();
  node.yieldAny(value);
}

void importOptionalHasElement(NodeImport &node) {
  GraphValue value = node.input(0);
  node.yield(value.present
                 ? value.present
                 : node.scalar(node.builder.getI1Type(), value.hasElement()));
}

void importOptionalGetElement(NodeImport &node) {
  node.yieldAny(getElement(node.builder, node.loc, node.input(0)));
}

} // namespace atrous::onnx_frontend
