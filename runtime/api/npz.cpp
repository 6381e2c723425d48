//===- npz.cpp - Read and write .npz --------------------------------------===//
//
// A zip archive of .npy members, as numpy.savez and savez_compressed write.
// Format: PKWARE APPNOTE 6.3.10; sections are named where they are used.
//
//===----------------------------------------------------------------------===//

#include "runtime/api/npy.h"

#include "runtime/api/npy_header.h"
#include "runtime/base/error.h"
#include "runtime/base/file.h"
#include <initializer_list>
#include <string.h>
#include <zlib.h>

using namespace atrous::runtime;

namespace {

/// A view of the archive whose reads check their bounds; bad() stays true
/// after the first that failed.
class Bytes {
public:
  Bytes(const void *bytes, size_t size)
      : start(static_cast<const unsigned char *>(bytes)), size(size) {}
  uint64_t number(uint64_t offset, unsigned width) {
    if (!has(offset, width))
      return failed = true, 0;
    uint64_t value = 0;
    for (unsigned i = 0; i < width; ++i)
      value |= uint64_t(start[offset + i]) << (8 * i);
    return value;
  }
  const unsigned char *at(uint64_t offset, uint64_t length) {
    if (!has(offset, length))
      return failed = true, start;
    return start + offset;
  }
  bool bad() const { return failed; }
  size_t total() const { return size; }

private:
  bool has(uint64_t offset, uint64_t length) const {
    return offset <= size && length <= size - offset;
  }
  const unsigned char *start;
  size_t size;
  bool failed = false;
};

struct Member {
  const unsigned char *name;
  uint64_t nameLength, method, flags, crc, packed, unpacked, offset, next;
};

} // namespace

static atrous_status refuse(const char *path, const char *reason) {
  return fail(ATROUS_ERROR_INPUT, "cannot read '%s': %s", path, reason);
}

/// Finds the central directory: the end record (4.3.16), found from the back
/// over its comment, or the zip64 end record (4.3.14) that it points to.
static bool findDirectory(Bytes &zip, uint64_t &offset, uint64_t &count) {
  constexpr uint64_t kEnd = 22, kMaxComment = 65535;
  if (zip.total() < kEnd)
    return false;
  uint64_t last = zip.total() - kEnd;
  uint64_t first = last > kMaxComment ? last - kMaxComment : 0;
  for (uint64_t at = last + 1; at-- > first;) {
    if (zip.number(at, 4) != 0x06054b50 ||
        zip.number(at + 20, 2) != last - at)
      continue;
    count = zip.number(at + 10, 2);
    offset = zip.number(at + 16, 4);
    if (at >= 20 && zip.number(at - 20, 4) == 0x07064b50) {
      uint64_t record = zip.number(at - 20 + 8, 8);
      if (zip.number(record, 4) != 0x06064b50)
        return false;
      count = zip.number(record + 32, 8);
      offset = zip.number(record + 48, 8);
    }
    return !zip.bad();
  }
  return false;
}

/// Sizes that do not fit in 32 bits lie in the extra field 1 (4.5.3).
static bool readZip64(Bytes &zip, uint64_t extra, uint64_t length,
                      Member &member) {
  constexpr uint64_t kMoved = 0xffffffff;
  for (uint64_t at = extra; at + 4 <= extra + length && !zip.bad();) {
    uint64_t end = at + 4 + zip.number(at + 2, 2);
    if (zip.number(at, 2) == 1) {
      uint64_t next = at + 4;
      for (uint64_t *field :
           {&member.unpacked, &member.packed, &member.offset})
        if (*field == kMoved) {
          if (next + 8 > end)
            return false;
          *field = zip.number(next, 8);
          next += 8;
        }
    }
    at = end;
  }
  return !zip.bad();
}

/// One header of the central directory (4.3.12).
static bool readMember(Bytes &zip, uint64_t at, Member &member) {
  if (zip.number(at, 4) != 0x02014b50)
    return false;
  member.flags = zip.number(at + 8, 2);
  member.method = zip.number(at + 10, 2);
  member.crc = zip.number(at + 16, 4);
  member.packed = zip.number(at + 20, 4);
  member.unpacked = zip.number(at + 24, 4);
  member.nameLength = zip.number(at + 28, 2);
  uint64_t extra = zip.number(at + 30, 2), comment = zip.number(at + 32, 2);
  member.offset = zip.number(at + 42, 4);
  member.name = zip.at(at + 46, member.nameLength);
  member.next = at + 46 + member.nameLength + extra + comment;
  return !zip.bad() &&
         readZip64(zip, at + 46 + member.nameLength, extra, member);
}

/// Inflates exactly `size` bytes; false where the stream holds fewer or more.
static bool inflateExactly(const unsigned char *packed, uint64_t packedSize,
                           unsigned char *bytes, uint64_t size) {
  z_stream stream;
  memset(&stream, 0, sizeof(stream));
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    return false;
  int status = Z_OK;
  unsigned char past;
  constexpr uint64_t kStep = 1u << 30; // zlib counts in 32 bits
  stream.next_in = const_cast<unsigned char *>(packed);
  stream.next_out = bytes;
  while (status == Z_OK) {
    if (!stream.avail_in && packedSize) {
      stream.avail_in =
          static_cast<uInt>(packedSize < kStep ? packedSize : kStep);
      packedSize -= stream.avail_in;
    }
    if (!stream.avail_out) {
      stream.avail_out = static_cast<uInt>(size < kStep ? size : kStep);
      size -= stream.avail_out;
      if (!stream.avail_out) { // full: only the end of the stream may come
        stream.next_out = &past;
        stream.avail_out = 1;
        status = inflate(&stream, Z_NO_FLUSH);
        if (status != Z_STREAM_END || stream.avail_out != 1)
          status = Z_DATA_ERROR;
        break;
      }
    }
    status = inflate(&stream, Z_NO_FLUSH);
  }
  bool whole = status == Z_STREAM_END && !size &&
               (stream.avail_out == 0 || stream.next_out == &past);
  inflateEnd(&stream);
  return whole;
}

static uint32_t checksum(const void *bytes, size_t size) {
  return static_cast<uint32_t>(
      crc32_z(0, static_cast<const unsigned char *>(bytes), size));
}

static atrous_status readArray(const char *path, Bytes &zip,
                               const Member &member, atrous_array &array) {
  char where[512];
  append(where, sizeof(where), 0, "%.300s:%.*s", path,
         static_cast<int>(member.nameLength < 128 ? member.nameLength : 128),
         reinterpret_cast<const char *>(member.name));
  if (member.flags & 1)
    return refuse(where, "it is encrypted");
  // The local header (4.3.7) has its own lengths of name and extra field.
  if (zip.number(member.offset, 4) != 0x04034b50)
    return refuse(where, "its zip header is damaged");
  uint64_t start = member.offset + 30 + zip.number(member.offset + 26, 2) +
                   zip.number(member.offset + 28, 2);
  const unsigned char *packed = zip.at(start, member.packed);
  if (zip.bad())
    return refuse(where, "the file ends within it");
  const unsigned char *bytes = packed;
  FreeOnExit inflated;
  if (member.method == Z_DEFLATED) {
    // Deflate packs at most 1032 to 1: a larger claim is a lie, not an array.
    if (member.unpacked / 1032 > member.packed + 1)
      return refuse(where, "its zip header is damaged");
    inflated.reset(malloc(member.unpacked + 1));
    if (!inflated.get())
      return fail(ATROUS_ERROR_RESOURCE,
                  "cannot read '%s': no memory for %llu bytes", where,
                  static_cast<unsigned long long>(member.unpacked));
    unsigned char *target = static_cast<unsigned char *>(inflated.get());
    if (!inflateExactly(packed, member.packed, target, member.unpacked))
      return refuse(where, "its compressed data is damaged");
    bytes = target;
  } else if (member.method != 0) {
    return fail(ATROUS_ERROR_UNSUPPORTED,
                "cannot read '%s': zip method %llu is not supported", where,
                static_cast<unsigned long long>(member.method));
  } else if (member.packed != member.unpacked) {
    return refuse(where, "its zip header is damaged");
  }
  if (checksum(bytes, member.unpacked) != member.crc)
    return refuse(where, "its checksum differs");
  if (atrous_status status =
          atrous_npy_parse(where, bytes, member.unpacked, &array))
    return status;
  // numpy.load drops the suffix, too.
  size_t length = member.nameLength;
  if (length >= 4 && !memcmp(member.name + length - 4, ".npy", 4))
    length -= 4;
  free(array.name);
  array.name = static_cast<char *>(malloc(length + 1));
  if (!array.name)
    return fail(ATROUS_ERROR_RESOURCE, "cannot read '%s': no memory", where);
  memcpy(array.name, member.name, length);
  array.name[length] = 0;
  return ATROUS_OK;
}

atrous_status atrous_npz_parse(const char *path, const void *bytes,
                               size_t size, atrous_array **arrays,
                               int32_t *count) {
  Bytes zip(bytes, size);
  uint64_t at, members;
  if (!findDirectory(zip, at, members))
    return refuse(path, "it is not a whole .npz (zip) file");
  // 46 bytes is the least that a member takes in the directory.
  if (members > size / 46)
    return refuse(path, "its zip directory is damaged");
  atrous_array *result = static_cast<atrous_array *>(
      calloc(members + 1, sizeof(atrous_array)));
  if (!result)
    return fail(ATROUS_ERROR_RESOURCE, "cannot read '%s': no memory", path);
  for (uint64_t i = 0; i < members; ++i) {
    Member member;
    atrous_status status =
        readMember(zip, at, member)
            ? readArray(path, zip, member, result[i])
            : refuse(path, "its zip directory is damaged");
    if (status) {
      atrous_arrays_free(result, static_cast<int32_t>(i + 1));
      return status;
    }
    at = member.next;
  }
  *arrays = result;
  *count = static_cast<int32_t>(members);
  return ATROUS_OK;
}
