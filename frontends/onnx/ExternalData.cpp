//===- ExternalData.cpp - Tensors outside of the model file ---------------===//

#include "frontends/onnx/ExternalData.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace atrous::onnx_frontend {
namespace {

struct Place {
  std::string location;
  int64_t offset = 0;
  int64_t length = -1;
};

/// An open file, closed on every way out.
struct File {
  explicit File(fs::file_t handle) : handle(handle) {}
  File(File &&other) : handle(std::exchange(other.handle, fs::kInvalidFile)) {}
  ~File() {
    if (handle != fs::kInvalidFile)
      fs::closeFile(handle);
  }
  fs::file_t handle;
};

} // namespace

static int64_t parseNumber(Location loc, llvm::StringRef key,
                           llvm::StringRef text) {
  uint64_t value;
  if (text.empty() || !llvm::all_of(text, llvm::isDigit) ||
      text.getAsInteger(10, value) || value > uint64_t(INT64_MAX))
    refuse(loc, "external data has an invalid " + key + " " + quoted(text) +
                    "; expected a number of bytes");
  return int64_t(value);
}

static Place readPlace(Location loc, const onnx::TensorProto &tensor) {
  Place place;
  for (const onnx::StringStringEntryProto &entry : tensor.external_data()) {
    llvm::StringRef key = entry.key();
    if (key == "location")
      place.location = entry.value();
    else if (key == "offset")
      place.offset = parseNumber(loc, key, entry.value());
    else if (key == "length")
      place.length = parseNumber(loc, key, entry.value());
    else if (key != "checksum")
      refuse(loc, "external data has an unknown key " + quoted(key));
  }
  if (place.location.empty())
    refuse(loc, "external data has no location");
  return place;
}

/// The real path of the data file, which must lie in the model's folder.
static std::string resolve(const ModelContext &context, Location loc,
                           llvm::StringRef location) {
  if (context.baseDir.empty())
    refuse(loc, "external data " + quoted(location) +
                    " needs the folder of the model, but the model was given "
                    "as bytes");
  if (location.contains('\0') || path::is_absolute(location))
    refuse(loc, "external data location " + quoted(location) +
                    " is outside of the model's directory");

  llvm::SmallString<256> folder, file, joined(context.baseDir);
  path::append(joined, location);
  if (std::error_code error = fs::real_path(context.baseDir, folder))
    refuse(loc, "cannot open the model's directory: " + error.message());
  if (std::error_code error = fs::real_path(joined, file))
    refuse(loc, "cannot open external data file " + quoted(location) + ": " +
                    error.message());
  llvm::StringRef rest = file;
  bool isInside = rest.consume_front(folder) &&
                  (path::is_separator(folder.back()) ||
                   (!rest.empty() && path::is_separator(rest.front())));
  if (!isInside)
    refuse(loc, "external data location " + quoted(location) +
                    " is outside of the model's directory");
  return std::string(file);
}

/// Opens the file and checks that it holds what the tensor needs.
static File openPlace(const ModelContext &context, Location loc,
                      const Place &place, int64_t byteCount) {
  if (place.length >= 0 && place.length != byteCount)
    refuse(loc, "external data has length " + llvm::Twine(place.length) +
                    ", but the tensor has " + llvm::Twine(byteCount) +
                    " bytes");
  std::string file = resolve(context, loc, place.location);

  // Looked at before opening, as opening a pipe waits; and after, as the file
  // may have been exchanged.
  fs::file_status status;
  std::error_code error = fs::status(file, status);
  if (error || status.type() != fs::file_type::regular_file)
    refuse(loc, "external data location " + quoted(place.location) +
                    " is not a regular file");
  auto opened = fs::openNativeFileForRead(file);
  if (!opened)
    refuse(loc, "cannot open external data file " + quoted(place.location) +
                    ": " + llvm::toString(opened.takeError()));
  File result(*opened);
  error = fs::status(result.handle, status);
  if (error || status.type() != fs::file_type::regular_file)
    refuse(loc, "external data location " + quoted(place.location) +
                    " is not a regular file");
  uint64_t size = status.getSize();
  if (uint64_t(place.offset) > size ||
      uint64_t(byteCount) > size - uint64_t(place.offset))
    refuse(loc, "external data at offset " + llvm::Twine(place.offset) +
                    " of length " + llvm::Twine(byteCount) +
                    " runs past the end of file " + quoted(place.location) +
                    " of " + llvm::Twine(size) + " bytes");
  return result;
}

void checkExternalData(const ModelContext &context, Location loc,
                       const onnx::TensorProto &tensor, int64_t byteCount) {
  openPlace(context, loc, readPlace(loc, tensor), byteCount);
}

void readExternalData(const ModelContext &context, Location loc,
                      const onnx::TensorProto &tensor,
                      llvm::MutableArrayRef<char> bytes) {
  Place place = readPlace(loc, tensor);
  File file = openPlace(context, loc, place, bytes.size());
  size_t done = 0;
  while (done < bytes.size()) {
    auto count = fs::readNativeFileSlice(file.handle, bytes.drop_front(done),
                                         place.offset + done);
    if (!count || *count == 0) {
      llvm::consumeError(count.takeError());
      refuse(loc, "cannot read external data file " + quoted(place.location));
    }
    done += *count;
  }
}

} // namespace atrous::onnx_frontend
