//===- SliceCopy.cpp - Strided copies between buffers ---------------------===//

#include "passes/support/SliceCopy.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace mlir;

namespace atrous {

bool TensorSlice::isInside(ArrayRef<int64_t> shape) const {
  if (offsets.size() != shape.size() || sizes.size() != shape.size() ||
      strides.size() != shape.size())
    return false;
  for (size_t i = 0; i < shape.size(); ++i) {
    if (sizes[i] < 0 || offsets[i] < 0)
      return false;
    if (sizes[i] == 0)
      continue;
    int64_t last;
    if (llvm::MulOverflow(sizes[i] - 1, strides[i], last) ||
        llvm::AddOverflow(offsets[i], last, last) || last < 0 ||
        last >= shape[i] || offsets[i] >= shape[i])
      return false;
  }
  return true;
}

/// Calls `copyRow(slice byte offset, dense byte offset, step, count)` for each
/// innermost row of the slice; `step` is between elements, in bytes.
template <typename CopyRow>
static void forEachRow(const TensorSlice &slice, ArrayRef<int64_t> shape,
                       int64_t elementBytes, CopyRow copyRow) {
  if (llvm::is_contained(slice.sizes, 0))
    return;
  unsigned rank = shape.size();
  SmallVector<int64_t> strides(rank, elementBytes), index(rank, 0);
  for (unsigned i = rank; i-- > 1;)
    strides[i - 1] = strides[i] * shape[i];
  int64_t row = rank ? slice.sizes.back() : 1;
  int64_t step = rank ? strides.back() * slice.strides.back() : elementBytes;
  for (int64_t dense = 0;; dense += row * elementBytes) {
    int64_t offset = 0;
    for (unsigned i = 0; i < rank; ++i)
      offset += (slice.offsets[i] + index[i] * slice.strides[i]) * strides[i];
    copyRow(offset, dense, step, row);
    unsigned digit = rank ? rank - 1 : 0;
    while (digit > 0 && ++index[digit - 1] == slice.sizes[digit - 1])
      index[--digit] = 0;
    if (digit == 0)
      return;
  }
}

static void copyElements(char *to, int64_t toStep, const char *from,
                         int64_t fromStep, int64_t count,
                         int64_t elementBytes) {
  if (toStep == elementBytes && fromStep == elementBytes) {
    std::memcpy(to, from, count * elementBytes);
    return;
  }
  for (int64_t i = 0; i < count; ++i)
    std::memcpy(to + i * toStep, from + i * fromStep, elementBytes);
}

FailureOr<TensorBuffer> extractSlice(const TensorBuffer &source,
                                     const TensorSlice &slice) {
  if (!slice.isInside(source.getShape()))
    return failure();
  auto result = TensorBuffer::allocate(slice.sizes, source.getElementType());
  if (failed(result))
    return failure();
  int64_t elementBytes = getElementBytes(source.getElementType());
  char *to = result->getMutableBytes()->data();
  const char *from = source.getBytes().data();
  forEachRow(slice, source.getShape(), elementBytes,
             [&](int64_t offset, int64_t dense, int64_t step, int64_t count) {
               copyElements(to + dense, elementBytes, from + offset, step,
                            count, elementBytes);
             });
  return result;
}

LogicalResult insertSlice(const TensorBuffer &part, TensorBuffer &target,
                          const TensorSlice &slice) {
  FailureOr<int64_t> count = getElementCount(slice.sizes);
  if (!slice.isInside(target.getShape()) || failed(count) ||
      *count != part.getNumElements() ||
      part.getElementType() != target.getElementType())
    return failure();
  FailureOr<MutableArrayRef<char>> bytes = target.getMutableBytes();
  if (failed(bytes))
    return failure();
  int64_t elementBytes = getElementBytes(target.getElementType());
  const char *from = part.getBytes().data();
  forEachRow(slice, target.getShape(), elementBytes,
             [&](int64_t offset, int64_t dense, int64_t step, int64_t count) {
               copyElements(bytes->data() + offset, step, from + dense,
                            elementBytes, count, elementBytes);
             });
  return success();
}

} // namespace atrous
