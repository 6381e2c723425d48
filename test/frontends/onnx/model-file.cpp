//===- model-file.cpp - Files that are no models --------------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"
#include <unistd.h>

using namespace atrous::testing;

TEST(ModelFile, NamesOtherKindsOfFiles) {
  EXPECT_REFUSED(importBytes(""), "model is empty");
  EXPECT_REFUSED(importBytes("version https://git-lfs.github.com/spec/v1\n"),
                 "a Git LFS pointer, not the ONNX model");
  EXPECT_REFUSED(importBytes("\n<!DOCTYPE html><html>"), "an HTML page");
  EXPECT_REFUSED(importBytes("\x89PNG\r\n\x1a\n"), "a PNG image");
  EXPECT_REFUSED(importBytes("PK\x03\x04rest"), "a zip archive");
}

TEST(ModelFile, RefusesDamagedBytes) {
  EXPECT_REFUSED(importBytes("no protobuf at all"),
                 "cannot parse as an ONNX protobuf");
  std::string bytes =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                "g (float[1] x) => (float[1] y) { y = Relu(x) }")
          .SerializeAsString();
  EXPECT_REFUSED(importBytes(bytes + "\xff\xff\xff"), "cannot parse");
  // Every prefix is refused, and none crashes.
  for (size_t size = 1; size < bytes.size(); ++size) {
    Imported imported = importBytes(llvm::StringRef(bytes).take_front(size));
    EXPECT_EQ(imported.module, "") << size;
  }
  EXPECT_REFUSED(
      importBytes(llvm::StringRef(bytes).take_front(bytes.size() - 20)),
      "truncated");
}

TEST(ModelFile, SurvivesFlippedBits) {
  std::string bytes =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                "g (float[1,2,8,8] x, float[3,2,3,3] w) => "
                "(float[1,3,6,6] y) { c = Conv<strides=[1,1]>(x, w) "
                "y = Relu(c) }")
          .SerializeAsString();
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] ^= char(1 << (bit % 8));
    importBytes(flipped);
  }
}

TEST(ModelFile, RefusesWhatCannotBeRead) {
  EXPECT_REFUSED(importFile("/nonexistent/m.onnx"), "cannot open model");
  EXPECT_REFUSED(importFile("/dev/zero"), "is not a regular file");
  EXPECT_REFUSED(importFile("/"), "is not a regular file");
  // A sparse file of more than 2 GiB.
  std::string path = ::testing::TempDir() + "/huge.onnx";
  FILE *file = fopen(path.c_str(), "wb");
  ASSERT_TRUE(file);
  ASSERT_EQ(ftruncate(fileno(file), int64_t(3) << 30), 0);
  fclose(file);
  EXPECT_REFUSED(importFile(path), "ends at 2 GiB");
  unlink(path.c_str());
}
