//===- ModelHeader.h - IR version and operator sets -------------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_MODELHEADER_H
#define ATROUS_FRONTENDS_ONNX_MODELHEADER_H

#include "frontends/onnx/ModelContext.h"

namespace onnx {
class ModelProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Refuses versions that cannot be read and fills `context.opsets`. Spells the
/// default domain "" everywhere in `model`, also where it says "ai.onnx".
void readHeader(ModelContext &context, onnx::ModelProto &model);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_MODELHEADER_H
