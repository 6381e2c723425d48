//===- Functions.h - Inlining of function bodies ----------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_FUNCTIONS_H
#define ATROUS_FRONTENDS_ONNX_FUNCTIONS_H

#include "frontends/onnx/ModelContext.h"

namespace onnx {
class ModelProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Replaces each call of a function of the model by its body. Recursive
/// functions, and those that would grow the model past its limits, are refused
/// before anything is copied.
void inlineLocalFunctions(const ModelContext &context, onnx::ModelProto &model);

/// Replaces each operator that OpTable.inc lacks, but that ONNX defines by
/// other operators that it has, by that body.
void inlineOperatorBodies(const ModelContext &context, onnx::ModelProto &model);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_FUNCTIONS_H
