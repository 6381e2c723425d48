//===- Where.cpp - Where
//---------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importWhere(NodeImport &node) {
  node.yield(node.create<graph::WhereOp>(node.operand(0), node.operand(1),
                                         node.operand(2)));
}

} // namespace atrous::onnx_frontend
