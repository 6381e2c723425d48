//===- Placement.h - Which buffer each tensor lies in -----------*- C++ -*-===//
//
// Tensors of the host function are laid out from their last use to their first:
// a result of the network in the output, an operand of a concatenation in its
// slice, a reshaped tensor where its reshape lies. So the kernel that makes a
// tensor writes it where it is wanted. Where two uses want it in two places,
// or its strides cannot be expressed, it is copied.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_MEMORY_PLACEMENT_H
#define ATROUS_PASSES_MEMORY_PLACEMENT_H

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "passes/memory/View.h"
#include <vector>

namespace atrous {

struct Buffer {
  /// External memory is not the block's to give: of a value of an enclosing
  /// block, or of the heap.
  enum class Kind { Input, Output, Constant, Arena, External };
  Kind kind;
  mlir::RankedTensorType type;
  /// Number of the input or output.
  unsigned number = 0;
  /// The arith.constant, or the tensor that lies in external memory.
  mlir::Value value;
};

/// Whether `value` is a tensor of static shape.
bool isStaticTensor(mlir::Value value);

/// `from` is copied to `to` when the op that the copy belongs to is reached.
struct Copy {
  View from, to;
  mlir::Type elementType;
};

class Placement {
public:
  /// Lays out the tensors with static shapes that ops of `block` make, the
  /// body of a function or of a branch or loop. Those of dynamic shape lie in
  /// buffers of their own.
  explicit Placement(mlir::Block &block);

  llvm::ArrayRef<Buffer> getBuffers() const { return buffers; }
  View getView(mlir::Value value) { return getPlace(value); }
  /// Where a launch or a runtime function finds its input: the tensor, or a
  /// dense copy of it, for runtime functions know no strides.
  View getInputView(mlir::OpOperand &operand) {
    auto it = denseInputs.find(&operand);
    return it == denseInputs.end() ? getView(operand.get()) : it->second;
  }
  /// The copies to make before `op`, or in its place if it only places tensors.
  llvm::ArrayRef<Copy> getCopies(mlir::Operation *op) const {
    auto it = copies.find(op);
    if (it == copies.end())
      return {};
    return it->second;
  }

private:
  unsigned addBuffer(Buffer buffer);
  View getPlace(mlir::Value value);
  bool isExternal(mlir::Value value) const;
  bool fitsUsers(mlir::Value value, const View &view) const;
  bool tryPlace(mlir::Value value, const View &place);
  void demand(mlir::Operation *op);
  void demandSource(mlir::Operation *op, mlir::Value source, const View &place);
  void demandInsert(mlir::tensor::InsertSliceOp op);
  void resolve(mlir::Operation *op);
  void alias(mlir::Operation *op, std::optional<View> view);
  void makeInputsDense(kernel::ExternOp op);
  void addCopy(mlir::Operation *op, const View &from, const View &to,
               mlir::Type elementType);

  struct Transfer {
    mlir::Value source;
    View to;
  };

  mlir::Block &block;
  llvm::SmallVector<Buffer> buffers;
  llvm::DenseMap<mlir::Value, View> views;
  llvm::DenseMap<mlir::OpOperand *, View> denseInputs;
  /// Copies whose source is laid out later, by op.
  llvm::DenseMap<mlir::Operation *, std::vector<Transfer>> transfers;
  llvm::DenseMap<mlir::Operation *, std::vector<Copy>> copies;
};

} // namespace atrous

#endif // ATROUS_PASSES_MEMORY_PLACEMENT_H
