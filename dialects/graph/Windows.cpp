//===- Windows.cpp - Sliding windows of convolutions and pools ------------===//

#include "dialects/graph/Windows.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace atrous::graph;

LogicalResult atrous::graph::verifyWindowAttributes(OptLocation location,
                                                    ArrayRef<int64_t> strides,
                                                    ArrayRef<int64_t> dilations,
                                                    ArrayRef<int64_t> pads) {
  if (dilations.size() != strides.size())
    return emitOptionalError(location,
                             "expects as many dilations as strides, "
                             "got ",
                             dilations.size(), " and ", strides.size());
  if (pads.size() != 2 * strides.size())
    return emitOptionalError(location, "expects ", 2 * strides.size(),
                             " pads, got ", pads.size());
  for (int64_t stride : strides)
    if (stride < 1)
      return emitOptionalError(location, "strides ", toString(strides),
                               " are not all positive");
  for (int64_t dilation : dilations)
    if (dilation < 1)
      return emitOptionalError(location, "dilations ", toString(dilations),
                               " are not all positive");
  for (int64_t pad : pads)
    if (pad < 0)
      return emitOptionalError(location, "pads ", toString(pads),
                               " must not be negative");
  return success();
}

/// The number of windows along a dimension whose size is an expression.
static Dim countWindows(Dim size, const Window &window, bool ceil) {
  Dim stride(window.stride), one(1);
  Dim extent = addSizes(
      mulSizes(subSizes(window.kernel, one), Dim(window.dilation)), one);
  Dim room = subSizes(addSizes(size, Dim(window.padBegin + window.padEnd)),
                      extent);
  Dim count = addSizes(divSizes(room, stride), one);
  if (!ceil || window.stride == 1)
    return count;
  // The last window starts before the input ends.
  Dim all = addSizes(divSizes(addSizes(room, Dim(window.stride - 1)), stride),
                     one);
  Dim last = addSizes(size, Dim(window.padBegin - 1));
  return minSizes(all, addSizes(divSizes(last, stride), one));
}

FailureOr<Dim> atrous::graph::getWindowedDim(OptLocation location, int64_t dim,
                                             Dim dimSize, const Window &window,
                                             bool ceil) {
  if (window.kernel.isDynamic())
    return countWindows(dimSize, window, ceil);
  int64_t size = dimSize.size, kernel = window.kernel.size;
  if (kernel < 1)
    return emitOptionalError(location, "kernel size ", kernel,
                             " of dimension ", dim, " is not positive");
  std::optional<int64_t> extent =
      llvm::checkedMulAdd(kernel - 1, window.dilation, int64_t(1));
  std::optional<int64_t> pads =
      llvm::checkedAdd(window.padBegin, window.padEnd);
  if (dimSize.isDynamic() && extent && pads)
    return countWindows(dimSize, window, ceil);
  std::optional<int64_t> padded =
      pads ? llvm::checkedAdd(size, *pads) : std::nullopt;
  if (!extent || !padded)
    return emitOptionalError(location, "size of dimension ", dim,
                             " overflows 64 bits");
  if (*padded < *extent)
    return emitOptionalError(location, "window of ", *extent,
                             " does not fit into dimension ", dim, " of size ",
                             size, " with padding ", window.padBegin, " and ",
                             window.padEnd);
  int64_t room = *padded - *extent;
  int64_t count = room / window.stride + 1;
  // A window that would start behind the input sees nothing but padding. The
  // next start is (room rounded up to the stride); it cannot overflow where it
  // is compared without multiplying.
  if (ceil && room % window.stride != 0 &&
      count <= (size + window.padBegin - 1) / window.stride)
    ++count;
  return Dim(count);
}

LogicalResult atrous::graph::checkConvChannels(OptLocation location,
                                               int64_t channels,
                                               RankedTensorType weights,
                                               int64_t group) {
  int64_t perGroup = weights.getDimSize(1);
  if (!ShapedType::isDynamic(channels) && channels % group != 0)
    return emitOptionalError(location, "group ", group, " does not divide ",
                             channels, " input channels");
  if (!ShapedType::isDynamic(weights.getDimSize(0)) &&
      weights.getDimSize(0) % group != 0)
    return emitOptionalError(location, "group ", group, " does not divide ",
                             weights.getDimSize(0), " output channels");
  if (ShapedType::isDynamic(channels) || ShapedType::isDynamic(perGroup) ||
      channels / group == perGroup)
    return success();
  return emitOptionalError(location, "input has ", channels,
                           " channels, but weights ",
                           toString(weights.getShape()), " with group ", group,
                           " expect ", perGroup * group);
}

LogicalResult atrous::graph::verifySameElementType(Operation *op) {
  Type expected = getElementTypeOrSelf(op->getResult(0));
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    if (getElementTypeOrSelf(operand) != expected)
      return op->emitError("operand #")
             << i << " has element type " << getElementTypeOrSelf(operand)
             << ", but the result has " << expected;
  return success();
}
