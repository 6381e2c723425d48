//===- View.cpp - Where a tensor lies in a buffer -------------------------===//

#include "passes/memory/View.h"

using namespace mlir;
using namespace atrous;

/// Row-major strides.
static SmallVector<int64_t> getDenseStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size());
  int64_t stride = 1;
  for (size_t i = shape.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= shape[i];
  }
  return strides;
}

View View::dense(unsigned buffer, ArrayRef<int64_t> shape) {
  View view;
  view.buffer = buffer;
  view.shape.assign(shape.begin(), shape.end());
  view.strides = getDenseStrides(shape);
  return view;
}

void View::normalize() {
  int64_t dense = 1;
  for (size_t i = shape.size(); i-- > 0;) {
    if (shape[i] == 1)
      strides[i] = dense;
    dense = strides[i] * shape[i];
  }
}

bool View::isDense() const {
  return strides == getDenseStrides(shape) || llvm::is_contained(shape, 0);
}

bool View::hasUnitInnermostStride() const {
  return shape.empty() || strides.back() == 1;
}

std::optional<View> View::reshape(ArrayRef<int64_t> newShape) const {
  View result = dense(buffer, newShape);
  result.offset = offset;
  if (isDense())
    return result;
  SmallVector<int64_t> oldShape, oldStrides;
  for (auto [size, stride] : llvm::zip(shape, strides))
    if (size != 1) {
      oldShape.push_back(size);
      oldStrides.push_back(stride);
    }
  // Both shapes fall apart into runs of dimensions with equal products; the old
  // ones of a run must follow one another without gaps.
  size_t next = 0;
  for (size_t i = 0; i < oldShape.size(); ++i) {
    int64_t oldSize = oldShape[i], newSize = 1;
    size_t first = next;
    while (newSize != oldSize) {
      if (newSize < oldSize) {
        newSize *= newShape[next++];
        continue;
      }
      if (oldStrides[i] != oldShape[i + 1] * oldStrides[i + 1])
        return std::nullopt;
      oldSize *= oldShape[++i];
    }
    int64_t stride = oldStrides[i];
    for (size_t j = next; j-- > first;) {
      result.strides[j] = stride;
      stride *= newShape[j];
    }
  }
  result.normalize();
  return result;
}

View View::slice(ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes,
                 ArrayRef<int64_t> steps,
                 const llvm::SmallBitVector &dropped) const {
  View result;
  result.buffer = buffer;
  result.offset = offset;
  for (size_t i = 0; i < shape.size(); ++i) {
    result.offset += offsets[i] * strides[i];
    if (i < dropped.size() && dropped.test(i))
      continue;
    result.shape.push_back(sizes[i]);
    result.strides.push_back(strides[i] * steps[i]);
  }
  result.normalize();
  return result;
}

MemRefType View::getType(Type elementType) const {
  if (offset == 0 && isDense())
    return MemRefType::get(shape, elementType);
  auto layout =
      StridedLayoutAttr::get(elementType.getContext(), offset, strides);
  return MemRefType::get(shape, elementType, layout);
}
