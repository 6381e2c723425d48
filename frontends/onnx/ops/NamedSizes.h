//===- NamedSizes.h - Sizes that are computed at run time -------*- C++ -*-===//

#ifndef ATROUS_FRONTENDS_ONNX_OPS_NAMEDSIZES_H
#define ATROUS_FRONTENDS_ONNX_OPS_NAMEDSIZES_H

#include "frontends/onnx/NodeImport.h"

namespace atrous::onnx_frontend {

/// `sizes`, rank-1 i64, in a form whose elements types can name: where they
/// come out of a computation, the shape of a tensor without elements that the
/// runtime makes, checking them. Constants, and what follows from shapes, as it
/// is.
mlir::Value createNamedSizes(NodeImport &node, mlir::Value sizes);

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_OPS_NAMEDSIZES_H
