//===- GraphValue.h - What a name of an ONNX graph stands for ---*- C++ -*-===//
//
// A tensor, a sequence of tensors, or an optional of one of them. See
// docs/decisions/0008-sequences-are-tensors.md.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_FRONTENDS_ONNX_GRAPHVALUE_H
#define ATROUS_FRONTENDS_ONNX_GRAPHVALUE_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <string>

namespace onnx {
class TypeProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// The two tensors that a sequence is when the network runs (see
/// dialects/graph/ops/Sequence.td).
struct SequenceTensors {
  mlir::Value data, index;
};

/// A list of tensors that the importer knows, or two tensors, which a list
/// becomes where it is first needed as such.
class Sequence {
public:
  /// At the builder's place, where all of `list` is known.
  Sequence(mlir::OpBuilder &builder, mlir::Type elementType,
           llvm::ArrayRef<mlir::Value> list);
  explicit Sequence(SequenceTensors tensors);

  mlir::Type getElementType() const { return elementType; }
  bool isList() const { return block != nullptr; }
  llvm::ArrayRef<mlir::Value> getList() const { return list; }
  SequenceTensors getTensors(mlir::Location loc);

private:
  mlir::Type elementType;
  llvm::SmallVector<mlir::Value> list;
  SequenceTensors tensors;
  /// Where a list is known: in this block, behind this op (null: from its
  /// beginning on). Null where there is no list.
  mlir::Block *block = nullptr;
  mlir::Operation *last = nullptr;
};

struct GraphValue {
  GraphValue() = default;
  GraphValue(mlir::Value tensor) : tensor(tensor) {}
  GraphValue(std::shared_ptr<Sequence> sequence)
      : sequence(std::move(sequence)) {}

  /// At most one of them: none of an optional that has no element.
  mlir::Value tensor;
  std::shared_ptr<Sequence> sequence;
  bool isOptional = false;
  /// Of an optional: whether there is an element (tensor<i1>). Null where the
  /// importer knows.
  mlir::Value present;
  /// Of an optional without an element: its type, or null.
  const onnx::TypeProto *declared = nullptr;

  bool hasElement() const { return tensor || sequence; }
  /// False for the operand that an empty name stands for.
  explicit operator bool() const { return hasElement() || isOptional; }
  /// Of its tensors; null where there are none.
  mlir::Type getElementType() const;
  /// As ONNX's schemas call it: "optional(seq(tensor(float)))". Empty for an
  /// optional whose type nobody says.
  std::string getTypeName() const;
};

/// The element of an optional, which the run checks to be there where the
/// importer does not know; refuses one that is not. Anything else is its own.
GraphValue getElement(mlir::OpBuilder &builder, mlir::Location loc,
                      const GraphValue &value);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_GRAPHVALUE_H
