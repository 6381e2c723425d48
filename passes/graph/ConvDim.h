//===- ConvDim.h - Which taps of a convolution meet its input ---*- C++ -*-===//

#ifndef ATROUS_PASSES_GRAPH_CONVDIM_H
#define ATROUS_PASSES_GRAPH_CONVDIM_H

#include "llvm/Support/MathExtras.h"

namespace atrous {

/// Numbers [begin, end).
struct Span {
  int64_t begin = 0, end = 0;
  int64_t size() const { return std::max<int64_t>(end - begin, 0); }
};

/// One spatial dimension of a convolution.
struct ConvDim {
  int64_t input, output, taps, stride, dilation, padBegin, padEnd;

  /// Where the input of output 0 is for a tap.
  int64_t getStart(int64_t tap) const { return tap * dilation - padBegin; }
  /// The outputs for which a tap meets the input.
  Span getOutputs(int64_t tap) const {
    int64_t start = getStart(tap);
    int64_t begin = start < 0 ? llvm::divideCeil(-start, stride) : 0;
    int64_t end = start < input ? (input - 1 - start) / stride + 1 : 0;
    return {begin, std::min(end, output)};
  }
  /// The part of taps and outputs that meet the input.
  double getMet() const {
    int64_t met = 0;
    for (int64_t tap = 0; tap < taps; ++tap)
      met += getOutputs(tap).size();
    return double(met) / double(taps * output);
  }
  /// From the first tap that meets the input to behind the last.
  Span getTaps() const {
    Span span{taps, 0};
    for (int64_t tap = 0; tap < taps; ++tap)
      if (getOutputs(tap).size() > 0)
        span = {std::min(span.begin, tap), tap + 1};
    return span;
  }
};

} // namespace atrous

#endif // ATROUS_PASSES_GRAPH_CONVDIM_H
