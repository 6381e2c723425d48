//===- KernelConversion.cpp - The body of a kernel on buffers -------------===//

#include "passes/memory/KernelConversion.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "passes/support/KernelBody.h"

using namespace mlir;
using namespace atrous;

namespace {
/// Rewrites the body of a kernel on tensors into one on buffers.
class BodyConverter {
public:
  BodyConverter(kernel::DefOp from, kernel::DefOp to);
  LogicalResult convert();

private:
  void findDestinations();
  LogicalResult convertOp(Operation &op);
  void convertFill(linalg::FillOp fill);
  LogicalResult convertGeneric(linalg::GenericOp op);
  Value getExtents(Value empty);

  kernel::DefOp from;
  Block &body, &target;
  OpBuilder builder;
  IRMapping mapping;
  /// Tensors of the body → the output buffer that they lie in.
  DenseMap<Value, Value> destinations;
};
} // namespace

BodyConverter::BodyConverter(kernel::DefOp from, kernel::DefOp to)
    : from(from), body(from.getBody().front()), target(to.getBody().front()),
      builder(OpBuilder::atBlockEnd(&target)) {
  for (auto [tensor, buffer] :
       llvm::zip(body.getArguments(), target.getArguments()))
    mapping.map(tensor, buffer);
}

/// From the results backwards: an op writes its result where the next one reads
/// it.
void BodyConverter::findDestinations() {
  auto outputs = target.getArguments().drop_front(body.getNumArguments());
  for (auto [result, output] :
       llvm::zip(body.getTerminator()->getOperands(), outputs))
    destinations[result] = output;
  Operation *root = getRoot(from);
  for (Operation &op : llvm::reverse(body)) {
    auto generic = dyn_cast<linalg::GenericOp>(op);
    if (!generic)
      continue;
    for (auto [result, init] :
         llvm::zip(op.getResults(), generic.getDpsInits())) {
      Value output = destinations.lookup(result);
      if (&op == root) {
        destinations[init] = output;
        continue;
      }
      for (Value input : generic.getInputs())
        if (input.getDefiningOp<linalg::GenericOp>())
          destinations[input] = output;
    }
  }
}

/// A buffer for loops to take their extents from. Nothing reads it: any memory
/// will do.
Value BodyConverter::getExtents(Value empty) {
  auto type = cast<RankedTensorType>(empty.getType());
  if (!type.hasStaticShape())
    return {};
  Value output = target.getArguments().back();
  Type elementType = cast<MemRefType>(output.getType()).getElementType();
  SmallVector<int64_t> strides(type.getRank(), 1);
  for (int64_t i = type.getRank() - 1; i > 0; --i)
    strides[i - 1] = strides[i] * type.getDimSize(i);
  return builder.create<memref::ReinterpretCastOp>(
      empty.getLoc(), MemRefType::get(type.getShape(), elementType), output,
      /*offset=*/0, type.getShape(), strides);
}

void BodyConverter::convertFill(linalg::FillOp fill) {
  Value output = destinations.lookup(fill.getResult(0));
  if (output)
    builder.create<linalg::FillOp>(fill.getLoc(),
                                   mapping.lookup(fill.getInputs()[0]), output);
}

/// The body reads memory where it read tensors.
static void convertLoads(linalg::GenericOp op) {
  op.walk([](tensor::ExtractOp extract) {
    OpBuilder builder(extract);
    Value load = builder.create<memref::LoadOp>(
        extract.getLoc(), extract.getTensor(), extract.getIndices());
    extract.replaceAllUsesWith(load);
    extract.erase();
  });
}

LogicalResult BodyConverter::convertGeneric(linalg::GenericOp op) {
  SmallVector<Value> inputs, outputs;
  SmallVector<AffineMap> maps;
  SmallVector<BlockArgument> inPlace;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    Value tensor = operand->get();
    BlockArgument element = op.getMatchingBlockArgument(operand);
    if (op != getRoot(from) && destinations.count(tensor)) {
      inPlace.push_back(element);
      continue;
    }
    Value buffer = mapping.lookupOrNull(tensor);
    if (!buffer)
      mapping.map(tensor, buffer = getExtents(tensor));
    if (!buffer)
      return op.emitError("takes its extents from a tensor of dynamic shape");
    inputs.push_back(buffer);
    maps.push_back(op.getMatchingIndexingMap(operand));
  }
  for (auto [result, init] :
       llvm::zip(op->getResults(), op.getDpsInitsMutable())) {
    outputs.push_back(destinations.lookup(result));
    maps.push_back(op.getMatchingIndexingMap(&init));
  }
  auto generic = builder.create<linalg::GenericOp>(
      op.getLoc(), inputs, outputs, maps, op.getIteratorTypesArray());
  // An element read in place is the output's.
  Region &region = generic.getRegion();
  op.getRegion().cloneInto(&region, mapping);
  Block &block = region.front();
  BlockArgument out = block.getArguments().back();
  for (BlockArgument element : llvm::reverse(inPlace)) {
    block.getArgument(element.getArgNumber()).replaceAllUsesWith(out);
    block.eraseArgument(element.getArgNumber());
  }
  for (auto [argument, operand] :
       llvm::zip(block.getArguments(), generic->getOperands()))
    argument.setType(cast<MemRefType>(operand.getType()).getElementType());
  convertLoads(generic);
  return success();
}

LogicalResult BodyConverter::convertOp(Operation &op) {
  if (auto fill = dyn_cast<linalg::FillOp>(op))
    convertFill(fill);
  else if (auto generic = dyn_cast<linalg::GenericOp>(op))
    return convertGeneric(generic);
  else if (isa<kernel::YieldOp>(op))
    builder.create<kernel::YieldOp>(op.getLoc(), ValueRange());
  else if (op.hasTrait<OpTrait::ConstantLike>())
    builder.clone(op, mapping);
  else if (!isa<tensor::EmptyOp>(op))
    return op.emitError("has no form on buffers");
  return success();
}

LogicalResult BodyConverter::convert() {
  findDestinations();
  for (Operation &op : body)
    if (failed(convertOp(op)))
      return failure();
  return success();
}

LogicalResult atrous::convertBody(kernel::DefOp from, kernel::DefOp to) {
  return BodyConverter(from, to).convert();
}
