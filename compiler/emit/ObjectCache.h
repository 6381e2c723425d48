//===- ObjectCache.h - Objects of kernels, kept on the disk -----*- C++ -*-===//
//
// A folder of files "llvmcache-<key>", as the linkers' ThinLTO caches are:
//
//   8 bytes: XXH3 of what follows | relocatable object
//
// llvm::localCache ends the program where the disk is full; here, files are
// written by llvm::writeToOutput, whole or not at all, and whatever goes wrong
// costs no more than a compilation. llvm::pruneCache bounds the folder.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_COMPILER_EMIT_OBJECTCACHE_H
#define ATROUS_COMPILER_EMIT_OBJECTCACHE_H

#include "compiler/target/Target.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CachePruning.h"
#include <mutex>
#include <optional>

namespace atrous {

/// Any thread of any number of processes may use it.
class ObjectCache {
public:
  /// The cache in `folder`, which is made when something is added. Turned off
  /// where it is empty. An error if ATROUS_CACHE_POLICY cannot be read.
  static llvm::Expected<std::unique_ptr<ObjectCache>>
  create(llvm::StringRef folder);

  bool isOn() const { return !folder.empty(); }

  /// Tells the module, its target and this compiler from all others.
  std::string getKey(const llvm::Module &module, const CpuTarget &target) const;

  /// The object of a key. A damaged one is removed.
  std::optional<llvm::SmallVector<char, 0>> find(llvm::StringRef key);
  void add(llvm::StringRef key, llvm::ArrayRef<char> object);

  /// Tells text from all other, and this compiler from all others.
  std::string getKey(llvm::StringRef text) const;

  /// The objects of which `addList` put the keys under `key`; empty where one
  /// is missing.
  std::vector<llvm::SmallVector<char, 0>> findList(llvm::StringRef key);
  void addList(llvm::StringRef key, llvm::ArrayRef<std::string> keys);

  /// Removes old files, now and then, as ATROUS_CACHE_POLICY says.
  void prune();

  /// The first thing that went wrong, once; or nothing.
  std::string takeWarning();

private:
  ObjectCache(llvm::StringRef folder, std::string compiler,
              llvm::CachePruningPolicy policy)
      : folder(folder), compiler(std::move(compiler)), policy(policy) {}
  std::string hash(llvm::ArrayRef<llvm::StringRef> parts) const;
  void warn(const llvm::Twine &message);

  std::string folder, compiler;
  llvm::CachePruningPolicy policy;
  std::mutex mutex;
  std::string warning;
  bool hasWarned = false;
};

/// ATROUS_CACHE_DIR, which may be empty, else `atrous` in the user's folder for
/// caches; empty where there is none.
std::string getDefaultCacheFolder();

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_OBJECTCACHE_H
