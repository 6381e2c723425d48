//===- Concat.cpp - Concat
//-------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importConcat(NodeImport &node) {
  int64_t axis = node.getInt("axis", 1); // it is required since opset 4
  node.yield(node.create<graph::ConcatOp>(node.operands(), axis));
}

} // namespace atrous::onnx_frontend
