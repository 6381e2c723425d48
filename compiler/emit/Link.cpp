//===- Link.cpp - lld in process ------------------------------------------===//

#include "compiler/emit/Link.h"

#include "compiler/emit/RuntimeFiles.h"
#include "lld/Common/CommonLinkerContext.h"
#include "lld/Common/Driver.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include <mutex>

LLD_HAS_DRIVER(elf)

using namespace llvm;

namespace atrous {

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

/// lld leaves its state behind after a fatal error (which ends it with 1), as
/// for a damaged archive. That is no crash: the state can be dropped.
static bool dropState(int retCode) {
  CrashRecoveryContext recovery;
  return retCode == 1 && recovery.RunSafely([] {
    if (lld::hasContext())
      lld::CommonLinkerContext::destroy();
  });
}

Error runLinker(ArrayRef<std::string> arguments) {
  static std::mutex mutex;
  static bool usable = true;
  std::lock_guard<std::mutex> lock(mutex);
  if (!usable)
    return makeError("the linker failed before and cannot run again in this "
                     "process");
  SmallVector<const char *> argv = {"ld.lld"};
  for (const std::string &argument : arguments)
    argv.push_back(argument.c_str());
  std::string out, err;
  raw_string_ostream outStream(out), errStream(err);
  // lld leaves its fatal errors through an exit(), which recovery catches.
  CrashRecoveryContext::Enable();
  lld::Result result = lld::lldMain(argv, outStream, errStream,
                                    {{lld::Gnu, &lld::elf::link}});
  usable = result.canRunAgain || dropState(result.retCode);
  CrashRecoveryContext::Disable();
  if (result.retCode == 0)
    return Error::success();
  StringRef message = StringRef(err).trim();
  message.consume_front("ld.lld: error: ");
  return makeError("cannot link: " +
                   (message.empty() ? "lld gave no reason" : message));
}

/// No build identifiers, no paths: the same input gives the same bytes.
static std::vector<std::string> commonArguments(ArrayRef<std::string> files,
                                                StringRef output) {
  std::vector<std::string> arguments = {
      "-m", "elf_x86_64", "--build-id=none", "--threads=1", "-z",
      "noexecstack", "-o", output.str()};
  arguments.insert(arguments.end(), files.begin(), files.end());
  return arguments;
}

static void append(std::vector<std::string> &arguments,
                   std::initializer_list<StringRef> more) {
  for (StringRef argument : more)
    arguments.push_back(argument.str());
}

std::vector<std::string> sharedArguments(ArrayRef<std::string> files,
                                         StringRef versionScript,
                                         StringRef output) {
  std::vector<std::string> arguments = commonArguments(files, output);
  append(arguments, {"-shared", "--gc-sections", "-z", "relro", "-z", "now",
                     "--hash-style=gnu", "--as-needed"});
  arguments.push_back("--version-script=" + versionScript.str());
  // Without them the symbols stay open, and the loading process has them.
  for (StringRef name : {"libc.so.6", "libm.so.6"})
    if (std::string path = findSystemLibrary(name); !path.empty())
      arguments.push_back(path);
  return arguments;
}

std::vector<std::string> relocatableArguments(ArrayRef<std::string> files,
                                              StringRef output) {
  std::vector<std::string> arguments = commonArguments(files, output);
  append(arguments, {"-r", "--force-group-allocation"});
  return arguments;
}

Expected<std::vector<std::string>>
executableArguments(ArrayRef<std::string> files, StringRef output) {
  std::vector<std::string> arguments = commonArguments(files, output);
  append(arguments,
         {"-pie", "--dynamic-linker", "/lib64/ld-linux-x86-64.so.2",
          "--gc-sections", "-z", "relro", "-z", "now", "--hash-style=gnu",
          "--as-needed", "--allow-shlib-undefined"});
  for (StringRef name : {"libc.so.6", "libm.so.6"}) {
    std::string path = findSystemLibrary(name);
    if (path.empty())
      return makeError("executables need the system's " + name +
                       ", which is not there; emit a shared object instead");
    arguments.push_back(path);
  }
  return arguments;
}

} // namespace atrous
