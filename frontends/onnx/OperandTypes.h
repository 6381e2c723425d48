//===- OperandTypes.h - Types that an operator takes ------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPERANDTYPES_H
#define ATROUS_FRONTENDS_ONNX_OPERANDTYPES_H

#include "frontends/onnx/NodeImport.h"

namespace onnx {
class OpSchema;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Refuses operands whose types the operator does not take, or that must be
/// equal and are not.
void checkOperandTypes(const NodeImport &node, const onnx::OpSchema &schema);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPERANDTYPES_H
