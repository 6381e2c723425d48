//===- ObjectCache.cpp - Objects of kernels, kept on the disk -------------===//

#include "compiler/emit/ObjectCache.h"

#include "compiler/emit/CacheFile.h"
#include "compiler/emit/RuntimeFiles.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <cstdlib>

using namespace llvm;

namespace atrous {

static constexpr size_t kHashBytes = 8;
static constexpr uint64_t kDefaultBytes = uint64_t(1) << 30;

std::string getDefaultCacheFolder() {
  if (const char *folder = std::getenv("ATROUS_CACHE_DIR"))
    return folder;
  SmallString<128> folder;
  if (!sys::path::cache_directory(folder))
    return "";
  sys::path::append(folder, "atrous");
  return folder.str().str();
}

static Expected<CachePruningPolicy> readPolicy() {
  if (const char *text = std::getenv("ATROUS_CACHE_POLICY")) {
    Expected<CachePruningPolicy> policy = parseCachePruningPolicy(text);
    if (!policy)
      return createStringError(inconvertibleErrorCode(),
                               "ATROUS_CACHE_POLICY: " +
                                   toString(policy.takeError()));
    return policy;
  }
  CachePruningPolicy policy;
  policy.MaxSizeBytes = kDefaultBytes;
  policy.Expiration = std::chrono::hours(30 * 24);
  return policy;
}

/// Path, size and time of the file that holds the code at `address`: by these,
/// too, ccache knows a compiler. Nothing where there is no such file.
static std::string identifyFile(const void *address) {
  std::string path = findFileOf(address);
  sys::fs::file_status status;
  if (path.empty() || sys::fs::status(path, status))
    return "";
  return path + ':' + utostr(status.getSize()) + ':' +
         itostr(status.getLastModificationTime().time_since_epoch().count());
}

/// This compiler, and the LLVM that it is linked with; empty if unknown.
static std::string identifyCompiler() {
  static const char anchor = 0;
  std::string own = identifyFile(&anchor);
  std::string llvm =
      identifyFile(reinterpret_cast<const void *>(&get_threadid));
  if (own.empty() || llvm.empty())
    return "";
  return ATROUS_VERSION " " LLVM_VERSION_STRING " " + own + ' ' + llvm;
}

Expected<std::unique_ptr<ObjectCache>> ObjectCache::create(StringRef folder) {
  std::string compiler = identifyCompiler();
  if (compiler.empty())
    folder = "";
  Expected<CachePruningPolicy> policy = readPolicy();
  if (!policy)
    return policy.takeError();
  return std::unique_ptr<ObjectCache>(
      new ObjectCache(folder, std::move(compiler), *policy));
}

std::string ObjectCache::hash(ArrayRef<StringRef> parts) const {
  SmallVector<StringRef> all{compiler};
  append_range(all, parts);
  return getCacheKey(all);
}

std::string ObjectCache::getKey(const Module &module,
                                const CpuTarget &target) const {
  SmallVector<char, 0> bitcode;
  raw_svector_ostream stream(bitcode);
  WriteBitcodeToFile(module, stream);
  return hash({"module", target.cpu, target.features, stream.str()});
}

std::string ObjectCache::getKey(StringRef text) const {
  return hash({"text", text});
}

static std::string getName(StringRef key) { return "llvmcache-" + key.str(); }

void ObjectCache::warn(const Twine &message) {
  std::lock_guard<std::mutex> lock(mutex);
  if (!hasWarned)
    warning = message.str();
  hasWarned = true;
}

std::string ObjectCache::takeWarning() {
  std::lock_guard<std::mutex> lock(mutex);
  return std::exchange(warning, "");
}

static uint64_t getHash(ArrayRef<char> bytes) {
  return xxh3_64bits(StringRef(bytes.data(), bytes.size()));
}

std::optional<SmallVector<char, 0>> ObjectCache::find(StringRef key) {
  std::string path = folder + "/" + getName(key);
  // The time of access is what the oldest files are told by.
  Expected<sys::fs::file_t> file =
      sys::fs::openNativeFileForRead(path, sys::fs::OF_UpdateAtime);
  if (!file) {
    std::error_code code = errorToErrorCode(file.takeError());
    if (code != std::errc::no_such_file_or_directory)
      warn("cannot read '" + path + "': " + code.message());
    return std::nullopt;
  }
  // Read, not mapped: a file that gets shorter would end the program.
  auto buffer = MemoryBuffer::getOpenFile(*file, path, /*FileSize=*/-1,
                                          /*RequiresNullTerminator=*/false,
                                          /*IsVolatile=*/true);
  sys::fs::closeFile(*file);
  if (!buffer) {
    warn("cannot read '" + path + "': " + buffer.getError().message());
    return std::nullopt;
  }
  ArrayRef<char> bytes((*buffer)->getBufferStart(), (*buffer)->getBufferSize());
  if (bytes.size() <= kHashBytes || support::endian::read64le(bytes.data()) !=
                                        getHash(bytes.drop_front(kHashBytes))) {
    warn("'" + path + "' is damaged; its kernel is compiled again");
    sys::fs::remove(path);
    return std::nullopt;
  }
  bytes = bytes.drop_front(kHashBytes);
  return SmallVector<char, 0>(bytes.begin(), bytes.end());
}

void ObjectCache::add(StringRef key, ArrayRef<char> object) {
  Error error = writeCacheFile(folder, getName(key), [&](raw_ostream &stream) {
    char hash[kHashBytes];
    support::endian::write64le(hash, getHash(object));
    stream.write(hash, sizeof(hash));
    stream.write(object.data(), object.size());
  });
  if (error)
    warn("cannot write into the cache '" + folder +
         "': " + toString(std::move(error)));
}

std::vector<SmallVector<char, 0>> ObjectCache::findList(StringRef key) {
  std::vector<SmallVector<char, 0>> objects;
  std::optional<SmallVector<char, 0>> keys = find(key);
  StringRef rest = keys ? StringRef(keys->data(), keys->size()) : "";
  for (; !rest.empty(); rest = rest.drop_front(kKeyLength)) {
    std::optional<SmallVector<char, 0>> object =
        find(rest.take_front(kKeyLength));
    if (!object)
      return {};
    objects.push_back(std::move(*object));
  }
  return objects;
}

void ObjectCache::addList(StringRef key, ArrayRef<std::string> keys) {
  std::string list = join(keys, "");
  add(key, ArrayRef(list.data(), list.size()));
}

void ObjectCache::prune() { pruneCache(folder, policy); }

} // namespace atrous
