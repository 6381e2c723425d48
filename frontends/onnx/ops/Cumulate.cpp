//===- Cumulate.cpp - CumSum and CumProd ----------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static void importCumulate(NodeImport &node, bool product) {
  node.yield(node.create<graph::CumulateOp>(
      node.operand(0), node.operand(1), product,
      node.getInt("exclusive", 0) != 0, node.getInt("reverse", 0) != 0));
}

void importCumSum(NodeImport &node) { importCumulate(node, /*product=*/false); }

void importCumProd(NodeImport &node) { importCumulate(node, /*product=*/true); }

} // namespace atrous::onnx_frontend
