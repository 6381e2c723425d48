//===- Limits.h - How large a model may be ----------------------*- C++ -*-===//
//
// Sizes in a model file are claims of a stranger: each is held against a limit,
// with checked arithmetic, before anything is allocated.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_FRONTENDS_ONNX_LIMITS_H
#define ATROUS_FRONTENDS_ONNX_LIMITS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include <cstdint>
#include <optional>

namespace atrous::onnx_frontend {

struct Limits {
  /// Elements and bytes of one tensor.
  int64_t maxElements = int64_t(1) << 40;
  int64_t maxBytes = int64_t(1) << 40;
  int64_t maxRank = 64;
  /// Nodes of the model, subgraphs included, after inlining of functions and
  /// mapping of sequences.
  int64_t maxNodes = int64_t(1) << 20;
  int64_t maxSubgraphDepth = 32;
  int64_t maxFunctionDepth = 128;
  /// Tensors of a sequence that become values of their own where no node lists
  /// them: a longer one is cut or mapped when the network runs.
  int64_t maxListed = 64;
};

/// Protobuf cannot hold more.
constexpr int64_t kMaxModelBytes = INT32_MAX;

constexpr int64_t kMinOpset = 1;
constexpr int64_t kMaxOpset = 28;

/// The product of `dims`; nothing where one is negative or it overflows.
inline std::optional<int64_t> countElements(llvm::ArrayRef<int64_t> dims) {
  if (llvm::any_of(dims, [](int64_t dim) { return dim < 0; }))
    return std::nullopt;
  // A zero makes the product zero, however large the other sizes are.
  if (llvm::is_contained(dims, 0))
    return 0;
  int64_t count = 1;
  for (int64_t dim : dims)
    if (__builtin_mul_overflow(count, dim, &count))
      return std::nullopt;
  return count;
}

} // namespace atrous::onnx_frontend

#endif // ATROUS_FRONTENDS_ONNX_LIMITS_H
