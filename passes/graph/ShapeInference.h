//===- ShapeInference.h - Types of values, through control flow -*- C++ -*-===//

#ifndef ATROUS_PASSES_GRAPH_SHAPEINFERENCE_H
#define ATROUS_PASSES_GRAPH_SHAPEINFERENCE_H

#include "dialects/graph/Dims.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/StringSet.h"
#include <functional>

namespace atrous {

/// Infers the types of all values of a function, in order, from its arguments.
/// Each dynamic size that its op cannot express gets a name of its own, so that
/// equal names are equal sizes. Values that meet at the end of branches and
/// iterations get the type that says what they have in common.
class ShapeInference {
public:
  /// `fold` replaces an op by its values if it can; the op is then erased.
  ShapeInference(mlir::func::FuncOp function,
                 std::function<bool(mlir::Operation *)> fold);

  /// On failure an error has been emitted.
  mlir::LogicalResult run();

private:
  /// How often types of a loop's values may change before they are given up.
  enum class Mode {
    refine, ///< what is known stays known; folds
    restart ///< from the operands alone; leaves the ops as they are
  };

  mlir::LogicalResult inferBlock(mlir::Block &block, Mode mode);
  mlir::LogicalResult inferOp(mlir::Operation *op, Mode mode);
  bool foldItem(graph::ItemOp op);
  mlir::LogicalResult inlineBranch(mlir::scf::IfOp op, bool condition);
  mlir::LogicalResult inferIf(mlir::scf::IfOp op, Mode mode);
  mlir::LogicalResult inferWhile(mlir::scf::WhileOp op, Mode mode);
  mlir::LogicalResult widenCarried(mlir::scf::WhileOp op, bool &changed);
  void retypeWhile(mlir::scf::WhileOp op);
  void setType(mlir::Value value, mlir::Type inferred, Mode mode);
  mlir::Type nameSizes(mlir::Type type, mlir::Value value);
  mlir::Value retype(mlir::OpBuilder &builder, mlir::Value value,
                     mlir::Type type);

  mlir::func::FuncOp function;
  std::function<bool(mlir::Operation *)> fold;
  llvm::StringSet<> names;
};

} // namespace atrous

#endif // ATROUS_PASSES_GRAPH_SHAPEINFERENCE_H
