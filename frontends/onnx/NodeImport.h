//===- NodeImport.h - One ONNX node on its way into the graph ---*- C++ -*-===//
//
// What the import functions in ops/ see of the importer: the node's operands as
// values, its attributes, and a builder whose ops have inferred types. ONNX's
// checker has already held the node against its schema: required attributes are
// there and have the right type, required operands are there, operand types are
// allowed ones.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_FRONTENDS_ONNX_NODEIMPORT_H
#define ATROUS_FRONTENDS_ONNX_NODEIMPORT_H

#include "dialects/graph/Constants.h"
#include "dialects/graph/Graph.h"
#include "frontends/onnx/GraphValue.h"
#include "frontends/onnx/ModelContext.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace onnx {
class AttributeProto;
class GraphProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Imports the graphs that nodes have as attributes.
class BodyImporter {
public:
  virtual ~BodyImporter() = default;
  /// Builds the body's nodes at the builder's place, its inputs bound to
  /// `arguments`. Returns the values of its outputs.
  virtual llvm::SmallVector<GraphValue>
  importBody(const onnx::GraphProto &body,
             llvm::ArrayRef<GraphValue> arguments) = 0;
};

class NodeImport {
public:
  NodeImport(const ModelContext &context, mlir::OpBuilder &builder,
             const onnx::NodeProto &node, llvm::ArrayRef<GraphValue> inputs,
             BodyImporter &bodies);

  const ModelContext &context;
  mlir::OpBuilder &builder;
  const onnx::NodeProto &node;
  const mlir::Location loc;
  /// The version of the node's domain that the model imports.
  const int64_t opset;

  BodyImporter &bodies;

  /// Emits an error at the node and unwinds.
  [[noreturn]] void refuse(const llvm::Twine &message) const;
  [[noreturn]] void refuseUnsupported(const llvm::Twine &message) const;

  /// Operand `index`; null where it is absent, or no tensor.
  mlir::Value operand(unsigned index) const;
  llvm::ArrayRef<mlir::Value> operands() const { return allOperands; }
  /// The same, whatever it is; nothing where it is absent.
  GraphValue input(unsigned index) const;
  llvm::ArrayRef<GraphValue> inputs() const { return allInputs; }
  /// The results that somebody reads. Trailing ones may be absent, too.
  bool hasResult(unsigned index) const;
  unsigned numResults() const;

  // Attributes. A missing one gives the default.
  bool hasAttr(llvm::StringRef name) const { return findAttr(name); }
  const onnx::AttributeProto *findAttr(llvm::StringRef name) const;
  int64_t getInt(llvm::StringRef name, int64_t defaultValue) const;
  double getFloat(llvm::StringRef name, double defaultValue) const;
  llvm::SmallVector<int64_t> getInts(llvm::StringRef name) const;
  /// A string that must be one of `allowed`; the first is the default.
  std::string getEnum(llvm::StringRef name,
                      llvm::ArrayRef<llvm::StringRef> allowed) const;
  /// The element type whose number the attribute holds; refuses others.
  mlir::Type getType(llvm::StringRef name) const;

  // Types.
  static mlir::Type elementType(mlir::Value value);
  static bool isFloat(mlir::Value value);
  static std::optional<int64_t> findRank(mlir::Value value);
  /// The rank of an operand, refusing one that is not known.
  int64_t rankOf(mlir::Value value) const;
  /// A dimension, or ShapedType::kDynamic, also where not even the rank is
  /// known.
  static int64_t dimOf(mlir::Value value, int64_t dim);
  /// An axis of a tensor of rank `rank`, counted from the front.
  int64_t normalizeAxis(int64_t axis, int64_t rank) const;
  /// True for an absent operand and for one without elements.
  static bool isEmpty(mlir::Value value);

  // Constants.
  mlir::Value scalar(mlir::Type elementType, double value) const;
  /// A scalar of the element type of `like`.
  mlir::Value scalar(mlir::Value like, double value) const;
  mlir::Value i64Vector(llvm::ArrayRef<int64_t> values) const;
  /// A shape-like operand as i64: int32 ones are converted.
  mlir::Value asI64(mlir::Value value);
  /// The shape of a tensor as i64: a constant where it is static.
  mlir::Value shapeOf(mlir::Value value);
  /// The elements of a constant of integers, or nothing.
  static std::optional<llvm::SmallVector<int64_t>>
  findConstantInts(mlir::Value value);

  /// Builds an op of one result and infers its type from the operands.
  template <typename Op, typename... Args> mlir::Value create(Args &&...args) {
    return createOp<Op>(1, std::forward<Args>(args)...)->getResult(0);
  }

  /// Builds an op of `count` results and infers their types.
  template <typename Op, typename... Args>
  mlir::Operation *createOp(unsigned count, Args &&...args) {
    llvm::SmallVector<mlir::Type> placeholders(
        count, mlir::UnrankedTensorType::get(builder.getF32Type()));
    mlir::Operation *op = builder.create<Op>(loc, mlir::TypeRange(placeholders),
                                             std::forward<Args>(args)...);
    inferTypes(op);
    return op;
  }

  /// The results of the node, in order; those that nobody reads may be missing.
  void yield(mlir::ValueRange values) {
    results.assign(values.begin(), values.end());
  }
  void yieldAny(llvm::ArrayRef<GraphValue> values) {
    results.assign(values.begin(), values.end());
  }
  llvm::ArrayRef<GraphValue> getResults() const { return results; }

private:
  void inferTypes(mlir::Operation *op) const;

  llvm::ArrayRef<GraphValue> allInputs;
  llvm::SmallVector<mlir::Value> allOperands;
  llvm::SmallVector<GraphValue> results;
};

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_NODEIMPORT_H
