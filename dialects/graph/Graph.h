//===- Graph.h - The graph dialect ------------------------------*- C++ -*-===//
//
// Ops, the TensorAttr encoding (symbols, blocked layout) and the functions that
// relate a logical tensor type to the physical one it lies in.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_GRAPH_H
#define ATROUS_DIALECTS_GRAPH_GRAPH_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/TensorEncoding.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace atrous::graph {
class TensorAttr;
struct Dim;

/// True when the types agree in shape and element type, looking past layouts
/// and treating an unranked or dynamic size as agreeing with anything.
bool areCompatibleUpToEncoding(mlir::TypeRange inferred, mlir::TypeRange actual);

/// The layout of [N, C, ...] with channels blocked by `tile`.
TensorAttr getChannelBlockedLayout(mlir::MLIRContext *context, int64_t tile);
} // namespace atrous::graph

#include "dialects/graph/GraphDialect.h.inc"
#include "dialects/graph/GraphEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/graph/GraphAttributes.h.inc"
#include "dialects/graph/GraphInterfaces.h.inc"
#define GET_OP_CLASSES
#include "dialects/graph/GraphOps.h.inc"

namespace atrous::graph {

/// The layout and symbols of `type`; null for a plain, static tensor.
TensorAttr getTensorAttr(mlir::Type type);

/// `type` with the layout of `layout` (null: plain), keeping its symbols.
mlir::RankedTensorType withLayout(mlir::RankedTensorType type, TensorAttr layout);

/// True if dimension 1, and nothing else, is blocked.
bool isChannelBlocked(mlir::Type type);

/// The type that an element has in memory: integers are signless (the graph op
/// knows the sign), booleans i8 holding 0 or 1, so that a vector of them is a
/// vector of bytes.
mlir::Type getPhysicalElementType(mlir::Type elementType);

/// The type that a tensor has in memory: physical elements, blocked dimensions
/// divided (rounding up) by their tile, tiles appended, no encoding. 1x21x65x65
/// with channels blocked by 16 is 1x2x65x65x16.
mlir::RankedTensorType getPhysicalType(mlir::RankedTensorType type);

/// Attribute names on the arguments and results of the host function.
/// Name of the network input or output, as in the ONNX graph.
constexpr llvm::StringLiteral kNameAttr = "graph.name";
/// Element type of the network input or output (TypeAttr), set by LowerGraph
/// where the physical one no longer tells: ui8, i1.
constexpr llvm::StringLiteral kElementTypeAttr = "graph.element_type";
/// Symbols of the network input or output (ArrayAttr of strings, "" where
/// static), set by LowerGraph where a dimension is dynamic.
constexpr llvm::StringLiteral kSymbolsAttr = "graph.symbols";
/// Bounds of the sizes of a network input (DenseI64ArrayAttr).
constexpr llvm::StringLiteral kMinShapeAttr = "graph.min_shape";
constexpr llvm::StringLiteral kMaxShapeAttr = "graph.max_shape";

/// Attribute of a function that is the network at fixed sizes of its inputs:
/// the shape hint that it was made for, "x:1x3x512x512,y:4" (StringAttr).
constexpr llvm::StringLiteral kHintAttr = "graph.hint";

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_GRAPH_H
