//===- Concat.cpp - Concat
//-------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importConcat(NodeImport &node) {
  node.yield(
      node.create<graph::ConcatOp>(node.operands(), node.getInt("axis", 0)));
}

} // namespace atrous::onnx_frontend
