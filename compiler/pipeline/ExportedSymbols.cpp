//===- ExportedSymbols.cpp - The promise of stage `emit` ------------------===//

#include "compiler/emit/Names.h"
#include "compiler/pipeline/StageVerifier.h"
#include "runtime/abi/atrous_abi.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Object/ELFObjectFile.h"

using namespace atrous;

/// The table, or a function of the model's own C API: "unet_run".
static bool belongsToAbi(llvm::StringRef name) {
  return name == ATROUS_MODEL_SYMBOL ||
         llvm::is_contained(kApiFunctions, name.rsplit('_').second);
}

llvm::Error atrous::verifyExportedSymbols(llvm::StringRef sharedObject) {
  auto fail = [&](const llvm::Twine &message) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "'" + sharedObject + "' " + message);
  };
  auto file = llvm::object::ObjectFile::createObjectFile(sharedObject);
  if (!file)
    return file.takeError();
  auto *elf =
      llvm::dyn_cast<llvm::object::ELFObjectFileBase>(file->getBinary());
  if (!elf)
    return fail("is not an ELF object");
  bool hasTable = false;
  for (const auto &symbol : elf->getDynamicSymbolIterators()) {
    llvm::Expected<uint32_t> flags = symbol.getFlags();
    if (!flags)
      return flags.takeError();
    if (*flags & llvm::object::SymbolRef::SF_Undefined)
      continue;
    llvm::Expected<llvm::StringRef> name = symbol.getName();
    if (!name)
      return name.takeError();
    hasTable |= *name == ATROUS_MODEL_SYMBOL;
    if (!name->empty() && !belongsToAbi(*name))
      return fail("exports '" + *name + "', which the ABI does not list");
  }
  if (!hasTable)
    return fail("does not export " ATROUS_MODEL_SYMBOL);
  return llvm::Error::success();
}
