//===- ConstantsObject.cpp - The constants as an ELF object ---------------===//
//
//   Elf64_Ehdr | .lrodata (aligned) | .symtab | .strtab | .shstrtab | headers
//
// .lrodata with SHF_X86_64_LARGE: the linker lays it apart from the code, which
// stays within reach of its own constants however large the weights are.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/ConstantsObject.h"

#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "runtime/abi/atrous_abi.h"

using namespace llvm;

namespace atrous {

static constexpr uint64_t kMaxSize = uint64_t(1) << 31;

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

/// Bytes of an element in memory: a bool takes one.
static uint64_t elementBytes(mlir::Type type) {
  if (type.isIndex())
    return 8;
  return type.isIntOrFloat() ? (type.getIntOrFloatBitWidth() + 7) / 8 : 0;
}

static void writeSplat(raw_ostream &stream, ArrayRef<char> element,
                       uint64_t count) {
  SmallVector<char> block;
  uint64_t perBlock = std::min<uint64_t>(count, 4096);
  for (uint64_t i = 0; i < perBlock; ++i)
    block.append(element.begin(), element.end());
  for (; count >= perBlock && count; count -= perBlock)
    stream.write(block.data(), block.size());
  stream.write(block.data(), count * element.size());
}

/// Writes `bytes` bytes of a value; false where it is of another size or kind.
static bool writeValue(raw_ostream &stream, mlir::ElementsAttr value,
                       uint64_t bytes) {
  if (auto resource = dyn_cast<mlir::DenseResourceElementsAttr>(value)) {
    mlir::AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob || blob->getData().size() != bytes)
      return false;
    stream.write(blob->getData().data(), bytes);
    return true;
  }
  auto dense = dyn_cast<mlir::DenseElementsAttr>(value);
  if (!dense)
    return false;
  if (dense.getElementType().isInteger(1)) { // packed in bits by MLIR
    for (bool element : dense.getValues<bool>())
      stream << char(element);
    return true;
  }
  ArrayRef<char> data = dense.getRawData();
  if (dense.isSplat())
    writeSplat(stream, data, dense.getNumElements());
  else
    stream.write(data.data(), data.size());
  return dense.isSplat() || data.size() == bytes;
}

static Error writeValues(raw_ostream &stream,
                         const ModelDescription &description) {
  uint64_t end = 0;
  for (auto &[offset, value] : description.constants) {
    uint64_t bytes = elementBytes(value.getElementType()), size = 0, last = 0;
    if (offset < 0 || uint64_t(offset) < end || !bytes ||
        __builtin_mul_overflow(bytes, uint64_t(value.getNumElements()),
                               &size) ||
        __builtin_add_overflow(uint64_t(offset), size, &last) ||
        last > description.constantsSize)
      return makeError("constants overlap or leave their section at offset " +
                       Twine(offset));
    stream.write_zeros(offset - end);
    if (!writeValue(stream, value, size))
      return makeError("constant at offset " + Twine(offset) +
                       " has no data of its type's size");
    end = last;
  }
  stream.write_zeros(description.constantsSize - end);
  return Error::success();
}

namespace {

/// Section numbers, and the offsets of their names in kSectionNames.
enum Section { Null, Constants, Symbols, Strings, Names, Stack, NumSections };
constexpr StringLiteral kSectionNames = StringLiteral::withInnerNUL(
    "\0.lrodata\0.symtab\0.strtab\0.shstrtab\0.note.GNU-stack\0");
constexpr uint32_t kNameOffsets[] = {0, 1, 10, 18, 26, 36};

} // namespace

template <typename T> static void writeStruct(raw_ostream &stream, const T &t) {
  static_assert(sys::IsLittleEndianHost, "structs are written as they lie");
  stream.write(reinterpret_cast<const char *>(&t), sizeof(t));
}

Error writeConstantsObject(const ModelDescription &description,
                           StringRef symbol, StringRef path) {
  uint64_t size = description.constantsSize;
  if (size > kMaxSize)
    return makeError("the constants take " + Twine(size) +
                     " bytes; at most 2 GiB can be written");
  std::error_code code;
  raw_fd_ostream stream(path, code, sys::fs::OF_None);
  if (code)
    return makeError("cannot write '" + path + "': " + code.message());

  constexpr uint64_t start = ATROUS_ALIGNMENT;
  static_assert(sizeof(ELF::Elf64_Ehdr) <= start, "header before the section");
  std::string strings = std::string(1, '\0') + symbol.str() + '\0';
  uint64_t symbolsAt = alignTo(start + size, 8);
  uint64_t stringsAt = symbolsAt + 2 * sizeof(ELF::Elf64_Sym);
  uint64_t namesAt = stringsAt + strings.size();
  uint64_t headersAt = alignTo(namesAt + kSectionNames.size(), 8);

  ELF::Elf64_Ehdr header = {};
  memcpy(header.e_ident, ELF::ElfMagic, 4);
  header.e_ident[ELF::EI_CLASS] = ELF::ELFCLASS64;
  header.e_ident[ELF::EI_DATA] = ELF::ELFDATA2LSB;
  header.e_ident[ELF::EI_VERSION] = ELF::EV_CURRENT;
  header.e_type = ELF::ET_REL;
  header.e_machine = ELF::EM_X86_64;
  header.e_version = ELF::EV_CURRENT;
  header.e_shoff = headersAt;
  header.e_ehsize = sizeof(header);
  header.e_shentsize = sizeof(ELF::Elf64_Shdr);
  header.e_shnum = NumSections;
  header.e_shstrndx = Names;
  writeStruct(stream, header);
  stream.write_zeros(start - sizeof(header));
  Error error = writeValues(stream, description);
  stream.write_zeros(symbolsAt - start - size);

  ELF::Elf64_Sym symbols[2] = {};
  symbols[1].st_name = 1;
  symbols[1].setBindingAndType(ELF::STB_GLOBAL, ELF::STT_OBJECT);
  symbols[1].st_other = ELF::STV_HIDDEN;
  symbols[1].st_shndx = Constants;
  symbols[1].st_size = size;
  writeStruct(stream, symbols);
  stream << strings << kSectionNames;
  stream.write_zeros(headersAt - namesAt - kSectionNames.size());

  ELF::Elf64_Shdr headers[NumSections] = {};
  for (unsigned i = 0; i < NumSections; ++i)
    headers[i].sh_name = kNameOffsets[i];
  headers[Constants].sh_type = ELF::SHT_PROGBITS;
  headers[Constants].sh_flags = ELF::SHF_ALLOC | ELF::SHF_X86_64_LARGE;
  headers[Constants].sh_offset = start;
  headers[Constants].sh_size = size;
  headers[Constants].sh_addralign = ATROUS_ALIGNMENT;
  headers[Symbols].sh_type = ELF::SHT_SYMTAB;
  headers[Symbols].sh_offset = symbolsAt;
  headers[Symbols].sh_size = sizeof(symbols);
  headers[Symbols].sh_link = Strings;
  headers[Symbols].sh_info = 1; // the first that is not local
  headers[Symbols].sh_addralign = 8;
  headers[Symbols].sh_entsize = sizeof(ELF::Elf64_Sym);
  headers[Strings].sh_type = headers[Names].sh_type = ELF::SHT_STRTAB;
  headers[Strings].sh_offset = stringsAt;
  headers[Strings].sh_size = strings.size();
  headers[Names].sh_offset = namesAt;
  headers[Names].sh_size = kSectionNames.size();
  headers[Stack].sh_type = ELF::SHT_PROGBITS;
  headers[Stack].sh_offset = namesAt;
  headers[Strings].sh_addralign = headers[Names].sh_addralign =
      headers[Stack].sh_addralign = 1;
  writeStruct(stream, headers);

  stream.close();
  if (stream.has_error()) {
    std::string reason = stream.error().message();
    stream.clear_error(); // its destructor would end the program
    return joinErrors(std::move(error),
                      makeError("cannot write '" + path + "': " + reason));
  }
  return error;
}

} // namespace atrous
