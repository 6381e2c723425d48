//===- Workspace.cpp - Files on their way ---------------------------------===//

#include "compiler/emit/Workspace.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

using namespace llvm;

namespace atrous {

static constexpr StringLiteral kMark = ".atrous-";

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

Error makeFileError(StringRef path, std::error_code reason) {
  return makeError("cannot write '" + path + "': " + reason.message());
}

/// Removes folders of processes that are no more.
static void removeStale(StringRef parent, StringRef stem) {
  std::error_code code;
  for (sys::fs::directory_iterator it(parent, code), end; it != end && !code;
       it.increment(code)) {
    StringRef name = sys::path::filename(it->path());
    int process;
    if (name.consume_front(stem) &&
        !name.split('-').first.getAsInteger(10, process) && process > 0 &&
        kill(process, 0) != 0 && errno == ESRCH)
      sys::fs::remove_directories(it->path());
  }
}

Expected<Workspace> Workspace::create(StringRef output) {
  if (output.empty() || sys::path::filename(output).empty())
    return makeError("the output has no file name");
  if (sys::fs::is_directory(output))
    return makeError("cannot write '" + output + "': it is a folder");
  StringRef parent = sys::path::parent_path(output);
  if (parent.empty())
    parent = ".";
  // Part of the name will do: with what is added it must not get too long.
  std::string stem =
      ("." + sys::path::filename(output).take_front(64) + kMark).str();
  removeStale(parent, stem);
  std::string folder =
      (parent + "/" + stem + Twine(getpid()) + "-XXXXXX").str();
  if (!mkdtemp(folder.data()))
    return makeFileError(output,
                         std::error_code(errno, std::generic_category()));
  return Workspace(output, folder);
}

Workspace::~Workspace() {
  if (!folder.empty())
    sys::fs::remove_directories(folder);
}

std::string Workspace::path(StringRef name) const {
  return folder + "/" + name.str();
}

Expected<std::string> Workspace::write(StringRef name, StringRef bytes) const {
  std::string file = path(name);
  std::error_code code;
  raw_fd_ostream stream(file, code, sys::fs::OF_None);
  if (code)
    return makeFileError(output, code);
  stream << bytes;
  stream.close();
  if (stream.has_error()) {
    code = stream.error();
    stream.clear_error(); // its destructor would end the program
    return makeFileError(output, code);
  }
  return file;
}

Error Workspace::checkSpace(ArrayRef<std::string> files) const {
  uint64_t needed = 0;
  for (const std::string &file : files) {
    uint64_t size = 0;
    if (!sys::fs::file_size(file, size))
      needed += size;
  }
  ErrorOr<sys::fs::space_info> space = sys::fs::disk_space(folder);
  if (!space || space->available >= needed)
    return Error::success();
  return makeFileError(output,
                       std::make_error_code(std::errc::no_space_on_device));
}

/// Writes what the system holds back of a file to the disk.
static bool flush(const std::string &file) {
  int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return false;
  bool flushed = fsync(descriptor) == 0 || errno == EINVAL;
  int reason = errno;
  close(descriptor);
  errno = reason;
  return flushed;
}

Error Workspace::publish(StringRef name, StringRef output,
                         bool durable) const {
  std::string file = path(name);
  auto failed = [&] {
    return makeFileError(output,
                         std::error_code(errno, std::generic_category()));
  };
  if (durable && !flush(file))
    return failed();
  if (rename(file.c_str(), output.str().c_str()))
    return failed();
  return Error::success();
}

} // namespace atrous
