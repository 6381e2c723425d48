//===- det.cpp - Det ------------------------------------------------------===//
//
// In the runtime because rows change places by what the data is.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/ops.h"
#include <math.h>

using namespace atrous::runtime;

/// The determinant of `size` rows by Gaussian elimination with row pivoting;
/// the matrix is lost.
static double getDeterminant(double *matrix, int64_t size) {
  double result = 1;
  for (int64_t i = 0; i < size; ++i) {
    int64_t pivot = i;
    for (int64_t row = i + 1; row < size; ++row)
      // Written so that a NaN, which spoils the result, is no pivot for long.
      if (fabs(matrix[row * size + i]) > fabs(matrix[pivot * size + i]))
        pivot = row;
    double best = matrix[pivot * size + i];
    if (best == 0)
      return 0;
    if (pivot != i) {
      result = -result;
      for (int64_t column = i; column < size; ++column) {
        double swapped = matrix[i * size + column];
        matrix[i * size + column] = matrix[pivot * size + column];
        matrix[pivot * size + column] = swapped;
      }
    }
    result *= best;
    for (int64_t row = i + 1; row < size; ++row) {
      double factor = matrix[row * size + i] / best;
      for (int64_t column = i; column < size; ++column)
        matrix[row * size + column] -= factor * matrix[i * size + column];
    }
  }
  return result;
}

atrous_status atrous_det(atrous_exec *exec, atrous_buffer *buffers,
                         const int64_t *arguments, const char *node) {
  Call call{exec, buffers, arguments, node};
  const atrous_buffer &input = buffers[0];
  int32_t batchRank = input.rank - 2;
  int64_t size = input.shape[batchRank];
  if (input.shape[batchRank + 1] != size)
    return call.fail("matrices of %lld x %lld elements are not square",
                     (long long)size, (long long)input.shape[batchRank + 1]);
  if (atrous_status status = call.create(buffers[1], input.shape, batchRank))
    return status;
  Scratch<double> matrix(call, size * size);
  if (!matrix)
    return ATROUS_ERROR_RESOURCE;
  return forFloatType(call, input.dtype, [&](auto tag) {
    using T = typename decltype(tag)::Type;
    const T *from = static_cast<const T *>(input.data);
    T *to = static_cast<T *>(buffers[1].data);
    for (int64_t i = 0; i < getCount(buffers[1]); ++i) {
      for (int64_t j = 0; j < size * size; ++j)
        matrix[j] = double(Wide<T>(*from++));
      to[i] = T(Wide<T>(getDeterminant(matrix.get(), size)));
    }
    return ATROUS_OK;
  });
}
