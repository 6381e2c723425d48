//===- conv-transpose.cpp - Phases against the definition -----------------===//
//
// DecomposeConvTranspose, then FoldConstants down to one constant, against
// y[o] = sum of x[i] * w[k] over stride * i + k * dilation - pad = o. Values
// are small integers, so that every order of summation gives the same.
//
//===----------------------------------------------------------------------===//

#include "dialects/graph/Constants.h"
#include "mlir/Pass/PassManager.h"
#include "passes/graph/Passes.h"
#include "passes/support/Interpreter.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atrous;

namespace {

struct Case {
  std::vector<int64_t> input, weights; // [N, C, ...], [C, M / group, ...]
  std::vector<int64_t> strides, dilations, pads, outputPadding;
  int64_t group = 1;
  bool bias = false;
};

std::vector<float> makeValues(int64_t size, int period) {
  std::vector<float> values(size);
  for (int64_t i = 0; i < size; ++i)
    values[i] = static_cast<float>(i * 7 % period - period / 2);
  return values;
}

int64_t getSize(llvm::ArrayRef<int64_t> shape) {
  int64_t size = 1;
  for (int64_t dim : shape)
    size *= dim;
  return size;
}

/// Coordinates of a row-major position.
std::vector<int64_t> getPoint(int64_t at, llvm::ArrayRef<int64_t> shape) {
  std::vector<int64_t> point(shape.size());
  for (size_t i = shape.size(); i-- > 0; at /= shape[i])
    point[i] = at % shape[i];
  return point;
}

class ConvTranspose : public ::testing::TestWithParam<Case> {
protected:
  ConvTranspose() {
    context.loadDialect<graph::GraphDialect, func::FuncDialect>();
  }

  Value makeConstant(OpBuilder &builder, llvm::ArrayRef<int64_t> shape,
                     llvm::ArrayRef<float> values) {
    auto type = RankedTensorType::get(shape, builder.getF32Type());
    return graph::createConstant(
        builder, builder.getUnknownLoc(), type,
        {reinterpret_cast<const char *>(values.data()), values.size() * 4});
  }

  MLIRContext context;
};

TEST_P(ConvTranspose, IsWhatItsPhasesAre) {
  const Case &c = GetParam();
  size_t rank = c.strides.size();
  int64_t outputs = c.weights[1] * c.group;
  std::vector<int64_t> shape = {c.input[0], outputs};
  for (size_t i = 0; i < rank; ++i)
    shape.push_back(c.strides[i] * (c.input[i + 2] - 1) + c.outputPadding[i] +
                    (c.weights[i + 2] - 1) * c.dilations[i] + 1 - c.pads[i] -
                    c.pads[rank + i]);
  auto x = makeValues(getSize(c.input), 11);
  auto w = makeValues(getSize(c.weights), 7);
  auto bias = makeValues(outputs, 5);

  // By definition: scatter each product.
  std::vector<float> expected(getSize(shape), 0.0f);
  std::vector<int64_t> weightStep(shape.begin() + 2, shape.end());
  int64_t plane = getSize(weightStep);
  for (int64_t i = 0; c.bias && i < int64_t(expected.size()); ++i)
    expected[i] = bias[i / plane % outputs];
  int64_t groupInputs = c.weights[0] / c.group;
  for (int64_t xi = 0; xi < int64_t(x.size()); ++xi)
    for (int64_t wi = 0; wi < int64_t(w.size()); ++wi) {
      auto px = getPoint(xi, c.input), pw = getPoint(wi, c.weights);
      if (px[1] != pw[0])
        continue;
      int64_t channel = px[1] / groupInputs * c.weights[1] + pw[1];
      int64_t at = px[0] * outputs + channel;
      bool inside = true;
      for (size_t i = 0; i < rank; ++i) {
        int64_t o =
            c.strides[i] * px[i + 2] + c.dilations[i] * pw[i + 2] - c.pads[i];
        inside &= o >= 0 && o < shape[i + 2];
        at = at * shape[i + 2] + o;
      }
      if (inside)
        expected[at] += x[xi] * w[wi];
    }

  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  OpBuilder builder = OpBuilder::atBlockEnd(module->getBody());
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  Location loc = builder.getUnknownLoc();
  auto function = builder.create<func::FuncOp>(
      loc, "main", builder.getFunctionType({}, {type}));
  builder.setInsertionPointToEnd(function.addEntryBlock());
  Value y = builder.create<graph::ConvTransposeOp>(
      loc, type, makeConstant(builder, c.input, x),
      makeConstant(builder, c.weights, w),
      c.bias ? makeConstant(builder, {outputs}, bias) : Value(), c.strides,
      c.dilations, c.pads, c.outputPadding, c.group);
  auto terminator = builder.create<func::ReturnOp>(loc, y);

  PassManager manager(&context);
  FoldConstantsOptions folding;
  folding.maxBytes = 1 << 20;
  manager.addNestedPass<func::FuncOp>(createDecomposeConvTranspose());
  manager.addPass(createFoldConstants(folding));
  ASSERT_TRUE(succeeded(manager.run(*module)));
  FailureOr<TensorBuffer> buffer = getConstantBuffer(terminator.getOperand(0));
  ASSERT_TRUE(succeeded(buffer));
  const float *actual =
      reinterpret_cast<const float *>(buffer->getBytes().data());
  EXPECT_EQ(std::vector<float>(actual, actual + buffer->getNumElements()),
            expected);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ConvTranspose,
    ::testing::Values(
        // 1-D: each way that stride, dilation and kernel can share factors.
        Case{{1, 2, 5}, {2, 3, 2}, {2}, {1}, {0, 0}, {0}},
        Case{{1, 2, 5}, {2, 3, 4}, {2}, {1}, {1, 1}, {0}, 1, true},
        Case{{1, 2, 5}, {2, 3, 3}, {2}, {1}, {1, 1}, {1}, 1, true},
        Case{{2, 1, 4}, {1, 2, 3}, {3}, {2}, {2, 1}, {1}},
        Case{{1, 1, 6}, {1, 1, 3}, {2}, {2}, {0, 0}, {0}, 1, true},
        Case{{1, 1, 6}, {1, 1, 4}, {4}, {2}, {1, 0}, {3}, 1, true},
        Case{{1, 1, 6}, {1, 1, 4}, {6}, {4}, {3, 2}, {0}, 1, true},
        // Gaps between the taps: stride larger than the kernel.
        Case{{1, 2, 3}, {2, 2, 1}, {3}, {1}, {0, 0}, {2}, 1, true},
        // Padding that crops more than the kernel reaches.
        Case{{1, 1, 8}, {1, 1, 2}, {1}, {1}, {3, 2}, {0}},
        Case{{1, 1, 9}, {1, 1, 3}, {2}, {1}, {5, 4}, {0}},
        Case{{1, 1, 1}, {1, 1, 1}, {4}, {1}, {0, 0}, {2}, 1, true},
        // 2-D, 3-D, groups, sizes that differ between dimensions.
        Case{{1, 4, 3, 5}, {4, 2, 2, 2}, {2, 2}, {1, 1}, {0, 0, 0, 0}, {0, 0}},
        Case{{1, 4, 3, 5},
             {4, 3, 3, 4},
             {2, 3},
             {1, 1},
             {1, 0, 1, 2},
             {1, 0},
             2,
             true},
        Case{{2, 4, 4, 3},
             {4, 1, 3, 3},
             {1, 2},
             {2, 1},
             {2, 1, 2, 1},
             {0, 1},
             4},
        Case{{1, 2, 3, 2, 3},
             {2, 2, 2, 3, 3},
             {2, 1, 2},
             {1, 1, 2},
             {0, 1, 1, 0, 1, 0},
             {0, 0, 1},
             1,
             true},
        // More phases than convolutions: stacked, in runs, with groups, what is
        // left over at the end, phases without taps.
        Case{{1, 2, 4}, {2, 3, 40}, {20}, {1}, {10, 10}, {0}, 1, true},
        Case{{2, 4, 2, 3},
             {4, 2, 10, 7},
             {5, 4},
             {1, 1},
             {2, 1, 3, 2},
             {1, 0},
             2,
             true},
        Case{{1, 2, 2, 2}, {2, 1, 3, 2}, {6, 4}, {1, 1}, {0, 0, 0, 0}, {1, 2}},
        Case{{1, 1, 3, 2},
             {1, 2, 5, 3},
             {6, 6},
             {2, 3},
             {1, 0, 2, 1},
             {0, 3},
             1,
             true},
        Case{{1, 2, 2, 2, 2},
             {2, 2, 4, 3, 4},
             {3, 3, 2},
             {1, 1, 1},
             {0, 1, 1, 0, 1, 1},
             {0, 0, 0},
             1,
             true}));

} // namespace
