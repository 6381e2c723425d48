//===- ValueForm.h - Values of a graph as tensors ---------------*- C++ -*-===//
//
// What branches and iterations pass on are tensors: those of a list, the two of
// another sequence, and before those of an optional whether it has any.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_FRONTENDS_ONNX_VALUEFORM_H
#define ATROUS_FRONTENDS_ONNX_VALUEFORM_H

#include "frontends/onnx/GraphValue.h"
#include <optional>

namespace atrous::onnx_frontend {

struct ValueForm {
  explicit ValueForm(const GraphValue &value);

  bool isOptional;
  /// Whether only the run tells if there is an element.
  bool hasFlag;
  bool hasElement;
  /// The type of the element; null where that is not known.
  mlir::Type elementType;
  bool isSequence;
  /// Of a list.
  std::optional<size_t> length;

  /// Makes this a form that values of both forms have. Refuses those that have
  /// none in common; `what` names them.
  void join(mlir::Location loc, const llvm::Twine &what,
            const ValueForm &other);

  /// Makes this a form that says nothing of one value: no list, and a flag for
  /// each optional.
  void loosen(mlir::Location loc, const GraphValue &value);

  /// Appends the tensors of a value that has this form.
  void flatten(mlir::OpBuilder &builder, mlir::Location loc,
               const GraphValue &value,
               llvm::SmallVectorImpl<mlir::Value> &tensors) const;

  /// Takes the tensors of a value from the front of `tensors`.
  GraphValue unflatten(mlir::OpBuilder &builder,
                       llvm::ArrayRef<mlir::Value> &tensors) const;
};

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_VALUEFORM_H
