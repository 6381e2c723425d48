//===- ops.h - Functions behind irregular kernels ---------------*- C++ -*-===//
//
// Each is an atrous_extern_fn (runtime/abi/atrous_abi.h). The compiler names
// them in kernel.extern.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_CPU_OPS_OPS_H
#define ATROUS_RUNTIME_CPU_OPS_OPS_H

#include "runtime/abi/atrous_abi.h"

extern "C" {

/// MaxUnpool of f32: zeroes the output, then writes input[i] where indices[i]
/// says. https://onnx.ai/onnx/operators/onnx__MaxUnpool.html
///
/// buffers: input f32, indices i64 (as many), output f32
/// arguments: the shape that indices count in (of the output's rank, no size
///            larger than the output's)
///
/// An index outside of the shape is an error.
atrous_status atrous_max_unpool(atrous_exec *exec, atrous_buffer *buffers,
                                const int64_t *arguments, const char *node);
}

#endif // ATROUS_RUNTIME_CPU_OPS_OPS_H
