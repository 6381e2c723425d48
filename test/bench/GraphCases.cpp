//===- GraphCases.cpp - Cases in the graph dialect ------------------------===//

#include "test/bench/GraphCases.h"

#include <fmt/format.h>

using namespace atrous;

namespace {
/// Channels, height and width.
struct Picture {
  int64_t channels, height, width;
  bool isPlain = false; ///< the channels are not blocked

  std::vector<int64_t> shape(int64_t lanes) const {
    if (isPlain)
      return {1, channels, height, width};
    return {1, channels / lanes, height, width, lanes};
  }
  std::string type(int64_t lanes) const {
    return fmt::format("tensor<1x{}x{}x{}xf32{}>", channels, height, width,
                       isPlain
                           ? ""
                           : fmt::format(", #graph.tensor<inner_dims = [1], "
                                         "inner_tiles = [{}]>",
                                         lanes));
  }
};

/// Makes cases of pictures with blocked channels.
class CaseMaker {
public:
  explicit CaseMaker(int64_t lanes) : lanes(lanes) {}

  /// `body` computes %y of type {1} from %x of type {0}. An element of the
  /// output takes `operations` instructions of the multiply-add units.
  void add(const std::string &name, Picture in, Picture out, double operations,
           const std::string &body) {
    KernelCase result;
    result.name = name;
    result.inShape = in.shape(lanes);
    result.outShape = out.shape(lanes);
    result.flops = 2 * operations * out.channels * out.height * out.width;
    std::string x = in.type(lanes), y = out.type(lanes);
    std::string text = fmt::format(R"(
module attributes {{graph.model_name = "bench"}} {{
  func.func @main(%x: {0} {{graph.name = "x"}}) -> ({1} {{graph.name = "y"}}) {{
    {2}
    return %y : {1}
  }}
}}
)",
                                   x, y, fmt::format(fmt::runtime(body), x, y));
    result.variants = {{"row", text, Stage::Fuse}};
    cases.push_back(result);
  }

  std::vector<KernelCase> cases;

private:
  int64_t lanes;
};
} // namespace

static std::string pool(const char *kind, int64_t kernel, int64_t stride,
                        int64_t pad) {
  return fmt::format(
      "%y = graph.{0} %x {{{{dilations = array<i64: 1, 1>, kernel_shape = "
      "array<i64: {1}, {1}>, pads = array<i64: {2}, {2}, {2}, {2}>, strides = "
      "array<i64: {3}, {3}>}}}} : ({{0}}) -> {{1}}",
      kind, kernel, pad, stride);
}

static std::string resize(const char *mode, const char *coordinates) {
  return fmt::format(
      "%s = graph.constant dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32> : "
      "tensor<4xf32>\n"
      "    %y = graph.resize %x scales %s : tensor<4xf32> "
      "{{{{coordinate_transformation_mode = \"{}\", mode = \"{}\", "
      "nearest_mode = \"floor\"}}}} : {{0}} -> {{1}}",
      coordinates, mode);
}

/// A chain of ops of one operand.
static std::string unary(std::vector<const char *> ops) {
  std::string text, from = "%x";
  for (size_t i = 0; i < ops.size(); ++i) {
    std::string to = i + 1 == ops.size() ? "%y" : fmt::format("%t{}", i);
    text += fmt::format("{} = graph.{} {} : {{0}} -> {{1}}\n    ", to, ops[i],
                        from);
    from = to;
  }
  return text;
}

std::vector<KernelCase> atrous::makeGraphCases(int64_t lanes) {
  CaseMaker maker(lanes);
  maker.add("maxpool3x3_s2_64_112", {64, 112, 112}, {64, 56, 56}, 9,
            pool("max_pool", 3, 2, 1));
  maker.add("maxpool3x3_s2_64_32", {64, 32, 32}, {64, 16, 16}, 9,
            pool("max_pool", 3, 2, 1));
  maker.add("maxpool2x2_s2_64_56", {64, 56, 56}, {64, 28, 28}, 4,
            pool("max_pool", 2, 2, 0));
  maker.add("maxpool5x5_s1_128_20", {128, 20, 20}, {128, 20, 20}, 25,
            pool("max_pool", 5, 1, 2));
  maker.add("avgpool2x2_s2_64_56", {64, 56, 56}, {64, 28, 28}, 4,
            pool("average_pool", 2, 2, 0));
  maker.add("avgpool3x3_s1_64_56", {64, 56, 56}, {64, 56, 56}, 9,
            pool("average_pool", 3, 1, 1));
  maker.add("globalpool_512_7", {512, 7, 7}, {512, 1, 1}, 49,
            "%a = graph.constant dense<[2, 3]> : tensor<2xi64> : "
            "tensor<2xi64>\n    %y = graph.reduce mean, %x, %a {{keepdims}} : "
            "({0}, tensor<2xi64>) -> {1}");
  maker.add("globalpool_64_56", {64, 56, 56}, {64, 1, 1}, 56 * 56,
            "%a = graph.constant dense<[2, 3]> : tensor<2xi64> : "
            "tensor<2xi64>\n    %y = graph.reduce mean, %x, %a {{keepdims}} : "
            "({0}, tensor<2xi64>) -> {1}");
  maker.add("nearest2x_128_20", {128, 20, 20}, {128, 40, 40}, 0,
            resize("nearest", "asymmetric"));
  maker.add("linear2x_64_28", {64, 28, 28}, {64, 56, 56}, 4,
            resize("linear", "half_pixel"));
  std::string reorder = "%y = graph.reorder %x : {0} -> {1}";
  maker.add("to_plain_64_56", {64, 56, 56}, {64, 56, 56, true}, 0, reorder);
  maker.add("to_blocked_64_56", {64, 56, 56, true}, {64, 56, 56}, 0, reorder);
  maker.add("softmax_1x196x196", {1, 196, 196, true}, {1, 196, 196, true}, 20,
            "%a = graph.constant dense<3> : tensor<1xi64> : tensor<1xi64>\n"
            "    %m = graph.reduce max, %x, %a {{keepdims}} : ({0}, "
            "tensor<1xi64>) -> tensor<1x1x196x1xf32>\n"
            "    %s = graph.sub %x, %m : {0}, tensor<1x1x196x1xf32> -> {0}\n"
            "    %e = graph.exp %s : {0} -> {0}\n"
            "    %t = graph.reduce sum, %e, %a {{keepdims}} : ({0}, "
            "tensor<1xi64>) -> tensor<1x1x196x1xf32>\n"
            "    %y = graph.div %e, %t : {0}, tensor<1x1x196x1xf32> -> {1}");
  maker.add("relu_64_56", {64, 56, 56}, {64, 56, 56}, 1, unary({"relu"}));
  maker.add("exp_64_56", {64, 56, 56}, {64, 56, 56}, 14, unary({"exp"}));
  maker.add("sigmoid_64_56", {64, 56, 56}, {64, 56, 56}, 16,
            unary({"sigmoid"}));
  maker.add("tanh_64_56", {64, 56, 56}, {64, 56, 56}, 24, unary({"tanh"}));
  maker.add("silu_64_56", {64, 56, 56}, {64, 56, 56}, 17,
            "%s = graph.sigmoid %x : {0} -> {0}\n"
            "    %y = graph.mul %x, %s : {0}, {0} -> {1}");
  return std::move(maker.cases);
}
