//===- ConvModule.cpp - A module of one convolution kernel ----------------===//

#include "test/bench/ConvModule.h"

#include <fmt/format.h>

using namespace atrous;

namespace {
/// The parts of the module's text that the kinds of convolutions differ in.
struct Texts {
  std::string inputMap, weightMap, outputMap, iterators;
};
} // namespace

std::vector<int64_t> ConvCase::inShape(int64_t lanes) const {
  if (isPicture())
    return {1, inChannels, inputHeight(), inputWidth()};
  return {1, inChannels / lanes, inputHeight(), inputWidth(), lanes};
}

std::vector<int64_t> ConvCase::weightShape(int64_t lanes) const {
  if (depthwise)
    return {outChannels / lanes, 1, kernel, columns(), lanes};
  if (isPicture())
    return {outChannels / lanes, inChannels, kernel, columns(), lanes};
  return {
      outChannels / lanes, inChannels / lanes, kernel, columns(), lanes, lanes};
}

std::vector<int64_t> ConvCase::outShape(int64_t lanes) const {
  return {1, outChannels / lanes, height, width, lanes};
}

static Texts getTexts(const ConvCase &c) {
  const char *dims = c.depthwise     ? "(n, cb, oh, ow, ko, kh, kw)"
                     : c.isPicture() ? "(n, kb, oh, ow, ko, cb, kh, kw)"
                                     : "(n, kb, oh, ow, ko, cb, kh, kw, ci)";
  const char *inputLane = c.depthwise ? ", ko" : c.isPicture() ? "" : ", ci";
  const char *weights = c.depthwise     ? "cb, 0, kh, kw, ko"
                        : c.isPicture() ? "kb, cb, kh, kw, ko"
                                        : "kb, cb, kh, kw, ci, ko";
  std::string iterators = "\"parallel\", \"parallel\", \"parallel\", "
                          "\"parallel\", \"parallel\"";
  int reductions = c.depthwise ? 2 : c.isPicture() ? 3 : 4;
  for (int i = 0; i < reductions; ++i)
    iterators += ", \"reduction\"";
  return {
      fmt::format("{} -> (n, cb, oh * {} + kh * {}, ow * {} + kw * {}{})", dims,
                  c.stride, c.dilation, c.stride, c.dilation, inputLane),
      fmt::format("{} -> ({})", dims, weights),
      fmt::format("{} -> (n, {}, oh, ow, ko)", dims, c.depthwise ? "cb" : "kb"),
      iterators};
}

static std::string tensor(std::vector<int64_t> shape, bool isDynamic = false) {
  if (isDynamic)
    shape[2] = shape[3] = -1;
  std::string text = "tensor<";
  for (int64_t size : shape)
    text += size < 0 ? "?x" : fmt::format("{}x", size);
  return text + "f32>";
}

/// The kernel. With `isDynamic` it takes the height and width of the output.
static std::string makeKernel(const Texts &t, const std::string &input,
                              const std::string &weights,
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
                     input, output, weights, attributes, t.inputMap,
                     t.weightMap, t.outputMap, t.iterators,
                     isDynamic ? ", %height: index, %width: index" : "",
                     isDynamic ? "%height, %width" : "");
}

std::string atrous::makeConvModule(const ConvCase &c, int64_t lanes,
                                   const std::string &schedule,
                                   const std::string &target) {
  Texts t = getTexts(c);
  std::string input = tensor(c.inShape(lanes)),
              weights = tensor(c.weightShape(lanes)),
              output = tensor(c.outShape(lanes));
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
                     input, output, weights,
                     target.empty() ? "" : ", kernel.target = " + target,
                     makeKernel(t, input, weights, output, attributes, false));
}

std::string atrous::makeDynamicConvModule(const ConvCase &c, int64_t lanes) {
  Texts t = getTexts(c);
  std::string input = tensor(c.inShape(lanes), true),
              weights = tensor(c.weightShape(lanes)),
              output = tensor(c.outShape(lanes), true);
  return fmt::format(R"(
module attributes {{graph.model_name = "bench"}} {{
  func.func @main(%x: {0} {{graph.name = "x"}}) -> ({1} {{graph.name = "y"}}) {{
    %w = arith.constant dense<0.01> : {2}
    %one = arith.constant 1 : index
    %two = arith.constant 2 : index
    %three = arith.constant 3 : index
    %rows = arith.constant {3} : index
    %columns = arith.constant {4} : index
    %stride = arith.constant {5} : index
    %h = tensor.dim %x, %two : {0}
    %v = tensor.dim %x, %three : {0}
    %h0 = arith.subi %h, %rows : index
    %v0 = arith.subi %v, %columns : index
    %h1 = arith.divui %h0, %stride : index
    %v1 = arith.divui %v0, %stride : index
    %height = arith.addi %h1, %one : index
    %width = arith.addi %v1, %one : index
    %y = kernel.launch @conv ins(%x, %w, %height, %width
        : {0}, {2}, index, index) -> {1}
    return %y : {1}
  }}{6}}}
)",
                     input, output, weights, c.inputSize(1, c.kernel),
                     c.inputSize(1, c.columns()), c.stride,
                     makeKernel(t, input, weights, output, "", true));
}
