//===- Structure.h - Single assignment, order, nesting ----------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_STRUCTURE_H
#define ATROUS_FRONTENDS_ONNX_STRUCTURE_H

#include "frontends/onnx/ModelContext.h"

namespace onnx {
class GraphProto;
} // namespace onnx

namespace atrous::onnx_frontend {

/// Refuses a graph, its subgraphs included, in which a value is used before it
/// is computed (an unsorted graph, or a cycle), is used but never defined, or
/// is defined twice; and one that has too many nodes or nests too deep.
void checkStructure(const ModelContext &context, const onnx::GraphProto &graph);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_STRUCTURE_H
