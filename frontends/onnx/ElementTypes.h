//===- ElementTypes.h - ONNX data types and MLIR's --------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_ELEMENTTYPES_H
#define ATROUS_FRONTENDS_ONNX_ELEMENTTYPES_H

#include "mlir/IR/Types.h"
#include <string>

namespace atrous::onnx_frontend {

/// The element type of an onnx::TensorProto::DataType; null where it has none:
/// strings, complex numbers, types of 8 bits and less that are no integers of 8
/// bits, and numbers that name no type. Signed integers are signless.
mlir::Type getElementType(mlir::MLIRContext *context, int dataType);

/// "float", "int64", ...; "unknown" for a number that ONNX does not define.
std::string getDataTypeName(int dataType);

/// The name that ONNX's schemas give a tensor: "tensor(float)".
std::string getSchemaTypeName(mlir::Type elementType);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_ELEMENTTYPES_H
