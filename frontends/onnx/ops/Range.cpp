//===- Range.cpp - Range
//---------------------------------------------------===//

#include "frontends/onnx/NodeImport.h"

using namespace mlir;

namespace atrous::onnx_frontend {

// Since opset 27 half types count in float.
void importRange(NodeImport &node) {
  Type type = node.elementType(node.operand(0));
  bool isStashed = (type.isF16() || type.isBF16()) &&
                   node.getInt("stash_type", 1) == 1 && node.opset >= 27;
  llvm::SmallVector<Value> operands(node.operands());
  if (isStashed)
    for (Value &operand : operands)
      operand = node.create<graph::CastOp>(operand, node.builder.getF32Type());
  Value range =
      node.create<graph::RangeOp>(operands[0], operands[1], operands[2]);
  node.yield(isStashed ? node.create<graph::CastOp>(range, type) : range);
}

} // namespace atrous::onnx_frontend
