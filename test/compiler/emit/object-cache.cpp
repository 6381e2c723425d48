//===- object-cache.cpp - Objects of kernels, kept on the disk ------------===//

#include "compiler/emit/CodeModule.h"
#include "compiler/emit/ObjectCache.h"
#include "test/compiler/emit/testing.h"
#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace atrous;

namespace {

const std::vector<char> kObject = {'o', 'b', 'j', 'e', 'c', 't'};

class ObjectCacheTest : public EmitFixture {
protected:
  ObjectCacheTest() : cache(open(in("cache"))) {}

  static std::unique_ptr<ObjectCache> open(const std::string &folder) {
    auto opened = ObjectCache::create(folder);
    EXPECT_TRUE(bool(opened));
    return std::move(*opened);
  }

  std::string keyOf(const char *name, const char *cpu = "x86-64-v3") {
    ContextAndModule made = createModule("m");
    made.module->getOrInsertFunction(name,
                                     llvm::Type::getVoidTy(*made.context));
    llvm::Expected<CpuTarget> target = selectCpu(cpu);
    std::string key = cache->getKey(*made.module, *target);
    made.module.reset();
    return key;
  }

  /// What is in the cache, without the marks of pruning.
  std::vector<std::string> entries() {
    std::vector<std::string> names;
    std::error_code code;
    for (llvm::sys::fs::directory_iterator it(in("cache"), code), end;
         it != end && !code; it.increment(code))
      if (!llvm::StringRef(it->path()).ends_with(".timestamp"))
        names.push_back(it->path());
    return names;
  }

  void write(const std::string &path, llvm::StringRef bytes) {
    std::error_code code;
    llvm::raw_fd_ostream(path, code) << bytes;
    ASSERT_FALSE(code);
  }

  std::unique_ptr<ObjectCache> cache;
};

bool isObject(const std::optional<ObjectBytes> &found) {
  return found && llvm::ArrayRef<char>(*found) == llvm::ArrayRef(kObject);
}

TEST_F(ObjectCacheTest, keeps) {
  std::string key = keyOf("f");
  EXPECT_FALSE(cache->find(key));
  cache->add(key, kObject);
  EXPECT_TRUE(isObject(cache->find(key)));
  EXPECT_TRUE(isObject(open(in("cache"))->find(key)));
  EXPECT_FALSE(open(in("other"))->find(key));
  EXPECT_EQ(cache->takeWarning(), "");
}

TEST_F(ObjectCacheTest, keysTellContentAndTarget) {
  EXPECT_EQ(keyOf("f"), keyOf("f"));
  EXPECT_NE(keyOf("f"), keyOf("g"));
  EXPECT_NE(keyOf("f"), keyOf("f", "x86-64-v4"));
}

TEST_F(ObjectCacheTest, keepsLists) {
  std::string list = cache->getKey("list"), first = keyOf("f");
  EXPECT_NE(list, cache->getKey("other"));
  EXPECT_TRUE(cache->findList(list).empty());
  cache->addList(list, {first, keyOf("g")});
  EXPECT_TRUE(cache->findList(list).empty()) << "its objects are missing";
  cache->add(first, kObject);
  EXPECT_TRUE(cache->findList(list).empty());
  cache->add(keyOf("g"), kObject);
  EXPECT_EQ(cache->findList(list).size(), 2u);
}

TEST_F(ObjectCacheTest, damageIsNoticed) {
  std::string key = keyOf("f");
  cache->add(key, kObject);
  std::string path = entries().front(), good = read(path);
  std::string flipped = good;
  flipped.back() ^= 1;
  for (const std::string &bad :
       {flipped, good.substr(0, good.size() - 1), good.substr(0, 8),
        good.substr(0, 3), std::string(), good + "x"}) {
    write(path, bad);
    std::unique_ptr<ObjectCache> again = open(in("cache"));
    EXPECT_FALSE(again->find(key));
    EXPECT_EQ(again->takeWarning(),
              "'" + path + "' is damaged; its kernel is compiled again");
    EXPECT_TRUE(entries().empty());
  }
  cache->add(key, kObject);
  EXPECT_TRUE(isObject(cache->find(key)));
}

TEST_F(ObjectCacheTest, foldersThatCannotBeOnlyWarn) {
  write(in("file"), "");
  std::unique_ptr<ObjectCache> none = open(in("file/cache"));
  EXPECT_FALSE(none->find("key"));
  EXPECT_EQ(none->takeWarning(), "cannot read '" + in("file/cache") +
                                     "/llvmcache-key': Not a directory");
  none->add("key", kObject);
  EXPECT_EQ(none->takeWarning(), "") << "one warning will do";
  none = open(in("file/cache"));
  none->add("key", kObject);
  none->prune();
  EXPECT_NE(none->takeWarning().find("cannot write into the cache"),
            std::string::npos);
}

TEST_F(ObjectCacheTest, fullDisksOnlyWarn) {
  signal(SIGXFSZ, SIG_IGN);
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = {10, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  cache->add("key", kObject);
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_NE(cache->takeWarning().find("File too large"), std::string::npos);
  EXPECT_FALSE(cache->find("key"));
  EXPECT_TRUE(entries().empty());
}

TEST_F(ObjectCacheTest, isPruned) {
  setenv("ATROUS_CACHE_POLICY", "prune_interval=0s:cache_size_files=2", 1);
  cache = open(in("cache"));
  for (const char *key : {"a", "b", "c", "d"})
    cache->add(key, kObject);
  cache->prune();
  EXPECT_EQ(entries().size(), 2u);
  setenv("ATROUS_CACHE_POLICY", "much", 1);
  auto refused = ObjectCache::create(in("cache"));
  EXPECT_NE(llvm::toString(refused.takeError()).find("ATROUS_CACHE_POLICY: "),
            std::string::npos);
  unsetenv("ATROUS_CACHE_POLICY");
}

TEST_F(ObjectCacheTest, threadsShareIt) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      std::unique_ptr<ObjectCache> own = open(in("cache"));
      for (int k = 0; k < 100; ++k) {
        std::string key = "key" + std::to_string((k + i) % 10);
        own->add(key, kObject);
        EXPECT_TRUE(isObject(own->find(key)));
      }
      EXPECT_EQ(own->takeWarning(), "");
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(entries().size(), 10u);
}

TEST_F(ObjectCacheTest, folderComesFromTheEnvironment) {
  setenv("ATROUS_CACHE_DIR", "/some/where", 1);
  EXPECT_EQ(getDefaultCacheFolder(), "/some/where");
  setenv("ATROUS_CACHE_DIR", "", 1);
  EXPECT_FALSE(open(getDefaultCacheFolder())->isOn());
  unsetenv("ATROUS_CACHE_DIR");
  setenv("XDG_CACHE_HOME", "/x", 1);
  EXPECT_EQ(getDefaultCacheFolder(), "/x/atrous");
  unsetenv("XDG_CACHE_HOME");
}

TEST_F(ObjectCacheTest, isUsedByEmit) {
  auto module =
      mlir::parseSourceFile<mlir::ModuleOp>(INPUTS "/add.mlir", &context);
  ModelCode code = {llvm::cantFail(selectCpu("x86-64-v3")), *module, {}};
  code.description.inputs =
      code.description.outputs = {{"x", ATROUS_FLOAT32, {2, 4}}};
  EmitOptions options;
  options.kind = EmitKind::Executable;
  auto emit = [&](const char *name) {
    options.output = in(name);
    ASSERT_TRUE(succeeded(emitModel(code, options))) << errors;
  };
  emit("without");
  options.cache = cache.get();
  emit("first");
  ASSERT_EQ(entries().size(), 2u) << "a kernel and the host";
  emit("second");
  EXPECT_TRUE(read(in("without")) == read(in("first")));
  EXPECT_TRUE(read(in("without")) == read(in("second")));
  EXPECT_EQ(cache->takeWarning(), "");
  // Found, for it is missed.
  write(entries().front(), "damaged");
  emit("third");
  EXPECT_TRUE(read(in("without")) == read(in("third")));
  EXPECT_NE(cache->takeWarning().find("is damaged"), std::string::npos);
}

} // namespace
