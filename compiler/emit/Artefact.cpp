//===- Artefact.cpp - What is done to a linked file -----------------------===//

#include "compiler/emit/Link.h"

#include "compiler/emit/Workspace.h"
#include "llvm/ObjCopy/ConfigManager.h"
#include "llvm/ObjCopy/ObjCopy.h"
#include "llvm/Object/Binary.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "runtime/abi/atrous_abi.h"
#include "runtime/abi/atrous_artefact.h"
#define XXH_INLINE_ALL
#include <xxhash.h>

using namespace llvm;

namespace atrous {

Error localizeSymbols(StringRef path, ArrayRef<std::string> keep) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return makeFileError(path, buffer.getError());
  auto binary = object::createBinary(**buffer);
  if (!binary)
    return binary.takeError();
  objcopy::ConfigManager config;
  for (const std::string &name : keep) {
    auto pattern = objcopy::NameOrPattern::create(
        name, objcopy::MatchStyle::Literal, [](Error e) { return e; });
    if (!pattern)
      return pattern.takeError();
    if (Error error =
            config.Common.SymbolsToKeepGlobal.addMatcher(std::move(pattern)))
      return error;
  }
  SmallVector<char, 0> bytes;
  raw_svector_ostream result(bytes);
  if (Error error =
          objcopy::executeObjcopyOnBinary(config, **binary, result))
    return error;
  std::error_code code;
  raw_fd_ostream stream(path, code, sys::fs::OF_None);
  if (code)
    return makeFileError(path, code);
  stream.write(bytes.data(), bytes.size());
  stream.close();
  if (stream.has_error()) {
    code = stream.error();
    stream.clear_error(); // its destructor would end the program
    return makeFileError(path, code);
  }
  return Error::success();
}

Error appendTrailer(StringRef path) {
  atrous_trailer trailer = {0, 0, ATROUS_ABI_VERSION, 0, {}};
  memcpy(trailer.magic, ATROUS_TRAILER_MAGIC, sizeof(trailer.magic));
  {
    auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                        /*RequiresNullTerminator=*/false);
    if (!buffer)
      return makeFileError(path, buffer.getError());
    trailer.length = (*buffer)->getBufferSize();
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(
        XXH3_createState(), XXH3_freeState);
    XXH3_64bits_reset(state.get());
    XXH3_64bits_update(state.get(), (*buffer)->getBufferStart(),
                       (*buffer)->getBufferSize());
    XXH3_64bits_update(state.get(), &trailer.abi_version,
                       2 * sizeof(uint32_t));
    trailer.hash = XXH3_64bits_digest(state.get());
  }
  std::error_code code;
  raw_fd_ostream stream(path, code, sys::fs::CD_OpenExisting,
                        sys::fs::FA_Write, sys::fs::OF_Append);
  if (code)
    return makeFileError(path, code);
  stream.write(reinterpret_cast<const char *>(&trailer), sizeof(trailer));
  stream.close();
  if (stream.has_error()) {
    code = stream.error();
    stream.clear_error(); // its destructor would end the program
    return makeFileError(path, code);
  }
  return Error::success();
}

} // namespace atrous
