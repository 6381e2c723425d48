//===- ops.h - Functions behind irregular ops -------------------*- C++ -*-===//
//
// Each is an atrous_extern_fn (runtime/abi/atrous_abi.h): buffers are the op's
// operands, absent ones left out, then its results; what the lines below call
// arguments are its attributes, bit-cast where they are floats. The compiler
// names these functions in kernel.extern. ONNX's operator of the same name says
// what each computes; indices and sizes that data supplies are checked, and a
// bad one is an error that names it.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_CPU_OPS_OPS_H
#define ATROUS_RUNTIME_CPU_OPS_OPS_H

#include "runtime/abi/atrous_abi.h"

#define ATROUS_EXTERN(name)                                                    \
  atrous_status name(atrous_exec *exec, atrous_buffer *buffers,                \
                     const int64_t *arguments, const char *node)

extern "C" {

//===----------------------------------------------------------------------===//
// Selection
//===----------------------------------------------------------------------===//

/// input, k -> values, indices; [axis, largest]. Results are always sorted: the
/// best first, NaN as the largest number, ties by the lowest index.
ATROUS_EXTERN(atrous_top_k);

/// input -> [rank, n] i64.
ATROUS_EXTERN(atrous_non_zero);

/// input, condition -> output; [has axis, axis]. Elements beyond a short
/// condition are not taken.
ATROUS_EXTERN(atrous_compress);

/// input -> output, indices, inverse indices, counts; [has axis, axis, sorted].
/// All NaN are one value, the largest.
ATROUS_EXTERN(atrous_unique);

/// boxes, scores [, max boxes] [, iou threshold] [, score threshold] -> [n, 3]
/// i64; [center point box, mask of the optional operands].
ATROUS_EXTERN(atrous_non_max_suppression);

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

/// input, rois, batch indices -> output; [max, half pixel, output height,
/// output width, sampling ratio, spatial scale (f64), channels]. The input is
/// plain, or has its channels in blocks of 8 or 16, the last one filled up.
ATROUS_EXTERN(atrous_roi_align);

/// input, rois -> output; [pooled height, pooled width, spatial scale (f64)].
ATROUS_EXTERN(atrous_max_roi_pool);

/// input, indices [, output shape] -> output; [has output shape, kernel sizes,
/// strides, pads before, pads after]. Indices count in the shape that kernel,
/// strides and pads give.
ATROUS_EXTERN(atrous_max_unpool);

//===----------------------------------------------------------------------===//
// Indices
//===----------------------------------------------------------------------===//

/// input, indices -> output; [axis].
ATROUS_EXTERN(atrous_gather);
ATROUS_EXTERN(atrous_gather_elements);
/// input, indices -> output; [batch dims].
ATROUS_EXTERN(atrous_gather_nd);

/// input, indices, updates -> output; [axis, reduction: none, add, mul, min,
/// max]. Updates are taken in row-major order.
ATROUS_EXTERN(atrous_scatter_elements);
/// input, indices, updates -> output; [reduction].
ATROUS_EXTERN(atrous_scatter_nd);

/// indices, depth, values -> output; [axis].
ATROUS_EXTERN(atrous_one_hot);

/// input, lengths -> output; [batch axis, time axis].
ATROUS_EXTERN(atrous_reverse_sequence);

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// input, axes -> output; [kind (ReduceKind of the graph dialect), keepdims,
/// no axes reduce nothing].
ATROUS_EXTERN(atrous_reduce);

/// input, axis -> output; [product, exclusive, reverse].
ATROUS_EXTERN(atrous_cumulate);

/// matrices -> determinants.
ATROUS_EXTERN(atrous_det);

//===----------------------------------------------------------------------===//
// Movement
//===----------------------------------------------------------------------===//

/// input, starts, ends [, axes] [, steps] -> output; [mask of the optional
/// operands].
ATROUS_EXTERN(atrous_slice);

/// input, pads [, value] [, axes] -> output; [mode: constant, reflect, edge,
/// wrap; mask of the optional operands; rank]. Dimensions of the input behind
/// the rank are those of a block.
ATROUS_EXTERN(atrous_pad);

/// input, shape -> output: broadcast to both shapes.
ATROUS_EXTERN(atrous_expand);

/// input, repeats -> output.
ATROUS_EXTERN(atrous_tile);

/// collected, element -> collected.
ATROUS_EXTERN(atrous_append);

/// inputs -> output; [number of inputs, axis].
ATROUS_EXTERN(atrous_concat);

/// input, sizes -> parts; [axis, number of parts].
ATROUS_EXTERN(atrous_split);

/// start, limit, delta -> output.
ATROUS_EXTERN(atrous_range);

//===----------------------------------------------------------------------===//
// Sequences, each as its data and its index (runtime/cpu/ops/sequence.h)
//===----------------------------------------------------------------------===//

/// inputs -> sequence; [number of inputs].
ATROUS_EXTERN(atrous_sequence_construct);
/// sequence, element [, position] -> sequence; [has position].
ATROUS_EXTERN(atrous_sequence_insert);
/// sequence [, position] -> sequence; [has position].
ATROUS_EXTERN(atrous_sequence_erase);
/// sequence, position -> output.
ATROUS_EXTERN(atrous_sequence_at);
/// sequence -> output; [axis, is a new axis].
ATROUS_EXTERN(atrous_sequence_concat);
/// input [, split] -> sequence; [axis, squeeze, has split].
ATROUS_EXTERN(atrous_sequence_split);

//===----------------------------------------------------------------------===//
// Shapes; of `input` only the shape is looked at. Arguments end with the sizes
// that the compiler knows, -1 where it does not.
//===----------------------------------------------------------------------===//

/// input, shape -> the shape without 0 and -1; [allowzero].
ATROUS_EXTERN(atrous_reshape_shape);
/// input -> shape; [axis].
ATROUS_EXTERN(atrous_flatten_shape);
/// input [, axes] -> shape; [has axes].
ATROUS_EXTERN(atrous_squeeze_shape);
/// input, axes -> shape.
ATROUS_EXTERN(atrous_unsqueeze_shape);
}

#endif // ATROUS_RUNTIME_CPU_OPS_OPS_H
