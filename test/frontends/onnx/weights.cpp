//===- weights.cpp - Tensors of the model as constants --------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

/// A model with one initializer w, which the test shapes.
static onnx::ModelProto makeModel(int dataType,
                                  std::initializer_list<int64_t> dims) {
  onnx::ModelProto model =
      parseText("<ir_version: 8, opset_import: [\"\" : 17]> "
                "g (float[1] x) => (float[1] y) { y = Relu(x) }");
  model.mutable_graph()->clear_node();
  model.mutable_graph()->clear_output();
  model.mutable_graph()->add_output()->set_name("w");
  onnx::TensorProto *tensor = model.mutable_graph()->add_initializer();
  tensor->set_name("w");
  tensor->set_data_type(dataType);
  for (int64_t dim : dims)
    tensor->add_dims(dim);
  return model;
}

static onnx::TensorProto &getTensor(onnx::ModelProto &model) {
  return *model.mutable_graph()->mutable_initializer(0);
}

TEST(Weights, ReadRawData) {
  auto model = makeModel(onnx::TensorProto::FLOAT, {2});
  getTensor(model).set_raw_data(std::string("\0\0\x80\x3f\0\0\0\x40", 8));
  Imported imported = importModel(model);
  EXPECT_TRUE(imported.has("dense<[1.000000e+00, 2.000000e+00]>"))
      << imported.module << imported.errors;
}

TEST(Weights, ReadTypedFields) {
  auto int8 = makeModel(onnx::TensorProto::INT8, {2});
  getTensor(int8).add_int32_data(-128);
  getTensor(int8).add_int32_data(127);
  EXPECT_TRUE(importModel(int8).has("dense<[-128, 127]> : tensor<2xi8>"));
  auto half = makeModel(onnx::TensorProto::FLOAT16, {1});
  getTensor(half).add_int32_data(0x3c00);
  EXPECT_TRUE(importModel(half).has("dense<1.000000e+00> : tensor<1xf16>"));
  auto unsigned64 = makeModel(onnx::TensorProto::UINT64, {1});
  getTensor(unsigned64).add_uint64_data(UINT64_MAX);
  // Constants lie as signless integers, booleans as bytes.
  EXPECT_TRUE(importModel(unsigned64)
                  .has("dense<-1> : tensor<1xi64> : tensor<1xui64>"));
  auto boolean = makeModel(onnx::TensorProto::BOOL, {2});
  getTensor(boolean).set_raw_data(std::string("\0\7", 2));
  EXPECT_TRUE(importModel(boolean).has("dense<[0, 1]> : tensor<2xi8>"));
}

TEST(Weights, ReadScalarsAndNothing) {
  auto scalar = makeModel(onnx::TensorProto::INT64, {});
  getTensor(scalar).add_int64_data(7);
  EXPECT_TRUE(importModel(scalar).has("dense<7> : tensor<i64>"));
  auto empty = makeModel(onnx::TensorProto::FLOAT, {0, 3});
  EXPECT_TRUE(importModel(empty).has("tensor<0x3xf32>"));
}

TEST(Weights, RefuseByteCountsThatDisagree) {
  auto model = makeModel(onnx::TensorProto::FLOAT, {4});
  for (size_t size : {0, 12, 20}) {
    getTensor(model).set_raw_data(std::string(size, '\0'));
    EXPECT_REFUSED(importModel(model),
                   "initializer:17 'w': tensor of shape 4 and type float takes "
                   "16 bytes, but raw_data has " +
                       std::to_string(size));
  }
  getTensor(model).clear_raw_data();
  getTensor(model).add_float_data(1);
  EXPECT_REFUSED(importModel(model), "4 elements, but float_data holds 1");
}

TEST(Weights, RefuseShapes) {
  auto overflow =
      makeModel(onnx::TensorProto::FLOAT, {int64_t(1) << 32, int64_t(1) << 32});
  EXPECT_REFUSED(importModel(overflow), "or a size that overflows");
  auto negative = makeModel(onnx::TensorProto::FLOAT, {-1});
  EXPECT_REFUSED(importModel(negative), "negative dimension");
  auto large = makeModel(onnx::TensorProto::FLOAT, {int64_t(1) << 41});
  EXPECT_REFUSED(importModel(large), "too large a size");
  auto rank = makeModel(onnx::TensorProto::FLOAT, {});
  for (int i = 0; i < 65; ++i)
    getTensor(rank).add_dims(1);
  EXPECT_REFUSED(importModel(rank), "tensor has rank 65");
}

TEST(Weights, RefuseTypes) {
  EXPECT_REFUSED(importModel(makeModel(99, {1})), "has data type unknown (99)");
  EXPECT_REFUSED(importModel(makeModel(onnx::TensorProto::STRING, {1})),
                 "has data type string (8), which is not supported");
}

TEST(Weights, RefuseTheWrongField) {
  auto wrong = makeModel(onnx::TensorProto::FLOAT, {1});
  getTensor(wrong).add_int32_data(1);
  EXPECT_REFUSED(importModel(wrong),
                 "data in another field than float_data and raw_data");
  auto both = makeModel(onnx::TensorProto::FLOAT, {1});
  getTensor(both).add_float_data(1);
  getTensor(both).set_raw_data("1234");
  EXPECT_REFUSED(importModel(both), "data in more than one place");
  auto range = makeModel(onnx::TensorProto::INT8, {1});
  getTensor(range).add_int32_data(300);
  EXPECT_REFUSED(importModel(range), "value 300, which its type cannot hold");
  auto segment = makeModel(onnx::TensorProto::FLOAT, {1});
  getTensor(segment).mutable_segment()->set_begin(0);
  EXPECT_REFUSED(importModel(segment), "is one segment of several");
}

/// A sparse initializer w of shape 2x2 with one value 5 at `index`.
static onnx::ModelProto makeSparse(std::initializer_list<int64_t> indices,
                                   std::initializer_list<int64_t> dims) {
  auto model = makeModel(onnx::TensorProto::FLOAT, {1});
  model.mutable_graph()->clear_initializer();
  auto *sparse = model.mutable_graph()->add_sparse_initializer();
  sparse->add_dims(2);
  sparse->add_dims(2);
  sparse->mutable_values()->set_name("w");
  sparse->mutable_values()->set_data_type(onnx::TensorProto::FLOAT);
  sparse->mutable_values()->add_dims(1);
  sparse->mutable_values()->add_float_data(5);
  sparse->mutable_indices()->set_data_type(onnx::TensorProto::INT64);
  for (int64_t dim : dims)
    sparse->mutable_indices()->add_dims(dim);
  for (int64_t index : indices)
    sparse->mutable_indices()->add_int64_data(index);
  return model;
}

TEST(Weights, ExpandSparseTensors) {
  const char *expected = "[0.000000e+00, 0.000000e+00], [5.000000e+00, "
                         "0.000000e+00]";
  EXPECT_TRUE(importModel(makeSparse({2}, {1})).has(expected));
  EXPECT_TRUE(importModel(makeSparse({1, 0}, {1, 2})).has(expected));
}

TEST(Weights, RefuseSparseTensors) {
  EXPECT_REFUSED(importModel(makeSparse({9}, {1})),
                 "sparse tensor has index 9, but 4 elements");
  EXPECT_REFUSED(importModel(makeSparse({-1}, {1})), "has index -1");
  EXPECT_REFUSED(importModel(makeSparse({0, 2}, {1, 2})),
                 "has index 2 in dimension 1 of size 2");
  EXPECT_REFUSED(importModel(makeSparse({0, 1}, {2})),
                 "indices of shape 2 for 1 values");
  auto huge = makeSparse({0}, {1});
  huge.mutable_graph()->mutable_sparse_initializer(0)->set_dims(0, int64_t(1)
                                                                       << 36);
  EXPECT_REFUSED(importModel(huge), "too large a size");
  auto two = makeSparse({1, 1}, {2});
  auto *values =
      two.mutable_graph()->mutable_sparse_initializer(0)->mutable_values();
  values->set_dims(0, 2);
  values->add_float_data(6);
  EXPECT_REFUSED(importModel(two), "indices that are not ascending");
  values->clear_dims();
  values->clear_float_data();
  values->add_float_data(5);
  EXPECT_REFUSED(importModel(two), "values of rank 0, expected 1");
}
