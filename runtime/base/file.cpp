//===- file.cpp - Whole files in memory -----------------------------------===//

#include "runtime/base/file.h"

#include "runtime/base/error.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

namespace atrous::runtime {

static atrous_status failErrno(const char *what, const char *path) {
  atrous_status status = errno == ENOMEM || errno == ENOSPC ||
                                 errno == EMFILE || errno == ENFILE
                             ? ATROUS_ERROR_RESOURCE
                             : ATROUS_ERROR_INPUT;
  return fail(status, "cannot %s '%s': %s", what, path, strerror(errno));
}

atrous_status openRegular(const char *path, int &descriptor, size_t &size) {
  // Non-blocking, so that a named pipe is refused instead of waited for.
  int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (opened < 0)
    return failErrno("open", path);
  struct stat status;
  if (fstat(opened, &status)) {
    atrous_status result = failErrno("read", path);
    close(opened);
    return result;
  }
  if (!S_ISREG(status.st_mode)) {
    close(opened);
    return fail(ATROUS_ERROR_INPUT, "cannot read '%s': %s", path,
                S_ISDIR(status.st_mode) ? "it is a folder"
                                        : "it is not a regular file");
  }
  descriptor = opened;
  size = static_cast<size_t>(status.st_size);
  return ATROUS_OK;
}

atrous_status readAt(int descriptor, const char *path, void *bytes,
                     size_t size, size_t offset) {
  char *next = static_cast<char *>(bytes);
  while (size) {
    ssize_t got = pread(descriptor, next, size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return failErrno("read", path);
    if (got == 0)
      return fail(ATROUS_ERROR_INPUT, "cannot read '%s': it became shorter",
                  path);
    next += got;
    size -= static_cast<size_t>(got);
    offset += static_cast<size_t>(got);
  }
  return ATROUS_OK;
}

atrous_status readFile(const char *path, FreeOnExit &bytes, size_t &size) {
  int descriptor;
  if (atrous_status status = openRegular(path, descriptor, size))
    return status;
  bytes.reset(malloc(size + 1));
  atrous_status status =
      bytes.get()
          ? readAt(descriptor, path, bytes.get(), size, 0)
          : fail(ATROUS_ERROR_RESOURCE,
                 "cannot read '%s': no memory for %zu bytes", path, size);
  close(descriptor);
  return status;
}

FileWriter::~FileWriter() {
  if (descriptor < 0)
    return;
  close(descriptor);
  unlink(temporary);
}

atrous_status FileWriter::open(const char *target) {
  size_t length = strlen(target);
  if (length == 0 || length >= sizeof(path))
    return fail(ATROUS_ERROR_INPUT, "cannot write '%.64s': the path is %s",
                target, length ? "too long" : "empty");
  struct stat status;
  if (stat(target, &status) == 0 && S_ISDIR(status.st_mode))
    return fail(ATROUS_ERROR_INPUT, "cannot write '%s': it is a folder",
                target);
  memcpy(path, target, length + 1);
  snprintf(temporary, sizeof(temporary), "%s.tmpXXXXXX", path);
  descriptor = mkostemp(temporary, O_CLOEXEC);
  if (descriptor < 0)
    return failErrno("write", path);
  // mkostemp makes private files; a result gets the rights of any new file.
  mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor, 0666 & ~mask);
  return ATROUS_OK;
}

atrous_status FileWriter::write(const void *bytes, size_t size) {
  const char *next = static_cast<const char *>(bytes);
  while (size) {
    ssize_t done = ::write(descriptor, next, size);
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return failErrno("write", path);
    next += done;
    size -= static_cast<size_t>(done);
  }
  return ATROUS_OK;
}

atrous_status FileWriter::commit() {
  bool failed = fsync(descriptor) && errno != EINVAL;
  failed |= close(descriptor) != 0;
  descriptor = -1;
  if (!failed && rename(temporary, path) == 0)
    return ATROUS_OK;
  atrous_status result = failErrno("write", path);
  unlink(temporary);
  return result;
}

} // namespace atrous::runtime
