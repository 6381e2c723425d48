//===- DepthToSpace.cpp - DepthToSpace and SpaceToDepth
//--------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static int64_t readBlocksize(NodeImport &node) {
  int64_t blocksize = node.getInt("blocksize", 0);
  if (blocksize < 1 || blocksize > INT16_MAX)
    node.refuse("blocksize is " + llvm::Twine(blocksize) +
                ", expected one from 1 to " + llvm::Twine(INT16_MAX));
  return blocksize;
}

void importDepthToSpace(NodeImport &node) {
  node.yield(
      node.create<graph::DepthToSpaceOp>(node.operand(0), readBlocksize(node),
                                         node.getEnum("mode", {"DCR", "CRD"})));
}

void importSpaceToDepth(NodeImport &node) {
  node.yield(
      node.create<graph::SpaceToDepthOp>(node.operand(0), readBlocksize(node),
                                         node.getEnum("mode", {"DCR", "CRD"})));
}

} // namespace atrous::onnx_frontend
