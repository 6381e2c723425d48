//===- npz_write.cpp - Write .npz -----------------------------------------===//
//
// A zip archive of stored members, without zip64: up to 4 GiB. Times are the
// zip epoch, so the same arrays give the same bytes.
//
//===----------------------------------------------------------------------===//

#include "runtime/api/npy.h"

#include "runtime/api/npy_header.h"
#include "runtime/base/error.h"
#include "runtime/base/file.h"
#include <string.h>
#include <zlib.h>

using namespace atrous::runtime;

namespace {

/// A record of little-endian numbers.
class Record {
public:
  Record &put(uint64_t value, unsigned width) {
    for (unsigned i = 0; i < width; ++i)
      bytes[size++] = static_cast<unsigned char>(value >> (8 * i));
    return *this;
  }
  unsigned char bytes[64];
  size_t size = 0;
};

struct Entry {
  uint64_t offset, size;
  uint32_t crc;
};

constexpr unsigned kZipEpoch = 1 << 5 | 1; // 1980-01-01

} // namespace

/// What the local and the central header share: version, flags (names are
/// UTF-8), method 0, time, date, checksum, sizes, lengths.
static void putCommon(Record &record, const Entry &entry, size_t nameLength) {
  record.put(20, 2).put(0x800, 2).put(0, 2).put(0, 2).put(kZipEpoch, 2);
  record.put(entry.crc, 4).put(entry.size, 4).put(entry.size, 4);
  record.put(nameLength, 2).put(0, 2);
}

static atrous_status writeMember(FileWriter &file, const atrous_array &array,
                                 Entry &entry, uint64_t &offset) {
  char header[kMaxNpyHeader];
  size_t headerSize = formatNpyHeader(header, array.tensor), dataBytes = 0;
  tensorBytes(array.tensor.shape, array.tensor.rank,
              atrous_dtype_size(array.tensor.dtype), dataBytes);
  uLong crc = crc32_z(0, reinterpret_cast<unsigned char *>(header), headerSize);
  if (dataBytes)
    crc = crc32_z(crc, static_cast<unsigned char *>(array.tensor.data),
                  dataBytes);
  entry = {offset, headerSize + dataBytes, static_cast<uint32_t>(crc)};
  size_t nameLength = strlen(array.name) + 4;
  Record local;
  putCommon(local.put(0x04034b50, 4), entry, nameLength);
  offset += local.size + nameLength + entry.size;
  struct {
    const void *bytes;
    size_t size;
  } parts[] = {{local.bytes, local.size},
               {array.name, nameLength - 4},
               {".npy", 4},
               {header, headerSize},
               {array.tensor.data, dataBytes}};
  for (auto &part : parts)
    if (atrous_status status = file.write(part.bytes, part.size))
      return status;
  return ATROUS_OK;
}

static atrous_status writeDirectory(FileWriter &file,
                                    const atrous_array *arrays,
                                    const Entry *entries, int32_t count,
                                    uint64_t offset) {
  uint64_t size = 0;
  for (int32_t i = 0; i < count; ++i) {
    size_t nameLength = strlen(arrays[i].name) + 4;
    Record central;
    central.put(0x02014b50, 4).put(20, 2);
    putCommon(central, entries[i], nameLength);
    central.put(0, 2).put(0, 2).put(0, 2).put(0, 4).put(entries[i].offset, 4);
    if (atrous_status status = file.write(central.bytes, central.size))
      return status;
    if (atrous_status status = file.write(arrays[i].name, nameLength - 4))
      return status;
    if (atrous_status status = file.write(".npy", 4))
      return status;
    size += central.size + nameLength;
  }
  Record end;
  end.put(0x06054b50, 4).put(0, 4);
  end.put(static_cast<uint64_t>(count), 2).put(static_cast<uint64_t>(count), 2);
  end.put(size, 4).put(offset, 4).put(0, 2);
  return file.write(end.bytes, end.size);
}

static atrous_status checkArrays(const char *path, const atrous_array *arrays,
                                 int32_t count) {
  if (!path || count < 0 || (count && !arrays))
    return fail(ATROUS_ERROR_USAGE, "path or arrays is null");
  if (count > 65535)
    return fail(ATROUS_ERROR_USAGE, "cannot write '%s': more than 65535 arrays",
                path);
  size_t total = 0;
  for (int32_t i = 0; i < count; ++i) {
    const atrous_tensor &tensor = arrays[i].tensor;
    size_t bytes, names = strlen(arrays[i].name);
    if (!atrous_dtype_size(tensor.dtype) || tensor.rank < 0 ||
        tensor.rank > kMaxNpyRank || names > 32768 ||
        !tensorBytes(tensor.shape, tensor.rank,
                     atrous_dtype_size(tensor.dtype), bytes))
      return fail(ATROUS_ERROR_USAGE,
                  "cannot write '%s': array '%.100s' has a bad type, shape or "
                  "name",
                  path, arrays[i].name);
    if (!checkedAdd(total, bytes + 2 * names + kMaxNpyHeader + 128, total) ||
        total > UINT32_MAX)
      return fail(ATROUS_ERROR_UNSUPPORTED,
                  "cannot write '%s': a .npz holds at most 4 GiB; write each "
                  "array as .npy",
                  path);
  }
  return ATROUS_OK;
}

atrous_status atrous_npz_write(const char *path, const atrous_array *arrays,
                               int32_t count) {
  if (atrous_status status = checkArrays(path, arrays, count))
    return status;
  FreeOnExit memory(
      calloc(static_cast<size_t>(count) + 1, sizeof(Entry)));
  if (!memory.get())
    return fail(ATROUS_ERROR_RESOURCE, "cannot write '%s': no memory", path);
  Entry *entries = static_cast<Entry *>(memory.get());
  FileWriter file;
  if (atrous_status status = file.open(path))
    return status;
  uint64_t offset = 0;
  for (int32_t i = 0; i < count; ++i)
    if (atrous_status status = writeMember(file, arrays[i], entries[i], offset))
      return status;
  if (atrous_status status =
          writeDirectory(file, arrays, entries, count, offset))
    return status;
  return file.commit();
}
