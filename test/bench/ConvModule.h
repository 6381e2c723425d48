//===- ConvModule.h - A module of one convolution kernel --------*- C++ -*-===//

#ifndef ATROUS_TEST_BENCH_CONVMODULE_H
#define ATROUS_TEST_BENCH_CONVMODULE_H

#include <cstdint>
#include <string>
#include <vector>

namespace atrous {

/// A convolution on channel-blocked tensors, without padding: what the kernel
/// sees after layout assignment. An input of few channels, which is a picture,
/// is as it comes. Sizes are of the output.
struct ConvCase {
  const char *name;
  int64_t inChannels, outChannels, height, width;
  int64_t kernel = 3, stride = 1, dilation = 1;
  bool depthwise = false;
  int64_t kernelWidth = 0; ///< of a kernel that is not square

  int64_t columns() const { return kernelWidth ? kernelWidth : kernel; }
  bool isPicture() const { return inChannels < 8; }
  std::vector<int64_t> inShape(int64_t lanes) const;
  std::vector<int64_t> weightShape(int64_t lanes) const;
  std::vector<int64_t> outShape(int64_t lanes) const;

  int64_t inputSize(int64_t output, int64_t taps) const {
    return (output - 1) * stride + dilation * (taps - 1) + 1;
  }
  int64_t inputHeight() const { return inputSize(height, kernel); }
  int64_t inputWidth() const { return inputSize(width, columns()); }
  double flops() const {
    double taps = double(kernel) * columns() * (depthwise ? 1 : inChannels);
    return 2 * taps * outChannels * height * width;
  }
};

/// The case at stage `fuse`, for channels in blocks of `lanes`. With
/// `schedule`, the kernel has that attribute, as at stage `schedule`; the
/// module then needs a `target` (kernel.target), too.
std::string makeConvModule(const ConvCase &conv, int64_t lanes,
                           const std::string &schedule = "",
                           const std::string &target = "");

/// The same for images of any size: the input's height and width are dynamic,
/// and the host computes the output's.
std::string makeDynamicConvModule(const ConvCase &conv, int64_t lanes);

} // namespace atrous

#endif // ATROUS_TEST_BENCH_CONVMODULE_H
