//===- tensors.cpp - A run's tensors against the model's table ------------===//

#include "runtime/api/tensors.h"

#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include <string.h>

using namespace atrous::runtime;

bool atrous::runtime::isDynamic(const atrous_tensor_info &info) {
  for (int32_t i = 0; i < info.rank; ++i)
    if (info.shape[i] < 0)
      return true;
  return false;
}

/// The name of a size, "" where it has none.
static const char *getSymbol(const atrous_tensor_info &info, int32_t i) {
  return info.symbols ? info.symbols[i] : "";
}

//===----------------------------------------------------------------------===//
// One tensor
//===----------------------------------------------------------------------===//

/// Appends "float32 [1, 3, height, 640]"; `info` (or null) names sizes that
/// are not known.
static size_t appendType(char *text, size_t capacity, size_t length,
                         int32_t dtype, int32_t rank, const int64_t *shape,
                         const atrous_tensor_info *info) {
  length = append(text, capacity, length, "%s [", atrous_dtype_name(dtype));
  for (int32_t i = 0; i < rank; ++i) {
    length = append(text, capacity, length, "%s", i ? ", " : "");
    if (!info || shape[i] >= 0)
      length = append(text, capacity, length, "%lld",
                      static_cast<long long>(shape[i]));
    else
      length = append(text, capacity, length, "%.64s",
                      *getSymbol(*info, i) ? getSymbol(*info, i) : "?");
  }
  return append(text, capacity, length, "]");
}

static bool matches(const atrous_tensor &tensor,
                    const atrous_tensor_info &info) {
  if (tensor.dtype != info.dtype || tensor.rank != info.rank)
    return false;
  for (int32_t i = 0; i < info.rank; ++i)
    if (tensor.shape[i] < 0 ||
        (info.shape[i] >= 0 && tensor.shape[i] != info.shape[i]))
      return false;
  return true;
}

static atrous_status refuseType(const char *kind, const atrous_tensor &tensor,
                                const atrous_tensor_info &info) {
  char text[512];
  size_t length = appendType(text, sizeof(text), 0, info.dtype, info.rank,
                             info.shape, &info);
  length = append(text, sizeof(text), length, ", got ");
  appendType(text, sizeof(text), length, tensor.dtype, tensor.rank,
             tensor.shape, nullptr);
  return fail(ATROUS_ERROR_INPUT, "%s '%.200s': expected %s", kind, info.name,
              text);
}

static atrous_status checkTensor(const char *kind, const atrous_tensor &tensor,
                                 const atrous_tensor_info &info) {
  if (tensor.rank < 0 || (tensor.rank && !tensor.shape))
    return fail(ATROUS_ERROR_USAGE, "%s '%.200s': its shape is missing", kind,
                info.name);
  if (!matches(tensor, info))
    return refuseType(kind, tensor, info);
  size_t bytes = 0, size = atrous_dtype_size(info.dtype);
  if (!tensorBytes(tensor.shape, tensor.rank, size, bytes))
    return fail(ATROUS_ERROR_INPUT, "%s '%.200s' is larger than the memory",
                kind, info.name);
  if (bytes && !tensor.data)
    return fail(ATROUS_ERROR_USAGE, "%s '%.200s': its data is null", kind,
                info.name);
  // Compiled code relies on the natural alignment of elements only.
  if (reinterpret_cast<uintptr_t>(tensor.data) % size)
    return fail(ATROUS_ERROR_USAGE, "%s '%.200s': its data is not aligned",
                kind, info.name);
  return ATROUS_OK;
}

static atrous_status checkCount(const char *kind, const atrous_tensor *tensors,
                                int32_t count, int32_t expected) {
  if (count != expected)
    return fail(ATROUS_ERROR_INPUT, "expected %d %ss, got %d", expected, kind,
                count);
  if (count && !tensors)
    return fail(ATROUS_ERROR_USAGE, "the %ss are null", kind);
  return ATROUS_OK;
}

static atrous_buffer getBuffer(const atrous_tensor &tensor) {
  return {tensor.data, const_cast<int64_t *>(tensor.shape), tensor.rank,
          tensor.dtype};
}

//===----------------------------------------------------------------------===//
// Sizes known at run time
//===----------------------------------------------------------------------===//

static atrous_status refuseSize(const atrous_tensor_info &info, int32_t i,
                                int64_t size, const char *reason) {
  const char *symbol = getSymbol(info, i);
  return fail(ATROUS_ERROR_INPUT,
              "input '%.200s': dimension %d%s%.64s%s is %lld, %s", info.name, i,
              *symbol ? " ('" : "", symbol, *symbol ? "')" : "",
              static_cast<long long>(size), reason);
}

static atrous_status checkBounds(const atrous_tensor_info &info, int32_t i,
                                 int64_t size) {
  int64_t least = info.min_shape ? info.min_shape[i] : 0;
  int64_t most = info.max_shape ? info.max_shape[i] : -1;
  if (size >= least && (most < 0 || size <= most))
    return ATROUS_OK;
  char text[96];
  size_t length =
      append(text, sizeof(text), 0, "expected %s%lld",
             most < 0 ? "at least " : "", static_cast<long long>(least));
  if (most >= 0)
    append(text, sizeof(text), length, " to %lld",
           static_cast<long long>(most));
  return refuseSize(info, i, size, text);
}

/// Compares a size with the first one of its symbol.
static atrous_status checkSymbol(const atrous_model &table,
                                 const atrous_buffer *buffers, int32_t number,
                                 int32_t i) {
  const char *symbol = getSymbol(table.inputs[number], i);
  int64_t size = buffers[number].shape[i];
  for (int32_t other = 0; *symbol && other <= number; ++other) {
    const atrous_tensor_info &info = table.inputs[other];
    for (int32_t j = 0; j < info.rank; ++j) {
      if (other == number && j == i)
        return ATROUS_OK;
      if (info.shape[j] >= 0 || strcmp(getSymbol(info, j), symbol))
        continue;
      if (buffers[other].shape[j] == size)
        return ATROUS_OK;
      char text[320];
      append(text, sizeof(text), 0,
             "but dimension %d of input '%.200s' is %lld", j, info.name,
             static_cast<long long>(buffers[other].shape[j]));
      return refuseSize(table.inputs[number], i, size, text);
    }
  }
  return ATROUS_OK;
}

//===----------------------------------------------------------------------===//
// All tensors
//===----------------------------------------------------------------------===//

atrous_status atrous::runtime::checkInputs(const atrous_model &table,
                                           const atrous_tensor *inputs,
                                           int32_t count, const Heap &heap,
                                           atrous_buffer *buffers) {
  if (atrous_status status =
          checkCount("input", inputs, count, table.num_inputs))
    return status;
  for (int32_t number = 0; number < count; ++number) {
    const atrous_tensor_info &info = table.inputs[number];
    const atrous_tensor &input = inputs[number];
    if (atrous_status status = checkTensor("input", input, info))
      return status;
    if (heap.contains(input.data))
      return fail(ATROUS_ERROR_USAGE,
                  "input '%.200s' is an output of the context's last run, "
                  "which ends with the next: copy it",
                  info.name);
    buffers[number] = getBuffer(input);
    for (int32_t i = 0; i < info.rank; ++i) {
      if (info.shape[i] >= 0)
        continue;
      if (atrous_status status = checkBounds(info, i, input.shape[i]))
        return status;
      if (atrous_status status = checkSymbol(table, buffers, number, i))
        return status;
    }
  }
  return ATROUS_OK;
}

atrous_status atrous::runtime::checkOutputs(const atrous_model &table,
                                            atrous_tensor *outputs,
                                            int32_t count, const Heap &heap,
                                            int64_t *sizes,
                                            atrous_buffer *buffers) {
  if (atrous_status status =
          checkCount("output", outputs, count, table.num_outputs))
    return status;
  for (int32_t number = 0; number < count; ++number) {
    const atrous_tensor_info &info = table.outputs[number];
    atrous_tensor &output = outputs[number];
    bool isMade = isDynamic(info);
    bool isView = isMade && (!output.data || heap.contains(output.data));
    if (isView)
      output.data = nullptr;
    else if (atrous_status status = checkTensor("output", output, info))
      return status;
    buffers[number] = isMade
                          ? atrous_buffer{nullptr, sizes, info.rank, info.dtype}
                          : getBuffer(output);
    sizes += info.rank;
  }
  return ATROUS_OK;
}

atrous_status atrous::runtime::deliverOutputs(const atrous_model &table,
                                              atrous_tensor *outputs,
                                              const atrous_buffer *buffers) {
  for (int32_t number = 0; number < table.num_outputs; ++number) {
    const atrous_tensor_info &info = table.outputs[number];
    const atrous_buffer &made = buffers[number];
    atrous_tensor &output = outputs[number];
    if (!isDynamic(info))
      continue;
    if (!output.data) {
      output = {made.data, made.dtype, made.rank, made.shape};
      continue;
    }
    atrous_tensor_info actual = info;
    actual.shape = made.shape;
    if (!matches(output, actual))
      return refuseType("output", output, actual);
    size_t bytes = 0;
    tensorBytes(made.shape, made.rank, atrous_dtype_size(made.dtype), bytes);
    if (bytes)
      memcpy(output.data, made.data, bytes);
  }
  return ATROUS_OK;
}
