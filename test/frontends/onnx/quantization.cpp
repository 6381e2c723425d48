//===- quantization.cpp - Quantised tensors -------------------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

TEST(Quantization, Parameters) {
  const char *signature =
      "(float[2,6] x, float[6] s, int8[6] z) => (int8[2,6] y)";
  EXPECT_IMPORTS(importGraph(13, signature, "y = QuantizeLinear(x, s, z)"),
                 "-> tensor<2x6xi8>");
  EXPECT_IMPORTS(
      importGraph(21, "(int8[2,6] x, float[2,3] s) => (float[2,6] y)",
                  "y = DequantizeLinear<axis=1, block_size=2>(x, s)"),
      "-> tensor<2x6xf32>");
  EXPECT_REFUSED(
      importGraph(21, signature,
                  "y = QuantizeLinear<axis=1, block_size=2>(x, s, z)"),
      "scale has rank 1 for blocks of an input of rank 2");
  EXPECT_REFUSED(
      importGraph(21, signature,
                  "y = QuantizeLinear<axis=1, block_size=-2>(x, s, z)"),
      "block_size is -2");
  EXPECT_REFUSED(importGraph(13, signature,
                             "y = QuantizeLinear<axis=2>(x, s, z)"),
                 "axis is 2, but the rank is 2");
  EXPECT_REFUSED(
      importGraph(21, "(int8[2,6] x, float[2,3] s) => (float[2,6] y)",
                  "y = DequantizeLinear(x, s)"),
      "scale has rank 2, expected 0 or 1 without block_size");
}

TEST(Quantization, Types) {
  const char *signature = "(float[6] x, float s, int8 z) => (int8[6] y)";
  EXPECT_REFUSED(
      importGraph(21, signature,
                  "y = QuantizeLinear<output_dtype=2>(x, s, z)"),
      "output_dtype is not the type of the zero point");
  EXPECT_REFUSED(importGraph(23, "(float[6] x, float s) => (float[6] y)",
                             "y = QuantizeLinear<output_dtype=1>(x, s)"),
                 "output_dtype is not a type of integers");
  EXPECT_REFUSED(importGraph(23, "(float[6] x, float s) => (uint8[6] y)",
                             "y = QuantizeLinear<output_dtype=22>(x, s)"),
                 "attribute output_dtype is 22 (int4), a data type that is not "
                 "supported");
  EXPECT_REFUSED(importGraph(23, "(int8[6] x, float s) => (float[6] y)",
                             "y = DequantizeLinear<output_dtype=6>(x, s)"),
                 "output_dtype is not a floating-point type");
}
