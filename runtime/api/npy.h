/*===- npy.h - Read and write NumPy's .npy and .npz -------------*- C -*-===*\
 *
 * .npy versions 1 to 3, little endian, C or Fortran order (converted to C);
 * .npz as zip archives, stored or deflated, zip64 included. Files may be
 * hostile: every size is checked before it is used.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format
 *
\*===--------------------------------------------------------------------===*/
#ifndef ATROUS_RUNTIME_API_NPY_H
#define ATROUS_RUNTIME_API_NPY_H

#include "runtime/api/atrous.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A named array; `name`, `tensor.data` and `tensor.shape` are allocated by a
 * read and freed by atrous_arrays_free. `name` is "" for a lone .npy. */
typedef struct atrous_array {
  char *name;
  atrous_tensor tensor;
} atrous_array;

/* Reads all arrays of a .npy or a .npz, told apart by their first bytes. */
atrous_status atrous_arrays_read(const char *path, atrous_array **arrays,
                                 int32_t *count);
void atrous_arrays_free(atrous_array *arrays, int32_t count);

/* The same for bytes in memory; `path` is for messages only. */
atrous_status atrous_npy_parse(const char *path, const void *bytes,
                               size_t size, atrous_array *array);
atrous_status atrous_npz_parse(const char *path, const void *bytes,
                               size_t size, atrous_array **arrays,
                               int32_t *count);

/* Write one array as .npy, or several as .npz (stored, not compressed). A
 * failed write leaves no file behind. bfloat16, which NumPy lacks, is written
 * as uint16 bits. */
atrous_status atrous_npy_write(const char *path, const atrous_tensor *tensor);
atrous_status atrous_npz_write(const char *path, const atrous_array *arrays,
                               int32_t count);

#ifdef __cplusplus
}
#endif
#endif /* ATROUS_RUNTIME_API_NPY_H */
