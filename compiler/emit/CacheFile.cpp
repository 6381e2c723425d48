//===- CacheFile.cpp - Files of a cache -----------------------------------===//

#include "compiler/emit/CacheFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace atrous {

std::string getCacheKey(ArrayRef<StringRef> parts) {
  BLAKE3 hash;
  for (StringRef part : parts) {
    uint8_t size[8];
    support::endian::write64le(size, part.size());
    hash.update(size);
    hash.update(part);
  }
  return toHex(hash.final<kKeyLength / 2>(), /*LowerCase=*/true);
}

Error writeCacheFile(StringRef folder, StringRef name,
                     function_ref<void(raw_ostream &)> write) {
  if (std::error_code code = sys::fs::create_directories(
          folder, /*IgnoreExisting=*/true, sys::fs::owner_all))
    return errorCodeToError(code);
  return writeToOutput((folder + "/" + name).str(), [&](raw_ostream &stream) {
    write(stream);
    auto &file = static_cast<raw_fd_ostream &>(stream);
    file.flush();
    std::error_code code = file.error();
    file.clear_error(); // its destructor would end the program
    return errorCodeToError(code);
  });
}

} // namespace atrous
