//===- BatchNormalization.cpp - BatchNormalization
//-------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importBatchNormalization(NodeImport &node) {
  // Before opset 14 it is the outputs that tell training.
  if (node.getInt("training_mode", 0) != 0)
    node.refuse("training_mode is 1; training is not supported");
  for (unsigned i = 1; i < node.numResults(); ++i)
    if (node.hasResult(i))
      node.refuse("output " + llvm::Twine(i) +
                  " is one of training, which is not supported");
  if (node.getInt("spatial", 1) != 1)
    node.refuse("spatial is 0: statistics per element are not supported");
  node.yield(node.create<graph::BatchNormOp>(
      node.operand(0), node.operand(1), node.operand(2), node.operand(3),
      node.operand(4), llvm::APFloat(node.getFloat("epsilon", 1e-5))));
}

} // namespace atrous::onnx_frontend
