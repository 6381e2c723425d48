//===- testing.h - Calling runtime functions in tests -----------*- C++ -*-===//

#ifndef ATROUS_TEST_RUNTIME_OPS_TESTING_H
#define ATROUS_TEST_RUNTIME_OPS_TESTING_H

#include "runtime/cpu/ops/ops.h"
#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

using Shape = std::vector<int64_t>;

template <typename T> constexpr int32_t dtypeOf() {
  if constexpr (std::is_same_v<T, float>)
    return ATROUS_FLOAT32;
  else if constexpr (std::is_same_v<T, double>)
    return ATROUS_FLOAT64;
  else if constexpr (std::is_same_v<T, int64_t>)
    return ATROUS_INT64;
  else if constexpr (std::is_same_v<T, int32_t>)
    return ATROUS_INT32;
  else if constexpr (std::is_same_v<T, uint64_t>)
    return ATROUS_UINT64;
  else if constexpr (std::is_same_v<T, int8_t>)
    return ATROUS_INT8;
  else
    return ATROUS_UINT8;
}

/// A tensor that a test makes or gets.
struct Tensor {
  Shape shape;
  int32_t dtype;
  std::vector<char> bytes;

  template <typename T> std::vector<T> values() const {
    std::vector<T> result(bytes.size() / sizeof(T));
    if (!bytes.empty())
      std::memcpy(result.data(), bytes.data(), bytes.size());
    return result;
  }
};

template <typename T>
Tensor tensor(Shape shape, std::vector<T> values,
              int32_t dtype = dtypeOf<T>()) {
  Tensor result{shape, dtype, std::vector<char>(values.size() * sizeof(T))};
  if (!values.empty())
    std::memcpy(result.bytes.data(), values.data(), result.bytes.size());
  return result;
}

/// The type of a result whose memory the function makes.
struct ResultType {
  int32_t rank, dtype;
};

/// One call: its results, or the text of its error.
class OpCall {
public:
  OpCall(atrous_extern_fn function, std::vector<Tensor> inputs,
         std::vector<int64_t> arguments, std::vector<ResultType> types);

  std::vector<Tensor> results;
  std::string error;
  /// Blocks that the function took and did not give back, results aside.
  size_t leaked = 0;

private:
  struct Exec : atrous_exec {
    OpCall *call;
  };
  std::map<void *, std::unique_ptr<char[]>> blocks;
};

#endif // ATROUS_TEST_RUNTIME_OPS_TESTING_H
