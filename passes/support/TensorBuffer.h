//===- TensorBuffer.h - A tensor's bytes at compile time --------*- C++ -*-===//
//
// Shape, element type and row-major bytes. Elements of i1 take one byte each
// (0 or 1), others their natural size. Copies share the bytes; the first
// write through a shared or borrowed buffer copies them.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_TENSORBUFFER_H
#define ATROUS_PASSES_SUPPORT_TENSORBUFFER_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Support/LogicalResult.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>

namespace atrous {

/// Number of elements of `shape`; failure for a negative (dynamic) size or a
/// product that does not fit in 62 bits.
llvm::FailureOr<int64_t> getElementCount(llvm::ArrayRef<int64_t> shape);

/// Bytes of one element in a TensorBuffer; 0 for a type it cannot hold.
int64_t getElementBytes(mlir::Type elementType);

/// Bytes of a static tensor; failure where it is dynamic or too large to say.
llvm::FailureOr<int64_t> getTensorBytes(mlir::ShapedType type);

class TensorBuffer {
public:
  TensorBuffer() = default;

  /// Zero-filled. Failure: not static, no such element type, no memory.
  static llvm::FailureOr<TensorBuffer> allocate(llvm::ArrayRef<int64_t> shape,
                                                mlir::Type elementType);

  /// The elements of a dense or dense_resource attribute. Bytes are borrowed
  /// from the attribute where they lie as a buffer wants them; it must then
  /// outlive the buffer. Failure: another kind of attribute.
  static llvm::FailureOr<TensorBuffer> fromAttr(mlir::ElementsAttr attr);

  /// A dense attribute (hashed and uniqued: for small tensors).
  mlir::DenseElementsAttr toDenseAttr() const;

  llvm::ArrayRef<int64_t> getShape() const { return shape; }
  mlir::Type getElementType() const { return elementType; }
  int64_t getNumElements() const;
  llvm::ArrayRef<char> getBytes() const { return {data.get(), size}; }
  /// Never null for a buffer with elements; failure if a copy was needed and
  /// there is no memory for it.
  llvm::FailureOr<llvm::MutableArrayRef<char>> getMutableBytes();

  /// The same bytes under another shape of equally many elements.
  TensorBuffer withShape(llvm::ArrayRef<int64_t> newShape) const {
    return withType(newShape, elementType);
  }
  /// Also with another element type of the same size.
  TensorBuffer withType(llvm::ArrayRef<int64_t> newShape,
                        mlir::Type newElementType) const;

private:
  llvm::SmallVector<int64_t> shape;
  mlir::Type elementType;
  std::shared_ptr<char> data;
  size_t size = 0;
  bool borrowed = false;
};

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_TENSORBUFFER_H
