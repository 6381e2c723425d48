//===- GraphParts.h - The tensors that inputs and outputs are ---*- C++ -*-===//
//
// A network takes and gives tensors only. A sequence `x` of the graph is the
// tensors x[0], x[1], ... where it is a list, else the two tensors x.data and
// x.index; an optional has x.present before those of its element, which mean
// nothing where that says that there is none.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_FRONTENDS_ONNX_GRAPHPARTS_H
#define ATROUS_FRONTENDS_ONNX_GRAPHPARTS_H

#include "frontends/onnx/ModelContext.h"
#include "frontends/onnx/ValueForm.h"

namespace onnx {
class ValueInfoProto;
} // namespace onnx

namespace atrous::onnx_frontend {

enum class Part { tensor, element, data, index, present };

/// The name of a part; `number` is that of a list's element.
std::string getPartName(llvm::StringRef name, Part part, size_t number = 0);

/// Dimensions as declared; dynamic ones may have a symbol.
struct DeclaredShape {
  bool isRanked = false;
  llvm::SmallVector<int64_t> dims;
  llvm::SmallVector<std::string> symbols;
};

struct InputPart {
  Part part;
  std::string name;
  mlir::Type elementType;
  DeclaredShape shape;
};

/// The parts of a graph input. A sequence is a list of `listed` tensors; 0
/// where nobody says how many.
llvm::SmallVector<InputPart> readParts(const ModelContext &context,
                                       const onnx::ValueInfoProto &info,
                                       size_t listed);

/// Makes `value` the input of which `tensor` is the next part.
void addPart(GraphValue &value, mlir::OpBuilder &builder, Part part,
             mlir::Value tensor);

struct OutputPart {
  std::string name;
  mlir::Value tensor;
};

/// The parts of a graph output, whose value must be of the declared type. They
/// are those of `form`; a first function of the network, which knows no more of
/// the value than others, sets it.
llvm::SmallVector<OutputPart> createParts(const ModelContext &context,
                                          mlir::OpBuilder &builder,
                                          const onnx::ValueInfoProto &info,
                                          GraphValue value,
                                          std::optional<ValueForm> &form);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_GRAPHPARTS_H
