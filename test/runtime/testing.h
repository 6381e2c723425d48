//===- testing.h - What the runtime's tests share -------------------------===//

#ifndef ATROUS_TEST_RUNTIME_TESTING_H
#define ATROUS_TEST_RUNTIME_TESTING_H

#include "runtime/abi/atrous_artefact.h"
#include "runtime/api/atrous.h"
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/// A path of this process that is gone when the test ends.
class TemporaryPath {
public:
  explicit TemporaryPath(const std::string &name)
      : path("/tmp/atrous-test-" + std::to_string(getpid()) + "-" + name) {}
  ~TemporaryPath() { unlink(path.c_str()); }
  const char *c_str() const { return path.c_str(); }
  const std::string path;
};

inline std::string readBytes(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeBytes(const std::string &path, const std::string &bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string withTrailer(const std::string &elf,
                               uint32_t abiVersion = ATROUS_ABI_VERSION) {
  atrous_trailer trailer = {elf.size(), 0, abiVersion, 0, {}};
  std::memcpy(trailer.magic, ATROUS_TRAILER_MAGIC, 8);
  std::string hashed =
      elf + std::string(reinterpret_cast<char *>(&trailer.abi_version), 8);
  trailer.hash = XXH3_64bits(hashed.data(), hashed.size());
  return elf + std::string(reinterpret_cast<char *>(&trailer), sizeof(trailer));
}

#endif // ATROUS_TEST_RUNTIME_TESTING_H
