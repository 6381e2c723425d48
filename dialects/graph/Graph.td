//===- Graph.td - The graph dialect: what a network computes --*- tablegen -*-===//
//
// One op per tensor operation, on logical shapes: a layout never changes what
// an op means. See README.md beside this file for the rationale.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_GRAPH_TD
#define ATROUS_DIALECTS_GRAPH_GRAPH_TD

include "dialects/graph/GraphBase.td"
include "dialects/graph/ops/Constant.td"
include "dialects/graph/ops/ElementwiseUnary.td"
include "dialects/graph/ops/ElementwiseBinary.td"
include "dialects/graph/ops/Where.td"
include "dialects/graph/ops/Cast.td"
include "dialects/graph/ops/Conv.td"
include "dialects/graph/ops/ConvTranspose.td"
include "dialects/graph/ops/DeformConv.td"
include "dialects/graph/ops/Col2Im.td"
include "dialects/graph/ops/BatchNorm.td"
include "dialects/graph/ops/MatMul.td"
include "dialects/graph/ops/Pool.td"
include "dialects/graph/ops/MaxUnpool.td"
include "dialects/graph/ops/MaxRoiPool.td"
include "dialects/graph/ops/RoiAlign.td"
include "dialects/graph/ops/NonMaxSuppression.td"
include "dialects/graph/ops/LRN.td"
include "dialects/graph/ops/Reduce.td"
include "dialects/graph/ops/ArgReduce.td"
include "dialects/graph/ops/Cumulate.td"
include "dialects/graph/ops/Det.td"
include "dialects/graph/ops/Resize.td"
include "dialects/graph/ops/GridSample.td"
include "dialects/graph/ops/Pad.td"
include "dialects/graph/ops/Concat.td"
include "dialects/graph/ops/Slice.td"
include "dialects/graph/ops/Split.td"
include "dialects/graph/ops/Reshape.td"
include "dialects/graph/ops/Transpose.td"
include "dialects/graph/ops/Expand.td"
include "dialects/graph/ops/Tile.td"
include "dialects/graph/ops/Gather.td"
include "dialects/graph/ops/Indexing.td"
include "dialects/graph/ops/Scatter.td"
include "dialects/graph/ops/TopK.td"
include "dialects/graph/ops/NonZero.td"
include "dialects/graph/ops/Unique.td"
include "dialects/graph/ops/Shape.td"
include "dialects/graph/ops/Range.td"
include "dialects/graph/ops/Control.td"
include "dialects/graph/ops/Sequence.td"
include "dialects/graph/ops/DepthToSpace.td"
include "dialects/graph/ops/Interleave.td"
include "dialects/graph/ops/Reorder.td"

#endif // ATROUS_DIALECTS_GRAPH_GRAPH_TD
