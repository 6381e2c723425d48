//===- Workspace.h - Files on their way -------------------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_EMIT_WORKSPACE_H
#define ATROUS_COMPILER_EMIT_WORKSPACE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace atrous {

/// A hidden folder beside the output, gone at the end. Results are made in it
/// and renamed to their place, on the same file system, so that they appear
/// whole or not at all.
class Workspace {
public:
  /// Also removes what killed compilations to the same output left behind.
  static llvm::Expected<Workspace> create(llvm::StringRef output);
  Workspace(Workspace &&other)
      : output(std::move(other.output)), folder(std::move(other.folder)) {
    other.folder.clear();
  }
  ~Workspace();

  /// The path of a file in the folder.
  std::string path(llvm::StringRef name) const;

  /// Writes a file into the folder, and returns its path.
  llvm::Expected<std::string> write(llvm::StringRef name,
                                    llvm::StringRef bytes) const;

  /// An error if the disk has no room for a link of the files. lld writes
  /// through a mapping: on a full disk it would die instead of telling.
  llvm::Error checkSpace(llvm::ArrayRef<std::string> files) const;

  /// Moves the folder's file `name` to `output`; first flushes it to the disk,
  /// if it shall survive a crash of the machine.
  llvm::Error publish(llvm::StringRef name, llvm::StringRef output,
                      bool durable = true) const;

private:
  Workspace(llvm::StringRef output, std::string folder)
      : output(output.str()), folder(std::move(folder)) {}
  std::string output; ///< for messages: what the user knows
  std::string folder;
};

/// An error that names the file and the reason.
llvm::Error makeFileError(llvm::StringRef path, std::error_code reason);

} // namespace atrous

#endif // ATROUS_COMPILER_EMIT_WORKSPACE_H
