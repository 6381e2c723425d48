//===- Sequence.cpp - SequenceConstruct, SequenceInsert, SequenceAt ... ---===//
//
// A list stays one where positions are known; no op remains of that.
//
//===----------------------------------------------------------------------===//

#include "frontends/onnx/ops/Sequence.h"
#include "frontends/onnx/ElementTypes.h"

using namespace mlir;

namespace atrous::onnx_frontend {

GraphValue makeList(NodeImport &node, Type elementType,
                    llvm::ArrayRef<Value> list) {
  return std::make_shared<Sequence>(node.builder, elementType, list);
}

GraphValue makeSequence(Operation *op) {
  return std::make_shared<Sequence>(
      SequenceTensors{op->getResult(0), op->getResult(1)});
}

/// The position that an operand says, from 0 to `last`; nothing where it is not
/// known. Counts from the end of `length` tensors where it is negative.
static std::optional<int64_t> findPosition(NodeImport &node, Value operand,
                                           int64_t length, int64_t last) {
  auto values = node.findConstantInts(operand);
  if (!values || values->size() != 1)
    return std::nullopt;
  int64_t position = values->front();
  if (position < -length || position > last)
    node.refuse("position is " + llvm::Twine(position) + ", out of range [" +
                llvm::Twine(-length) + ", " + llvm::Twine(last) +
                "] of a sequence of " + llvm::Twine(length));
  return position < 0 ? position + length : position;
}

//===----------------------------------------------------------------------===//
// SequenceEmpty, SequenceConstruct
//===----------------------------------------------------------------------===//

void importSequenceEmpty(NodeImport &node) {
  Type type = node.hasAttr("dtype") ? node.getType("dtype")
                                    : Type(node.builder.getF32Type());
  node.yieldAny(makeList(node, type, {}));
}

void importSequenceConstruct(NodeImport &node) {
  Type type = node.elementType(node.operand(0));
  node.yieldAny(makeList(node, type, node.operands()));
}

//===----------------------------------------------------------------------===//
// SequenceInsert, SequenceErase
//===----------------------------------------------------------------------===//

void importSequenceInsert(NodeImport &node) {
  Sequence &sequence = *node.input(0).sequence;
  Value element = node.operand(1), operand = node.operand(2);
  if (node.elementType(element) != sequence.getElementType())
    node.refuse("inserts " + getSchemaTypeName(node.elementType(element)) +
                " into a sequence of " +
                getSchemaTypeName(sequence.getElementType()));
  if (sequence.isList()) {
    llvm::SmallVector<Value> list(sequence.getList());
    int64_t length = int64_t(list.size());
    std::optional<int64_t> position =
        operand ? findPosition(node, operand, length, length) : length;
    if (position) {
      list.insert(list.begin() + *position, element);
      return node.yieldAny(makeList(node, sequence.getElementType(), list));
    }
  }
  auto [data, index] = sequence.getTensors(node.loc);
  node.yieldAny(makeSequence(node.createOp<graph::SequenceInsertOp>(
      2, data, index, element, operand)));
}

void importSequenceErase(NodeImport &node) {
  Sequence &sequence = *node.input(0).sequence;
  Value operand = node.operand(1);
  if (sequence.isList()) {
    llvm::SmallVector<Value> list(sequence.getList());
    int64_t length = int64_t(list.size());
    if (list.empty())
      node.refuse("the sequence is empty");
    std::optional<int64_t> position =
        operand ? findPosition(node, operand, length, length - 1) : length - 1;
    if (position) {
      list.erase(list.begin() + *position);
      return node.yieldAny(makeList(node, sequence.getElementType(), list));
    }
  }
  auto [data, index] = sequence.getTensors(node.loc);
  node.yieldAny(makeSequence(
      node.createOp<graph::SequenceEraseOp>(2, data, index, operand)));
}

//===----------------------------------------------------------------------===//
// SequenceAt, SequenceLength
//===----------------------------------------------------------------------===//

Value createSequenceAt(NodeImport &node, Sequence &sequence, Value position) {
  auto [data, index] = sequence.getTensors(node.loc);
  return node.create<graph::SequenceAtOp>(data, index, position);
}

void importSequenceAt(NodeImport &node) {
  Sequence &sequence = *node.input(0).sequence;
  if (sequence.isList()) {
    llvm::ArrayRef<Value> list = sequence.getList();
    int64_t length = int64_t(list.size());
    if (list.empty())
      node.refuse("the sequence is empty");
    if (auto position = findPosition(node, node.operand(1), length, length - 1))
      return node.yield(list[*position]);
  }
  node.yield(createSequenceAt(node, sequence, node.operand(1)));
}

Value createSequenceLength(NodeImport &node, Sequence &sequence) {
  if (sequence.isList())
    return node.scalar(node.builder.getI64Type(),
                       double(sequence.getList().size()));
  Value index = sequence.getTensors(node.loc).index;
  Value count =
      node.create<graph::ShapeOp>(index, node.builder.getI64IntegerAttr(0),
                                  node.builder.getI64IntegerAttr(1));
  return node.create<graph::SqueezeOp>(count, node.i64Vector(0));
}

void importSequenceLength(NodeImport &node) {
  node.yield(createSequenceLength(node, *node.input(0).sequence));
}

} // namespace atrous::onnx_frontend
