//===- external-data.cpp - Tensors outside of the model file --------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"
#include <filesystem>
#include <fstream>

using namespace atrous::testing;
namespace fs = std::filesystem;

namespace {

/// A folder with a model's data file of 20 bytes: 3 and four floats.
class ExternalData : public ::testing::Test {
protected:
  void SetUp() override {
    folder = fs::path(::testing::TempDir()) / "atrous-external-data";
    fs::remove_all(folder);
    fs::create_directories(folder / "model");
    std::ofstream(folder / "model" / "w.bin", std::ios::binary)
        << std::string("abc", 3) << std::string(12, '\0')
        << std::string("\0\0\x80\x3f", 4) << "d";
    std::ofstream(folder / "secret", std::ios::binary) << std::string(16, 's');
  }
  void TearDown() override { fs::remove_all(folder); }

  Imported import(std::vector<std::pair<std::string, std::string>> entries,
                  bool asFile = false) {
    onnx::ModelProto model =
        parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                  "g (float[4] x) => (float[4] y) { y = Add(x, w) }");
    onnx::TensorProto *tensor = model.mutable_graph()->add_initializer();
    tensor->set_name("w");
    tensor->set_data_type(onnx::TensorProto::FLOAT);
    tensor->add_dims(4);
    tensor->set_data_location(onnx::TensorProto::EXTERNAL);
    for (auto &[key, value] : entries) {
      auto *entry = tensor->add_external_data();
      entry->set_key(key);
      entry->set_value(value);
    }
    if (!asFile)
      return importModel(model, {}, (folder / "model").string());
    fs::path path = folder / "model" / "m.onnx";
    std::ofstream(path, std::ios::binary) << model.SerializeAsString();
    return importFile(path.string());
  }

  fs::path folder;
};

} // namespace

TEST_F(ExternalData, ReadsAtAnyOffset) {
  for (bool asFile : {false, true}) {
    Imported imported = import(
        {{"location", "w.bin"}, {"offset", "3"}, {"length", "16"}}, asFile);
    EXPECT_TRUE(imported.has("0.000000e+00, 1.000000e+00]>"))
        << imported.module << imported.errors;
  }
}

TEST_F(ExternalData, StaysInTheModelsFolder) {
  const char *outside = "is outside of the model's directory";
  EXPECT_REFUSED(import({{"location", "../secret"}}), outside);
  EXPECT_REFUSED(import({{"location", "../model/../secret"}}), outside);
  EXPECT_REFUSED(import({{"location", "/dev/zero"}}), outside);
  fs::create_symlink(folder / "secret", folder / "model" / "link");
  EXPECT_REFUSED(import({{"location", "link"}}), outside);
  // A folder whose name begins like the model's.
  fs::create_directories(folder / "model2");
  std::ofstream(folder / "model2" / "w.bin") << std::string(16, 'x');
  EXPECT_REFUSED(import({{"location", "../model2/w.bin"}}), outside);
}

TEST_F(ExternalData, RefusesPlaces) {
  EXPECT_REFUSED(import({{"location", "w.bin"}, {"offset", "8"}}),
                 "runs past the end of file 'w.bin' of 20 bytes");
  EXPECT_REFUSED(
      import({{"location", "w.bin"}, {"offset", "9223372036854775800"}}),
      "runs past the end");
  EXPECT_REFUSED(import({{"location", "w.bin"}, {"offset", "-4"}}),
                 "invalid offset '-4'");
  EXPECT_REFUSED(import({{"location", "w.bin"}, {"offset", "12abc"}}),
                 "invalid offset '12abc'");
  EXPECT_REFUSED(
      import({{"location", "w.bin"}, {"offset", "99999999999999999999"}}),
      "invalid offset");
  EXPECT_REFUSED(import({{"location", "w.bin"}, {"length", "8"}}),
                 "length 8, but the tensor has 16 bytes");
  EXPECT_REFUSED(import({{"location", "w.bin"}, {"color", "red"}}),
                 "unknown key 'color'");
  EXPECT_REFUSED(import({{"offset", "0"}}), "has no location");
}

TEST_F(ExternalData, RefusesFiles) {
  EXPECT_REFUSED(import({{"location", "missing.bin"}}),
                 "cannot open external data file 'missing.bin'");
  fs::create_directories(folder / "model" / "sub");
  EXPECT_REFUSED(import({{"location", "sub"}}), "is not a regular file");
}

TEST_F(ExternalData, NeedsAFolder) {
  onnx::ModelProto model =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                "g (float[4] x) => (float[4] y) { y = Add(x, w) }");
  onnx::TensorProto *tensor = model.mutable_graph()->add_initializer();
  tensor->set_name("w");
  tensor->set_data_type(onnx::TensorProto::FLOAT);
  tensor->add_dims(4);
  tensor->set_data_location(onnx::TensorProto::EXTERNAL);
  auto *entry = tensor->add_external_data();
  entry->set_key("location");
  entry->set_value("w.bin");
  EXPECT_REFUSED(importModel(model), "the model was given as bytes");
}
