//===- CacheFile.h - Files of a cache -----------------------------*- C++
//-*-===//

#ifndef ATROUS_COMPILER_EMIT_CACHEFILE_H
#define ATROUS_COMPILER_EMIT_CACHEFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace atrous {

/// Of keys, in hexadecimal digits.
constexpr size_t kKeyLength = 40;

/// A key that tells the parts, each from its begin to its end, from all others.
std::string getCacheKey(llvm::ArrayRef<llvm::StringRef> parts);

/// Makes the folder, which only its owner may use, and the file in it, whole or
/// not at all.
llvm::Error writeCacheFile(llvm::StringRef folder, llvm::StringRef name,
                           llvm::function_ref<void(llvm::raw_ostream &)> write);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_CACHEFILE_H
