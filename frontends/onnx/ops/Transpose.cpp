//===- Transpose.cpp - Transpose
//-------------------------------------------===//

#include "frontends/onnx/NodeImport.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void importTranspose(NodeImport &node) {
  Value x = node.operand(0);
  DenseI64ArrayAttr perm;
  if (node.hasAttr("perm")) {
    llvm::SmallVector<int64_t> values = node.getInts("perm");
    if (!isPermutationVector(values))
      node.refuse("perm is no permutation of 0.." +
                  llvm::Twine(int64_t(values.size()) - 1));
    std::optional<int64_t> rank = node.findRank(x);
    if (rank && *rank != int64_t(values.size()))
      node.refuse("perm has " + llvm::Twine(values.size()) +
                  " values, but the rank is " + llvm::Twine(*rank));
    perm = node.builder.getDenseI64ArrayAttr(values);
  }
  node.yield(node.create<graph::TransposeOp>(x, perm));
}

} // namespace atrous::onnx_frontend
