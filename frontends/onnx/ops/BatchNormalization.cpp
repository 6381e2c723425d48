//===- BatchNormalization.cpp - BatchNormalization
//-------------------------===//

#include "frontends/onnx/NodeImport.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;

namespace atrous::onnx_frontend {

/// old * momentum + batch * (1 - momentum)
static Value createRunning(NodeImport &node, Value old, Value batch) {
  double momentum = node.getFloat("momentum", 0.9);
  return node.create<graph::AddOp>(
      node.create<graph::MulOp>(old, node.scalar(old, momentum)),
      node.create<graph::MulOp>(batch, node.scalar(batch, 1 - momentum)));
}

/// Normalises by the statistics of the batch, and yields the running ones.
static void importTraining(NodeImport &node) {
  Value x = node.operand(0), mean = node.operand(3), var = node.operand(4);
  int64_t rank = node.rankOf(x);
  if (rank < 2)
    node.refuse("input has rank " + llvm::Twine(rank) +
                ", expected at least 2");
  llvm::SmallVector<int64_t> axes = {0};
  llvm::append_range(axes, llvm::seq<int64_t>(2, rank));
  auto createMean = [&](Value value, bool keepdims) {
    return node.create<graph::ReduceOp>(graph::ReduceKind::mean, value,
                                        node.i64Vector(axes), keepdims,
                                        /*noop_with_empty_axes=*/false);
  };
  Value centered =
      node.create<graph::SubOp>(x, createMean(x, /*keepdims=*/true));
  Value square = node.create<graph::MulOp>(centered, centered);
  Value batchMean = createMean(x, /*keepdims=*/false);
  Value batchVar = createMean(square, /*keepdims=*/false);
  Type type = node.elementType(mean);
  if (node.elementType(x) != type) {
    batchMean = node.create<graph::CastOp>(batchMean, type);
    batchVar = node.create<graph::CastOp>(batchVar, type);
  }
  Value y = node.create<graph::BatchNormOp>(
      x, node.operand(1), node.operand(2), batchMean, batchVar,
      llvm::APFloat(node.getFloat("epsilon", 1e-5)));
  node.yield({y, createRunning(node, mean, batchMean),
              createRunning(node, var, batchVar)});
}

void importBatchNormalization(NodeImport &node) {
  if (node.opset >= 14 && node.getInt("training_mode", 0) != 0) {
    importTraining(node);
    return;
  }
  if (node.opset < 7 && node.getInt("is_test", 0) == 0)
    node.refuseUnsupported("is_test is 0; training is not supported");
  // Before opset 14 it is the outputs that tell training.
  for (unsigned i = 1; i < node.numResults(); ++i)
    if (node.hasResult(i))
      node.refuseUnsupported("output " + llvm::Twine(i) +
                             " is one of training, which is not supported");
  if (node.getInt("spatial", 1) != 1)
    node.refuseUnsupported(
        "spatial is 0: statistics per element are not supported");
  node.yield(node.create<graph::BatchNormOp>(
      node.operand(0), node.operand(1), node.operand(2), node.operand(3),
      node.operand(4), llvm::APFloat(node.getFloat("epsilon", 1e-5))));
}

} // namespace atrous::onnx_frontend
