//===- npy_header.h - The header of a .npy file -----------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_API_NPY_HEADER_H
#define ATROUS_RUNTIME_API_NPY_HEADER_H

#include "runtime/api/atrous.h"

namespace atrous::runtime {

constexpr int32_t kMaxNpyRank = 64; // NumPy 2's own limit

struct NpyHeader {
  int32_t dtype;
  bool fortranOrder;
  int32_t rank;
  int64_t shape[kMaxNpyRank];
  size_t dataOffset; ///< of the elements in the file
  size_t dataBytes;  ///< they take; the file has them all
};

/// Parses the start of a .npy of `size` bytes. `path` is for messages.
atrous_status parseNpyHeader(const char *path, const unsigned char *bytes,
                             size_t size, NpyHeader &header);

/// Writes a version 1 header of a C-order tensor, a multiple of 64 bytes long,
/// and returns its length; `text` has room for kMaxNpyHeader bytes.
constexpr size_t kMaxNpyHeader = 2048;
size_t formatNpyHeader(char *text, const atrous_tensor &tensor);

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_API_NPY_HEADER_H
