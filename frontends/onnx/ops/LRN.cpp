//===- LRN.cpp - LRN
//-------------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importLRN(NodeImport &node) {
  int64_t size = node.getInt("size", 1);
  if (size < 1 || size > INT32_MAX)
    node.refuse("size is " + llvm::Twine(size) + ", expected at least 1");
  node.yield(node.create<graph::LRNOp>(
      node.operand(0), size, llvm::APFloat(node.getFloat("alpha", 1e-4)),
      llvm::APFloat(node.getFloat("beta", 0.75)),
      llvm::APFloat(node.getFloat("bias", 1))));
}

} // namespace atrous::onnx_frontend
