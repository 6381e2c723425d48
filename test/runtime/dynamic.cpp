//===- dynamic.cpp - Sizes that are known at run time ---------------------===//

#include "runtime/api/atrous.h"
#include <gtest/gtest.h>
#include <string.h>
#include <string>
#include <vector>

namespace {

// positive: the rows of x whose element in the first column of mask is
// positive; twice: the same memory again; rows: how many.
//
//   x [rows, width], mask [rows, 1]  ->  positive, twice [?, width], count []
//
// mask[0] says to fail: -1 an allocation of negative size, -2 one that is too
// large, -3 an error of its own.
atrous_status run(atrous_exec *exec, const atrous_buffer *inputs,
                  atrous_buffer *outputs, void *, const void *) {
  const float *x = static_cast<const float *>(inputs[0].data);
  const float *mask = static_cast<const float *>(inputs[1].data);
  int64_t rows = inputs[0].shape[0], width = inputs[0].shape[1];
  exec->node = "Select_1";
  if (rows && mask[0] < 0) {
    int64_t bad[] = {2, mask[0] == -1 ? -7 : INT64_MAX};
    if (mask[0] == -3)
      exec->fail(exec, "Select_1", "a bad row");
    else if (exec->allocate(exec, bad, 2, 4))
      return ATROUS_OK;
    return ATROUS_ERROR_INTERNAL;
  }
  int64_t scratch[] = {rows, 100000};
  void *large = exec->allocate(exec, scratch, 2, 4);
  if (!large)
    return ATROUS_ERROR_RESOURCE;
  int64_t shape[] = {0, width};
  for (int64_t i = 0; i < rows; ++i)
    shape[0] += mask[i] > 0;
  float *made =
      static_cast<float *>(exec->allocate(exec, shape, 2, sizeof(float)));
  if (!made)
    return ATROUS_ERROR_RESOURCE;
  exec->release(exec, large);
  int64_t count = 0;
  for (int64_t i = 0; i < rows; ++i)
    if (mask[i] > 0)
      memcpy(made + width * count++, x + width * i,
             static_cast<size_t>(width) * sizeof(float));
  exec->retain(exec, made);
  for (int k = 0; k < 2; ++k) {
    outputs[k].data = made;
    memcpy(outputs[k].shape, shape, sizeof(shape));
  }
  *static_cast<int64_t *>(outputs[2].data) = count;
  return ATROUS_OK;
}

const int64_t kRows[] = {-1, -1}, kMask[] = {-1, 1};
const int64_t kLeast[] = {0, 2}, kMost[] = {1000, -1};
const char *const kSymbols[] = {"rows", "width"};
const char *const kMaskSymbols[] = {"rows", ""};
const atrous_tensor_info kInputs[] = {
    {"x", ATROUS_FLOAT32, 2, kRows, kSymbols, kLeast, kMost},
    {"mask", ATROUS_FLOAT32, 2, kMask, kMaskSymbols, nullptr, nullptr}};
const atrous_tensor_info kOutputs[] = {
    {"positive", ATROUS_FLOAT32, 2, kRows, nullptr, nullptr, nullptr},
    {"twice", ATROUS_FLOAT32, 2, kRows, nullptr, nullptr, nullptr},
    {"count", ATROUS_INT64, 0, nullptr, nullptr, nullptr, nullptr}};
const atrous_model kTable = {sizeof(atrous_model),
                             ATROUS_ABI_VERSION,
                             "select",
                             "a test",
                             "{}",
                             "x86-64",
                             "sse3",
                             2,
                             3,
                             kInputs,
                             kOutputs,
                             64,
                             nullptr,
                             0,
                             run};

class DynamicTest : public testing::Test {
protected:
  DynamicTest() {
    EXPECT_EQ(atrous_model_from_table(&kTable, &model), ATROUS_OK);
    EXPECT_EQ(atrous_context_create(model, 1, &context), ATROUS_OK);
    clear();
  }
  ~DynamicTest() override {
    atrous_context_destroy(context);
    atrous_model_destroy(model);
  }

  void clear() {
    outputs[0] = outputs[1] = {};
    outputs[2] = {&count, ATROUS_INT64, 0, nullptr};
  }
  atrous_status run(std::vector<float> newX, int64_t width,
                    std::vector<float> newMask) {
    x = std::move(newX);
    mask = std::move(newMask);
    xShape[0] = static_cast<int64_t>(x.size()) / width;
    xShape[1] = width;
    maskShape[0] = static_cast<int64_t>(mask.size());
    return atrous_context_run(context, inputs().data(), 2, outputs, 3);
  }
  std::vector<atrous_tensor> inputs() {
    return {{x.data(), ATROUS_FLOAT32, 2, xShape},
            {mask.data(), ATROUS_FLOAT32, 2, maskShape}};
  }
  std::vector<float> getOutput(int number) {
    const atrous_tensor &tensor = outputs[number];
    const float *data = static_cast<const float *>(tensor.data);
    return std::vector<float>(data, data + tensor.shape[0] * tensor.shape[1]);
  }

  atrous_loaded_model *model = nullptr;
  atrous_context *context = nullptr;
  std::vector<float> x, mask;
  int64_t xShape[2], maskShape[2] = {0, 1}, count = -1;
  atrous_tensor outputs[3];
};

TEST_F(DynamicTest, givesViewsOfTheContextsMemory) {
  for (int repeat = 0; repeat < 3; ++repeat) { // a view becomes a new one
    ASSERT_EQ(run({1, 2, 3, 4, 5, 6}, 2, {1, 0, 1}), ATROUS_OK)
        << atrous_last_error();
    EXPECT_EQ(outputs[0].rank, 2);
    EXPECT_EQ(outputs[0].dtype, ATROUS_FLOAT32);
    EXPECT_EQ(getOutput(0), (std::vector<float>{1, 2, 5, 6}));
    EXPECT_EQ(outputs[0].data, outputs[1].data);
    EXPECT_EQ(count, 2);
    ASSERT_EQ(run({1, 2, 3}, 3, {1}), ATROUS_OK);
    EXPECT_EQ(getOutput(1), (std::vector<float>{1, 2, 3}));
  }
  ASSERT_EQ(run({}, 2, {}), ATROUS_OK);
  EXPECT_TRUE(getOutput(0).empty());
}

TEST_F(DynamicTest, writesToTheCallersMemory) {
  float mine[4] = {};
  const int64_t shape[] = {2, 2}, other[] = {1, 4};
  outputs[1] = {mine, ATROUS_FLOAT32, 2, shape};
  ASSERT_EQ(run({1, 2, 3, 4, 5, 6}, 2, {1, 0, 1}), ATROUS_OK);
  EXPECT_EQ(outputs[1].data, mine);
  EXPECT_EQ(mine[3], 6);
  EXPECT_EQ(getOutput(0)[3], 6);

  clear();
  outputs[1] = {mine, ATROUS_FLOAT32, 2, other};
  EXPECT_EQ(run({1, 2, 3, 4, 5, 6}, 2, {1, 0, 1}), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "output 'twice': expected float32 [2, 2], got float32 [1, 4]");
  clear();
  outputs[1] = {mine, ATROUS_FLOAT64, 2, shape};
  EXPECT_EQ(run({1, 2}, 2, {1}), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "output 'twice': expected float32 [?, ?], got float64 [2, 2]");
}

TEST_F(DynamicTest, checksSymbolsAndBounds) {
  EXPECT_EQ(run({1, 2, 3, 4}, 2, {1, 1, 1}), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "input 'mask': dimension 0 ('rows') is 3, but dimension 0 of "
               "input 'x' is 2");
  EXPECT_EQ(run({1, 2}, 1, {1, 1}), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "input 'x': dimension 1 ('width') is 1, expected at least 2");
  EXPECT_EQ(run(std::vector<float>(2002), 2, {1}), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "input 'x': dimension 0 ('rows') is 1001, expected 0 to 1000");

  // A static size, a negative one, too many bytes.
  std::vector<atrous_tensor> tensors = inputs();
  const int64_t wide[] = {1, 2}, negative[] = {-5, 2},
                huge[] = {1000, INT64_MAX / 2};
  tensors[0].shape = wide;
  tensors[1].shape = wide;
  EXPECT_EQ(atrous_context_run(context, tensors.data(), 2, outputs, 3),
            ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "input 'mask': expected float32 [rows, 1], got float32 [1, 2]");
  tensors[0].shape = negative;
  EXPECT_EQ(atrous_context_run(context, tensors.data(), 2, outputs, 3),
            ATROUS_ERROR_INPUT);
  EXPECT_STREQ(
      atrous_last_error(),
      "input 'x': expected float32 [rows, width], got float32 [-5, 2]");
  tensors[0].shape = huge;
  EXPECT_EQ(atrous_context_run(context, tensors.data(), 2, outputs, 3),
            ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(), "input 'x' is larger than the memory");
}

TEST_F(DynamicTest, worksOnAfterErrors) {
  struct {
    float mask;
    atrous_status status;
    const char *text;
  } cases[] = {
      {-1, ATROUS_ERROR_INPUT,
       "Select_1: makes a tensor of shape [2, -7], which has a negative size"},
      {-2, ATROUS_ERROR_RESOURCE,
       "Select_1: makes a tensor of shape [2, 9223372036854775807], for which "
       "there is no memory"},
      {-3, ATROUS_ERROR_INPUT, "Select_1: a bad row"}};
  for (auto &bad : cases) {
    EXPECT_EQ(run({1, 2}, 2, {bad.mask}), bad.status);
    EXPECT_STREQ(atrous_last_error(), bad.text);
    ASSERT_EQ(run({1, 2}, 2, {1}), ATROUS_OK) << atrous_last_error();
    EXPECT_EQ(getOutput(0), (std::vector<float>{1, 2}));
  }
}

// Its memory would be overwritten while it is read.
TEST_F(DynamicTest, refusesAViewAsInput) {
  ASSERT_EQ(run({1, 2}, 2, {1}), ATROUS_OK);
  std::vector<atrous_tensor> tensors = inputs();
  tensors[0].data = outputs[0].data;
  EXPECT_EQ(atrous_context_run(context, tensors.data(), 2, outputs, 3),
            ATROUS_ERROR_USAGE);
  EXPECT_STREQ(atrous_last_error(),
               "input 'x' is an output of the context's last run, which ends "
               "with the next: copy it");
}

} // namespace
