//===- Gather.cpp - Gather
//-------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importGather(NodeImport &node) {
  node.yield(node.create<graph::GatherOp>(node.operand(0), node.operand(1),
                                          node.getInt("axis", 0)));
}

} // namespace atrous::onnx_frontend
