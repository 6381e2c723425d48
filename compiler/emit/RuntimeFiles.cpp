//===- RuntimeFiles.cpp - Where the runtime's objects lie -----------------===//

#include "compiler/emit/RuntimeFiles.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <dlfcn.h>

using namespace llvm;

namespace atrous {

std::string findFileOf(const void *address) {
  Dl_info info;
  SmallString<256> path;
  // For the program itself dladdr gives argv[0], which may be no path.
  if (dladdr(address, &info) && info.dli_fname &&
      StringRef(info.dli_fname).contains('/') &&
      !sys::fs::real_path(info.dli_fname, path))
    return path.str().str();
  if (!sys::fs::real_path("/proc/self/exe", path))
    return path.str().str();
  return "";
}

static std::string findOwnFolder() {
  static const char anchor = 0;
  std::string file = findFileOf(&anchor);
  return file.empty() ? "." : sys::path::parent_path(file).str();
}

Expected<std::string> findRuntimeFile(StringRef name, StringRef directory) {
  std::string folder = directory.empty() ? findOwnFolder() : directory.str();
  // Wheel, build tree (bin, lib, python/atrous), install tree.
  static constexpr StringLiteral places[] = {
      "", "/lib", "/lib/atrous", "/../lib", "/../lib/atrous", "/../../lib",
      "/../../../lib", "/../../lib/atrous"};
  for (StringRef place : places) {
    std::string path = (folder + place + "/" + name).str();
    if (sys::fs::exists(path))
      return path;
    if (!directory.empty())
      break;
  }
  return createStringError(
      inconvertibleErrorCode(),
      "the runtime file '" + name + "' is not in or near '" + folder +
          "'; the installation is incomplete");
}

std::string findSystemLibrary(StringRef name) {
  static constexpr StringLiteral folders[] = {
      "/lib/x86_64-linux-gnu/", "/usr/lib/x86_64-linux-gnu/", "/lib64/",
      "/usr/lib64/", "/usr/lib/", "/lib/"};
  for (StringRef folder : folders) {
    std::string path = (folder + name).str();
    if (sys::fs::exists(path))
      return path;
  }
  return "";
}

} // namespace atrous
