//===- ArgReduce.cpp - ArgMax and ArgMin
//-----------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static void importArgReduce(NodeImport &node, bool minimum) {
  node.yield(node.create<graph::ArgReduceOp>(
      node.operand(0), node.getInt("axis", 0), minimum,
      node.getInt("keepdims", 1) != 0,
      node.getInt("select_last_index", 0) != 0));
}

void importArgMax(NodeImport &node) {
  importArgReduce(node, /*minimum=*/false);
}

void importArgMin(NodeImport &node) { importArgReduce(node, /*minimum=*/true); }

} // namespace atrous::onnx_frontend
