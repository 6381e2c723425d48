//===- file.h - Whole files in memory ---------------------------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_BASE_FILE_H
#define ATROUS_RUNTIME_BASE_FILE_H

#include "runtime/base/memory.h"
#include "runtime/abi/atrous_abi.h"

namespace atrous::runtime {

/// Opens a regular file for reading; ATROUS_ERROR_INPUT with a text that names
/// the path where it cannot be. The caller closes `descriptor`.
atrous_status openRegular(const char *path, int &descriptor, size_t &size);

/// Reads all `size` bytes at `offset`, through interrupts and short reads.
atrous_status readAt(int descriptor, const char *path, void *bytes,
                     size_t size, size_t offset);

/// The whole file, in memory that `bytes` owns. Read, not mapped: a file cut
/// later must not kill the process.
atrous_status readFile(const char *path, FreeOnExit &bytes, size_t &size);

/// Writes a file whole or not at all: into a temporary one beside it, flushed
/// to the disk, renamed over `path` by commit().
class FileWriter {
public:
  FileWriter() = default;
  ~FileWriter();
  FileWriter(const FileWriter &) = delete;
  FileWriter &operator=(const FileWriter &) = delete;
  atrous_status open(const char *path);
  atrous_status write(const void *bytes, size_t size);
  atrous_status commit();

private:
  int descriptor = -1;
  char path[4096], temporary[4096 + 16];
};

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_BASE_FILE_H
