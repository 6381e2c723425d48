//===- ConvModule.cpp - A module of one convolution kernel ----------------===//

#include "test/bench/ConvModule.h"

#include <fmt/format.h>

using namespace atrous;

namespace {
/// The parts of the module's text that dense and depthwise cases differ in.
struct Texts {
  std::string weights, inputMap, weightMap, outputMap, iterators;
};
} // namespace

static Texts denseTexts(const ConvCase &c, int64_t lanes) {
  const char *dims = "(n, kb, oh, ow, ko, cb, kh, kw, ci)";
  return {fmt::format("tensor<{}x{}x{}x{}x{}x{}xf32>", c.outChannels / lanes,
                      c.inChannels / lanes, c.kernel, c.kernel, lanes, lanes),
          fmt::format("{} -> (n, cb, oh * {} + kh * {}, ow * {} + kw * {}, ci)",
                      dims, c.stride, c.dilation, c.stride, c.dilation),
          fmt::format("{} -> (kb, cb, kh, kw, ci, ko)", dims),
          fmt::format("{} -> (n, kb, oh, ow, ko)", dims),
          "\"parallel\", \"parallel\", \"parallel\", \"parallel\", "
          "\"parallel\", \"reduction\", \"reduction\", \"reduction\", "
          "\"reduction\""};
}

static Texts depthwiseTexts(const ConvCase &c, int64_t lanes) {
  const char *dims = "(n, cb, oh, ow, ci, kh, kw)";
  return {fmt::format("tensor<{}x1x{}x{}x{}xf32>", c.outChannels / lanes,
                      c.kernel, c.kernel, lanes),
          fmt::format("{} -> (n, cb, oh * {} + kh * {}, ow * {} + kw * {}, ci)",
                      dims, c.stride, c.dilation, c.stride, c.dilation),
          fmt::format("{} -> (cb, 0, kh, kw, ci)", dims),
          fmt::format("{} -> (n, cb, oh, ow, ci)", dims),
          "\"parallel\", \"parallel\", \"parallel\", \"parallel\", "
          "\"parallel\", \"reduction\", \"reduction\""};
}

/// The kernel. With `isDynamic` it takes the height and width of the output.
static std::string makeKernel(const Texts &t, const std::string &input,
                              const std::string &output,
                              const std::string &attributes, bool isDynamic) {
  return fmt::format(R"(
  kernel.def @conv(%x: {0}, %w: {2}{8}) -> {1} {3}{{
    %zero = arith.constant 0.0 : f32
    %empty = tensor.empty({9}) : {1}
    %init = linalg.fill ins(%zero : f32) outs(%empty : {1}) -> {1}
    %y = linalg.generic {{
        indexing_maps = [affine_map<{4}>, affine_map<{5}>, affine_map<{6}>],
        iterator_types = [{7}]}}
        ins(%x, %w : {0}, {2}) outs(%init : {1}) {{
      ^bb0(%a: f32, %b: f32, %acc: f32):
        %p = arith.mulf %a, %b : f32
        %s = arith.addf %acc, %p : f32
        linalg.yield %s : f32
    }} -> {1}
    kernel.yield %y : {1}
  }}
)",
                     input, output, t.weights, attributes, t.inputMap,
                     t.weightMap, t.outputMap, t.iterators,
                     isDynamic ? ", %height: index, %width: index" : "",
                     isDynamic ? "%height, %width" : "");
}

std::string atrous::makeConvModule(const ConvCase &c, int64_t lanes,
                                   const std::string &schedule,
                                   const std::string &target) {
  Texts t = c.depthwise ? depthwiseTexts(c, lanes) : denseTexts(c, lanes);
  std::string input =
      fmt::format("tensor<1x{}x{}x{}x{}xf32>", c.inChannels / lanes,
                  c.inputSize(c.height), c.inputSize(c.width), lanes);
  std::string output =
      fmt::format("tensor<1x{}x{}x{}x{}xf32>", c.outChannels / lanes, c.height,
                  c.width, lanes);
  std::string attributes =
      schedule.empty() ? "" : "attributes {schedule = " + schedule + "} ";
  return fmt::format(R"(
module attributes {{graph.model_name = "bench"{3}}} {{
  func.func @main(%x: {0} {{graph.name = "x"}}) -> ({1} {{graph.name = "y"}}) {{
    %w = arith.constant dense<0.01> : {2}
    %y = kernel.launch @conv ins(%x, %w : {0}, {2}) -> {1}
    return %y : {1}
  }}{4}}}
)",
                     input, output, t.weights,
                     target.empty() ? "" : ", kernel.target = " + target,
                     makeKernel(t, input, output, attributes, false));
}

std::string atrous::makeDynamicConvModule(const ConvCase &c, int64_t lanes) {
  Texts t = c.depthwise ? depthwiseTexts(c, lanes) : denseTexts(c, lanes);
  std::string input =
      fmt::format("tensor<1x{}x?x?x{}xf32>", c.inChannels / lanes, lanes);
  std::string output =
      fmt::format("tensor<1x{}x?x?x{}xf32>", c.outChannels / lanes, lanes);
  return fmt::format(R"(
module attributes {{graph.model_name = "bench"}} {{
  func.func @main(%x: {0} {{graph.name = "x"}}) -> ({1} {{graph.name = "y"}}) {{
    %w = arith.constant dense<0.01> : {2}
    %one = arith.constant 1 : index
    %two = arith.constant 2 : index
    %three = arith.constant 3 : index
    %window = arith.constant {3} : index
    %stride = arith.constant {4} : index
    %h = tensor.dim %x, %two : {0}
    %v = tensor.dim %x, %three : {0}
    %h0 = arith.subi %h, %window : index
    %v0 = arith.subi %v, %window : index
    %h1 = arith.divui %h0, %stride : index
    %v1 = arith.divui %v0, %stride : index
    %height = arith.addi %h1, %one : index
    %width = arith.addi %v1, %one : index
    %y = kernel.launch @conv ins(%x, %w, %height, %width
        : {0}, {2}, index, index) -> {1}
    return %y : {1}
  }}{5}}}
)",
                     input, output, t.weights, c.inputSize(1), c.stride,
                     makeKernel(t, input, output, "", true));
}
