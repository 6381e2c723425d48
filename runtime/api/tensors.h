//===- tensors.h - A run's tensors against the model's table ----*- C++ -*-===//

#ifndef ATROUS_RUNTIME_API_TENSORS_H
#define ATROUS_RUNTIME_API_TENSORS_H

#include "runtime/api/atrous.h"
#include "runtime/base/heap.h"

namespace atrous::runtime {

/// Whether a size of the tensor is known at run time only.
bool isDynamic(const atrous_tensor_info &info);

/// Checks types and shapes: static sizes, one size for each symbol, bounds.
/// Fills `buffers`, one for each input. `heap` has the views of the last run,
/// which are gone in the next.
atrous_status checkInputs(const atrous_model &table,
                          const atrous_tensor *inputs, int32_t count,
                          const Heap &heap, atrous_buffer *buffers);

/// The same for outputs. The data of a dynamic one becomes null where a view is
/// wanted: it is null, or a view of the last run. Its buffer has no data;
/// `sizes` has room for the sizes of all outputs.
atrous_status checkOutputs(const atrous_model &table, atrous_tensor *outputs,
                           int32_t count, const Heap &heap, int64_t *sizes,
                           atrous_buffer *buffers);

/// Makes views of dynamic outputs, or copies them to where the caller wants
/// them, which must have the shape that came out.
atrous_status deliverOutputs(const atrous_model &table, atrous_tensor *outputs,
                             const atrous_buffer *buffers);

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_API_TENSORS_H
