//===- npy.cpp - Read and write .npy --------------------------------------===//

#include "runtime/api/npy.h"

#include "runtime/api/npy_header.h"
#include "runtime/base/error.h"
#include "runtime/base/file.h"
#include <string.h>

using namespace atrous::runtime;

/// Copies elements that lie first axis fastest into C order.
static void copyFortran(const NpyHeader &header, const char *from, char *to) {
  size_t size = atrous_dtype_size(header.dtype);
  size_t count = header.dataBytes / size;
  int64_t strides[kMaxNpyRank], position[kMaxNpyRank] = {};
  int64_t stride = 1;
  for (int32_t i = 0; i < header.rank; ++i) {
    strides[i] = stride;
    stride *= header.shape[i];
  }
  int64_t source = 0;
  for (size_t i = 0; i < count; ++i) {
    memcpy(to + i * size, from + static_cast<size_t>(source) * size, size);
    for (int32_t axis = header.rank; axis-- > 0;) {
      source += strides[axis];
      if (++position[axis] < header.shape[axis])
        break;
      source -= strides[axis] * header.shape[axis];
      position[axis] = 0;
    }
  }
}

atrous_status atrous_npy_parse(const char *path, const void *bytes,
                               size_t size, atrous_array *array) {
  NpyHeader header;
  if (atrous_status status = parseNpyHeader(
          path, static_cast<const unsigned char *>(bytes), size, header))
    return status;
  size_t shapeBytes = static_cast<size_t>(header.rank) * sizeof(int64_t);
  FreeOnExit name(calloc(1, 1)), shape(malloc(shapeBytes + 1)),
      data(allocateAligned(header.dataBytes));
  if (!name.get() || !shape.get() || !data.get())
    return fail(ATROUS_ERROR_RESOURCE,
                "cannot read '%s': no memory for %zu bytes", path,
                header.dataBytes);
  memcpy(shape.get(), header.shape, shapeBytes);
  const char *from = static_cast<const char *>(bytes) + header.dataOffset;
  if (header.fortranOrder && header.rank > 1)
    copyFortran(header, from, static_cast<char *>(data.get()));
  else
    memcpy(data.get(), from, header.dataBytes);
  // A byte that is neither 0 nor 1 is no bool for compiled code.
  if (header.dtype == ATROUS_BOOL)
    for (size_t i = 0; i < header.dataBytes; ++i) {
      char *byte = static_cast<char *>(data.get()) + i;
      *byte = *byte != 0;
    }
  array->name = static_cast<char *>(name.release());
  array->tensor = {data.release(), header.dtype, header.rank,
                   static_cast<int64_t *>(shape.release())};
  return ATROUS_OK;
}

void atrous_arrays_free(atrous_array *arrays, int32_t count) {
  if (!arrays)
    return;
  for (int32_t i = 0; i < count; ++i) {
    free(arrays[i].name);
    free(arrays[i].tensor.data);
    free(const_cast<int64_t *>(arrays[i].tensor.shape));
  }
  free(arrays);
}

atrous_status atrous_arrays_read(const char *path, atrous_array **arrays,
                                 int32_t *count) {
  if (!path || !arrays || !count)
    return fail(ATROUS_ERROR_USAGE, "path, arrays or count is null");
  FreeOnExit bytes;
  size_t size;
  if (atrous_status status = readFile(path, bytes, size))
    return status;
  if (size >= 2 && !memcmp(bytes.get(), "PK", 2))
    return atrous_npz_parse(path, bytes.get(), size, arrays, count);
  FreeOnExit array(calloc(1, sizeof(atrous_array)));
  if (!array.get())
    return fail(ATROUS_ERROR_RESOURCE, "cannot read '%s': no memory", path);
  if (atrous_status status =
          atrous_npy_parse(path, bytes.get(), size,
                           static_cast<atrous_array *>(array.get())))
    return status;
  *arrays = static_cast<atrous_array *>(array.release());
  *count = 1;
  return ATROUS_OK;
}

atrous_status atrous_npy_write(const char *path, const atrous_tensor *tensor) {
  size_t bytes;
  if (!path || !tensor)
    return fail(ATROUS_ERROR_USAGE, "path or tensor is null");
  if (!atrous_dtype_size(tensor->dtype) || tensor->rank < 0 ||
      tensor->rank > kMaxNpyRank ||
      !tensorBytes(tensor->shape, tensor->rank,
                   atrous_dtype_size(tensor->dtype), bytes))
    return fail(ATROUS_ERROR_USAGE, "cannot write '%s': bad type or shape",
                path);
  char header[kMaxNpyHeader];
  FileWriter file;
  if (atrous_status status = file.open(path))
    return status;
  if (atrous_status status =
          file.write(header, formatNpyHeader(header, *tensor)))
    return status;
  if (atrous_status status = file.write(tensor->data, bytes))
    return status;
  return file.commit();
}
