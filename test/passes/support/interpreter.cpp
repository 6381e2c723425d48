//===- interpreter.cpp - The interpreter against plain loops --------------===//

#include "passes/support/Interpreter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"
#include <cmath>
#include <numeric>

using namespace mlir;
using namespace atrous;

namespace {

class Interpreter : public ::testing::Test {
protected:
  Interpreter() {
    context.loadDialect<affine::AffineDialect, arith::ArithDialect,
                        func::FuncDialect, linalg::LinalgDialect,
                        math::MathDialect, scf::SCFDialect,
                        tensor::TensorDialect>();
  }

  /// Runs the only function of `source`; one result.
  FailureOr<TensorBuffer> run(llvm::StringRef source,
                              llvm::ArrayRef<TensorBuffer> arguments) {
    module = parseSourceString<ModuleOp>(source, &context);
    if (!module)
      return failure();
    auto function = *module->getOps<func::FuncOp>().begin();
    Block &block = function.getBody().front();
    auto results =
        interpret(block, arguments, block.getTerminator()->getOperands());
    if (failed(results))
      return failure();
    return (*results)[0];
  }

  template <typename T>
  TensorBuffer make(llvm::ArrayRef<int64_t> shape, Type type,
                    llvm::ArrayRef<T> values) {
    FailureOr<TensorBuffer> buffer = TensorBuffer::allocate(shape, type);
    std::memcpy(buffer->getMutableBytes()->data(), values.data(),
                values.size() * sizeof(T));
    return *buffer;
  }

  template <typename T> static std::vector<T> read(const TensorBuffer &buffer) {
    const T *data = reinterpret_cast<const T *>(buffer.getBytes().data());
    return std::vector<T>(data, data + buffer.getNumElements());
  }

  template <typename T> static std::vector<T> count(int64_t size, int period) {
    std::vector<T> values(size);
    for (int64_t i = 0; i < size; ++i)
      values[i] = static_cast<T>(i * 7 % period - period / 2);
    return values;
  }

  MLIRContext context;
  Builder builder{&context};
  OwningOpRef<ModuleOp> module;
};

// A strided, dilated convolution in integers is exact, whatever the order.
TEST_F(Interpreter, convolvesExactly) {
  auto x = count<float>(2 * 3 * 11 * 9, 13), w = count<float>(5 * 3 * 3 * 2, 7);
  auto result = run(R"(
    #x = affine_map<(n, m, h, w, c, i, j) -> (n, c, h * 2 + i, w + j * 3)>
    #w = affine_map<(n, m, h, w, c, i, j) -> (m, c, i, j)>
    #y = affine_map<(n, m, h, w, c, i, j) -> (n, m, h, w)>
    func.func @f(%x: tensor<2x3x11x9xf32>, %w: tensor<5x3x3x2xf32>) -> tensor<2x5x5x6xf32> {
      %zero = arith.constant 0.0 : f32
      %e = tensor.empty() : tensor<2x5x5x6xf32>
      %init = linalg.fill ins(%zero : f32) outs(%e : tensor<2x5x5x6xf32>) -> tensor<2x5x5x6xf32>
      %y = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = [
          "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
          ins(%x, %w : tensor<2x3x11x9xf32>, tensor<5x3x3x2xf32>) outs(%init : tensor<2x5x5x6xf32>) {
      ^bb0(%a: f32, %b: f32, %acc: f32):
        %p = arith.mulf %a, %b : f32
        %s = arith.addf %acc, %p : f32
        linalg.yield %s : f32
      } -> tensor<2x5x5x6xf32>
      return %y : tensor<2x5x5x6xf32>
    })",
                    {make<float>({2, 3, 11, 9}, builder.getF32Type(), x),
                     make<float>({5, 3, 3, 2}, builder.getF32Type(), w)});
  ASSERT_TRUE(succeeded(result));
  std::vector<float> y = read<float>(*result);
  int64_t at = 0;
  for (int n = 0; n < 2; ++n)
    for (int m = 0; m < 5; ++m)
      for (int h = 0; h < 5; ++h)
        for (int v = 0; v < 6; ++v) {
          float sum = 0;
          for (int c = 0; c < 3; ++c)
            for (int i = 0; i < 3; ++i)
              for (int j = 0; j < 2; ++j)
                sum += x[((n * 3 + c) * 11 + h * 2 + i) * 9 + v + j * 3] *
                       w[((m * 3 + c) * 3 + i) * 2 + j];
          EXPECT_EQ(y[at++], sum);
        }
}

// Broadcasting over sizes that neither fill nor divide a block of lanes.
TEST_F(Interpreter, broadcasts) {
  auto x = count<float>(7 * 37 * 3, 100), s = count<float>(37, 9);
  auto result = run(R"(
    #id = affine_map<(a, b, c) -> (a, b, c)>
    #row = affine_map<(a, b, c) -> (0, b, 0)>
    func.func @f(%x: tensor<7x37x3xf32>, %s: tensor<1x37x1xf32>) -> tensor<7x37x3xf32> {
      %e = tensor.empty() : tensor<7x37x3xf32>
      %y = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel", "parallel"]}
          ins(%x, %s : tensor<7x37x3xf32>, tensor<1x37x1xf32>) outs(%e : tensor<7x37x3xf32>) {
      ^bb0(%a: f32, %b: f32, %o: f32):
        %p = arith.mulf %a, %b : f32
        linalg.yield %p : f32
      } -> tensor<7x37x3xf32>
      return %y : tensor<7x37x3xf32>
    })",
                    {make<float>({7, 37, 3}, builder.getF32Type(), x),
                     make<float>({1, 37, 1}, builder.getF32Type(), s)});
  ASSERT_TRUE(succeeded(result));
  std::vector<float> y = read<float>(*result);
  for (int64_t i = 0; i < 7 * 37 * 3; ++i)
    EXPECT_EQ(y[i], x[i] * s[i / 3 % 37]);
}

// Two results, an index, a mask per lane: the maximum of a row and its place.
TEST_F(Interpreter, reducesToTwoResults) {
  auto x = count<int32_t>(300 * 17, 1001);
  auto result = run(R"(
    #x = affine_map<(i, j) -> (i, j)>
    #y = affine_map<(i, j) -> (i)>
    func.func @f(%x: tensor<300x17xi32>) -> tensor<300xi64> {
      %low = arith.constant dense<-2147483648> : tensor<300xi32>
      %none = arith.constant dense<-1> : tensor<300xi64>
      %y:2 = linalg.generic {indexing_maps = [#x, #y, #y], iterator_types = ["parallel", "reduction"]}
          ins(%x : tensor<300x17xi32>) outs(%low, %none : tensor<300xi32>, tensor<300xi64>) {
      ^bb0(%a: i32, %max: i32, %at: i64):
        %j = linalg.index 1 : index
        %j64 = arith.index_cast %j : index to i64
        %gt = arith.cmpi sgt, %a, %max : i32
        %r:2 = scf.if %gt -> (i32, i64) {
          scf.yield %a, %j64 : i32, i64
        } else {
          scf.yield %max, %at : i32, i64
        }
        linalg.yield %r#0, %r#1 : i32, i64
      } -> (tensor<300xi32>, tensor<300xi64>)
      return %y#1 : tensor<300xi64>
    })",
                    {make<int32_t>({300, 17}, builder.getI32Type(), x)});
  ASSERT_TRUE(succeeded(result));
  std::vector<int64_t> y = read<int64_t>(*result);
  for (int64_t i = 0; i < 300; ++i) {
    auto row = x.begin() + i * 17;
    EXPECT_EQ(y[i], std::max_element(row, row + 17) - row);
  }
}

// Each lane has its own trip count; tensor.extract reads what it points to.
TEST_F(Interpreter, loopsPerLane) {
  std::vector<int64_t> bound(500);
  std::iota(bound.begin(), bound.end(), 0);
  const char *source = R"(
    #id = affine_map<(i) -> (i)>
    func.func @f(%n: tensor<500xi64>, %t: tensor<499xi64>) -> tensor<500xi64> {
      %zero = arith.constant 0 : index
      %one = arith.constant 1 : index
      %start = arith.constant 0 : i64
      %e = tensor.empty() : tensor<500xi64>
      %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%n : tensor<500xi64>) outs(%e : tensor<500xi64>) {
      ^bb0(%a: i64, %o: i64):
        %upper = arith.index_cast %a : i64 to index
        %sum = scf.for %i = %zero to %upper step %one iter_args(%acc = %start) -> (i64) {
          %v = tensor.extract %t[%i] : tensor<499xi64>
          %next = arith.addi %acc, %v : i64
          scf.yield %next : i64
        }
        linalg.yield %sum : i64
      } -> tensor<500xi64>
      return %y : tensor<500xi64>
    })";
  auto table = count<int64_t>(499, 31);
  auto i64 = builder.getI64Type();
  auto result = run(source, {make<int64_t>({500}, i64, bound),
                             make<int64_t>({499}, i64, table)});
  ASSERT_TRUE(succeeded(result));
  std::vector<int64_t> y = read<int64_t>(*result);
  int64_t sum = 0;
  for (int64_t i = 0; i < 500; ++i) {
    EXPECT_EQ(y[i], sum);
    sum += i < 499 ? table[i] : 0;
  }
  // A read past the end fails; it does not crash.
  bound[3] = 500;
  EXPECT_TRUE(failed(run(source, {make<int64_t>({500}, i64, bound),
                                  make<int64_t>({499}, i64, table)})));
}

// Integers wrap in their width; division by zero is 0; shifts are bounded.
TEST_F(Interpreter, wrapsNarrowIntegers) {
  std::vector<int8_t> a = {127, -128, 100, 5}, b = {1, -1, 0, 3};
  auto runOp = [&](llvm::StringRef op) {
    std::string source = (R"(
      #id = affine_map<(i) -> (i)>
      func.func @f(%a: tensor<4xi8>, %b: tensor<4xi8>) -> tensor<4xi8> {
        %e = tensor.empty() : tensor<4xi8>
        %y = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
            ins(%a, %b : tensor<4xi8>, tensor<4xi8>) outs(%e : tensor<4xi8>) {
        ^bb0(%x: i8, %z: i8, %o: i8):
          %r = )" + op + R"( %x, %z : i8
          linalg.yield %r : i8
        } -> tensor<4xi8>
        return %y : tensor<4xi8>
      })")
                             .str();
    return read<int8_t>(
        *run(source, {make<int8_t>({4}, builder.getI8Type(), a),
                      make<int8_t>({4}, builder.getI8Type(), b)}));
  };
  using V = std::vector<int8_t>;
  EXPECT_EQ(runOp("arith.addi"), V({-128, 127, 100, 8}));
  EXPECT_EQ(runOp("arith.muli"), V({127, -128, 0, 15}));
  EXPECT_EQ(runOp("arith.divsi"), V({127, -128, 0, 1}));
  EXPECT_EQ(runOp("arith.divui"), V({127, 0, 0, 1}));
  EXPECT_EQ(runOp("arith.shli"), V({-2, 0, 100, 40}));
  EXPECT_EQ(runOp("arith.minui"), V({1, -128, 0, 3}));
}

// f16 and bf16 round after each operation.
TEST_F(Interpreter, roundsHalfPrecision) {
  auto third = [&](Type type, llvm::StringRef name) {
    std::string source = (llvm::Twine(R"(
      #id = affine_map<(i) -> (i)>
      func.func @f(%a: tensor<1xf32>) -> tensor<1xf32> {
        %three = arith.constant 3.0 : )") +
                          name + R"(
        %e = tensor.empty() : tensor<1xf32>
        %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
            ins(%a : tensor<1xf32>) outs(%e : tensor<1xf32>) {
        ^bb0(%x: f32, %o: f32):
          %h = arith.truncf %x : f32 to )" +
                          name + R"(
          %d = arith.divf %h, %three : )" +
                          name + R"(
          %r = arith.extf %d : )" +
                          name + R"( to f32
          linalg.yield %r : f32
        } -> tensor<1xf32>
        return %y : tensor<1xf32>
      })")
                             .str();
    return read<float>(
        *run(source, {make<float>({1}, builder.getF32Type(), {1.0f})}))[0];
  };
  EXPECT_EQ(third(builder.getF16Type(), "f16"), 0.333251953125f);
  EXPECT_EQ(third(builder.getBF16Type(), "bf16"), 0.333984375f);
}

// Blocks of channels: floordiv, mod and placement ops.
TEST_F(Interpreter, placesAndReorders) {
  auto x = count<int16_t>(2 * 10 * 3, 1000);
  auto result = run(R"(
    #src = affine_map<(n, c, h) -> (n, c, h)>
    #dst = affine_map<(n, c, h) -> (n, c floordiv 4, h, c mod 4)>
    func.func @f(%x: tensor<2x10x3xi16>) -> tensor<2x36xi16> {
      %zero = arith.constant 0 : i16
      %e = tensor.empty() : tensor<2x12x3xi16>
      %z = linalg.fill ins(%zero : i16) outs(%e : tensor<2x12x3xi16>) -> tensor<2x12x3xi16>
      %p = tensor.insert_slice %x into %z[0, 0, 0] [2, 10, 3] [1, 1, 1] : tensor<2x10x3xi16> into tensor<2x12x3xi16>
      %b = tensor.empty() : tensor<2x3x3x4xi16>
      %y = linalg.generic {indexing_maps = [#src, #dst], iterator_types = ["parallel", "parallel", "parallel"]}
          ins(%p : tensor<2x12x3xi16>) outs(%b : tensor<2x3x3x4xi16>) {
      ^bb0(%a: i16, %o: i16):
        linalg.yield %a : i16
      } -> tensor<2x3x3x4xi16>
      %r = tensor.collapse_shape %y [[0], [1, 2, 3]] : tensor<2x3x3x4xi16> into tensor<2x36xi16>
      return %r : tensor<2x36xi16>
    })",
                    {make<int16_t>({2, 10, 3}, builder.getI16Type(), x)});
  ASSERT_TRUE(succeeded(result));
  std::vector<int16_t> y = read<int16_t>(*result);
  for (int n = 0; n < 2; ++n)
    for (int c = 0; c < 12; ++c)
      for (int h = 0; h < 3; ++h)
        EXPECT_EQ(y[((n * 3 + c / 4) * 3 + h) * 4 + c % 4],
                  c < 10 ? x[(n * 10 + c) * 3 + h] : 0);
}

// A strided slice, a concatenation, an empty tensor among the parts.
TEST_F(Interpreter, slicesAndConcatenates) {
  auto x = count<float>(4 * 9, 50);
  auto result = run(R"(
    func.func @f(%x: tensor<4x9xf32>) -> tensor<2x5xf32> {
      %a = tensor.extract_slice %x[1, 0] [2, 3] [2, 4] : tensor<4x9xf32> to tensor<2x3xf32>
      %b = tensor.extract_slice %x[0, 7] [2, 2] [1, 1] : tensor<4x9xf32> to tensor<2x2xf32>
      %c = tensor.extract_slice %x[0, 0] [2, 0] [1, 1] : tensor<4x9xf32> to tensor<2x0xf32>
      %y = tensor.concat dim(1) %a, %c, %b : (tensor<2x3xf32>, tensor<2x0xf32>, tensor<2x2xf32>) -> tensor<2x5xf32>
      return %y : tensor<2x5xf32>
    })",
                    {make<float>({4, 9}, builder.getF32Type(), x)});
  ASSERT_TRUE(succeeded(result));
  EXPECT_EQ(read<float>(*result),
            std::vector<float>({x[9], x[13], x[17], x[7], x[8], x[27], x[31],
                                x[35], x[16], x[17]}));
}

// An index that a map computes past the tensor's end is refused.
TEST_F(Interpreter, refusesAccessOutside) {
  EXPECT_TRUE(failed(
      run(R"(
    #x = affine_map<(i) -> ((i * 5) mod 7)>
    #y = affine_map<(i) -> (i)>
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %e = tensor.empty() : tensor<4xf32>
      %y = linalg.generic {indexing_maps = [#x, #y], iterator_types = ["parallel"]}
          ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) {
      ^bb0(%a: f32, %o: f32):
        linalg.yield %a : f32
      } -> tensor<4xf32>
      return %y : tensor<4xf32>
    })",
          {make<float>({4}, builder.getF32Type(), {1.0f, 2.0f, 3.0f, 4.0f})})));
}

} // namespace
