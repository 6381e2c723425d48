//===- ModelFile.cpp - Bytes to ModelProto --------------------------------===//

#include "frontends/onnx/ModelFile.h"
#include "onnx/onnx_pb.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/wire_format_lite.h>

using namespace mlir;
namespace fs = llvm::sys::fs;

namespace atrous::onnx_frontend {

std::unique_ptr<llvm::MemoryBuffer> openModelFile(const ModelContext &context,
                                                  llvm::StringRef path) {
  Location loc = context.getLocation();
  fs::file_status status;
  if (std::error_code error = fs::status(path, status))
    refuse(loc, "cannot open model " + quoted(path) + ": " + error.message());
  // A device or a pipe may never end.
  if (status.type() != fs::file_type::regular_file)
    refuse(loc, "model " + quoted(path) + " is not a regular file");
  if (status.getSize() > uint64_t(kMaxModelBytes))
    refuse(loc, "model " + quoted(path) + " has " +
                    llvm::Twine(status.getSize()) +
                    " bytes, but an ONNX protobuf ends at 2 GiB; store the "
                    "weights as external data");
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    refuse(loc, "cannot read model " + quoted(path) + ": " +
                    buffer.getError().message());
  return std::move(*buffer);
}

/// What the bytes are, where they are a known other kind of file.
static llvm::StringRef recognizeOtherFile(llvm::StringRef bytes) {
  struct Magic {
    llvm::StringLiteral prefix, kind;
  };
  static constexpr Magic kMagics[] = {
      {"version https://git-lfs",
       "a Git LFS pointer, not the ONNX model itself; run 'git lfs pull'"},
      {"\x89PNG", "a PNG image, not an ONNX model"},
      {"\xff\xd8\xff", "a JPEG image, not an ONNX model"},
      {"GIF8", "a GIF image, not an ONNX model"},
      {"%PDF", "a PDF document, not an ONNX model"},
      {"PK\x03\x04",
       "a zip archive (a PyTorch checkpoint?), not an ONNX model"},
      {"\x1f\x8b", "gzip-compressed, not an ONNX model"},
      {"\x89HDF", "an HDF5 file (a Keras model?), not an ONNX model"},
      {"\x80\x02", "a Python pickle, not an ONNX model"},
  };
  for (const Magic &magic : kMagics)
    if (bytes.starts_with(magic.prefix))
      return magic.kind;
  llvm::StringRef text = bytes.take_front(256).ltrim();
  if (text.starts_with_insensitive("<!doctype html") ||
      text.starts_with_insensitive("<html"))
    return "an HTML page, not an ONNX model (a failed download?)";
  if (text.starts_with("<?xml"))
    return "an XML file, not an ONNX model";
  return "";
}

/// True if the outermost fields run past the end: a download cut off.
static bool isTruncated(llvm::StringRef bytes) {
  using google::protobuf::internal::WireFormatLite;
  const auto *begin = reinterpret_cast<const uint8_t *>(bytes.data());
  google::protobuf::io::CodedInputStream stream(begin, int(bytes.size()));
  while (uint32_t tag = stream.ReadTag()) {
    if (WireFormatLite::GetTagWireType(tag) !=
        WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&stream, tag))
        return false;
      continue;
    }
    uint32_t length;
    if (!stream.ReadVarint32(&length))
      return false;
    if (length > bytes.size() - stream.CurrentPosition())
      return true;
    stream.Skip(int(length));
  }
  return false;
}

void parseModel(const ModelContext &context, llvm::StringRef bytes,
                onnx::ModelProto &model) {
  Location loc = context.getLocation();
  if (bytes.empty())
    refuse(loc, "model is empty, not an ONNX protobuf");
  if (bytes.size() > size_t(kMaxModelBytes))
    refuse(loc, "model has " + llvm::Twine(bytes.size()) +
                    " bytes, but an ONNX protobuf ends at 2 GiB; store the "
                    "weights as external data");
  if (llvm::StringRef kind = recognizeOtherFile(bytes); !kind.empty())
    refuse(loc, "model is " + kind);

  google::protobuf::LogSilencer silencer;
  google::protobuf::io::ArrayInputStream input(bytes.data(), int(bytes.size()));
  google::protobuf::io::CodedInputStream stream(&input);
  stream.SetTotalBytesLimit(INT32_MAX);
  if (model.ParseFromCodedStream(&stream) && stream.ConsumedEntireMessage())
    return;
  if (isTruncated(bytes))
    refuse(loc, "cannot parse as an ONNX protobuf: truncated after " +
                    llvm::Twine(bytes.size()) + " bytes");
  refuse(loc, "cannot parse as an ONNX protobuf: damaged, or another kind of "
              "file");
}

} // namespace atrous::onnx_frontend
