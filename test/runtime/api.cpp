//===- api.cpp - Models and contexts --------------------------------------===//

#include "test/runtime/testing.h"
#include <fenv.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <thread>
#include <vector>

namespace {

const int64_t kShape[] = {4, 8};

class ApiTest : public testing::Test {
protected:
  ApiTest() : so("tiny.so") {
    writeBytes(so.path, withTrailer(readBytes(TINY_MODEL)));
    EXPECT_EQ(atrous_model_load(so.c_str(), &model), ATROUS_OK)
        << atrous_last_error();
  }
  ~ApiTest() override { atrous_model_destroy(model); }

  atrous_status run(atrous_context *context, atrous_tensor in,
                    atrous_tensor out) {
    return atrous_context_run(context, &in, 1, &out, 1);
  }

  TemporaryPath so;
  atrous_loaded_model *model = nullptr;
  float x[32] = {3}, y[32] = {};
  atrous_tensor in = {x, ATROUS_FLOAT32, 2, kShape};
  atrous_tensor out = {y, ATROUS_FLOAT32, 2, kShape};
};

TEST_F(ApiTest, describesAndRuns) {
  const atrous_model *table = atrous_model_table(model);
  EXPECT_STREQ(table->inputs[0].name, "x");
  atrous_context *context;
  ASSERT_EQ(atrous_context_create(model, 2, &context), ATROUS_OK);
  EXPECT_EQ(atrous_context_threads(context), 2);
  ASSERT_EQ(run(context, in, out), ATROUS_OK) << atrous_last_error();
  EXPECT_EQ(y[0], 7);
  EXPECT_EQ(y[31], 1);
  atrous_context_destroy(context);
}

TEST_F(ApiTest, contextsOutliveTheHandle) {
  atrous_context *context;
  ASSERT_EQ(atrous_context_create(model, 0, &context), ATROUS_OK);
  atrous_model_destroy(model);
  model = nullptr;
  EXPECT_EQ(run(context, in, out), ATROUS_OK);
  atrous_context_destroy(context);
}

TEST_F(ApiTest, refusesWrongTensors) {
  atrous_context *context;
  ASSERT_EQ(atrous_context_create(model, 1, &context), ATROUS_OK);
  const int64_t half[] = {4, 4}, flat[] = {32};
  struct {
    atrous_tensor in, out;
    atrous_status status;
    const char *text;
  } cases[] = {
      {{x, ATROUS_FLOAT32, 2, half}, out, ATROUS_ERROR_INPUT,
       "input 'x': expected float32 [4, 8], got float32 [4, 4]"},
      {{x, ATROUS_FLOAT64, 2, kShape}, out, ATROUS_ERROR_INPUT,
       "input 'x': expected float32 [4, 8], got float64 [4, 8]"},
      {{x, 99, 2, kShape}, out, ATROUS_ERROR_INPUT,
       "input 'x': expected float32 [4, 8], got unknown [4, 8]"},
      {in, {y, ATROUS_FLOAT32, 1, flat}, ATROUS_ERROR_INPUT,
       "output 'y': expected float32 [4, 8], got float32 [32]"},
      {in, {y, ATROUS_FLOAT32, 0, nullptr}, ATROUS_ERROR_INPUT,
       "output 'y': expected float32 [4, 8], got float32 []"},
      {{x, ATROUS_FLOAT32, 2, nullptr}, out, ATROUS_ERROR_USAGE,
       "input 'x': its shape is missing"},
      {{nullptr, ATROUS_FLOAT32, 2, kShape}, out, ATROUS_ERROR_USAGE,
       "input 'x': its data is null"},
      {{reinterpret_cast<char *>(x) + 1, ATROUS_FLOAT32, 2, kShape}, out,
       ATROUS_ERROR_USAGE, "input 'x': its data is not aligned"}};
  for (auto &wrong : cases) {
    EXPECT_EQ(run(context, wrong.in, wrong.out), wrong.status);
    EXPECT_STREQ(atrous_last_error(), wrong.text);
  }
  EXPECT_EQ(atrous_context_run(context, &in, 1, &out, 0), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(), "expected 1 outputs, got 0");
  EXPECT_EQ(atrous_context_run(context, nullptr, 1, &out, 1),
            ATROUS_ERROR_USAGE);
  EXPECT_EQ(run(context, in, out), ATROUS_OK) << "usable afterwards";
  atrous_context_destroy(context);
}

TEST_F(ApiTest, reportsTheFirstFailureOfAKernel) {
  atrous_context *context;
  ASSERT_EQ(atrous_context_create(model, 1, &context), ATROUS_OK);
  x[0] = -1;
  EXPECT_EQ(run(context, in, out), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(), "node 'N': x[0] is negative");
  x[0] = 1;
  EXPECT_EQ(run(context, in, out), ATROUS_OK) << "usable afterwards";
  atrous_context_destroy(context);
}

TEST_F(ApiTest, refusesWrongCalls) {
  atrous_context *context;
  EXPECT_EQ(atrous_context_create(model, -1, &context), ATROUS_ERROR_USAGE);
  EXPECT_STREQ(atrous_last_error(), "threads: expected 0 to 1024, got -1");
  EXPECT_EQ(atrous_context_create(nullptr, 1, &context), ATROUS_ERROR_USAGE);
  EXPECT_EQ(atrous_context_run(nullptr, nullptr, 0, nullptr, 0),
            ATROUS_ERROR_USAGE);
  EXPECT_EQ(atrous_model_load(nullptr, &model), ATROUS_ERROR_USAGE);
  EXPECT_EQ(atrous_model_from_table(nullptr, &model), ATROUS_ERROR_USAGE);
  atrous_context_destroy(nullptr);
  atrous_model_destroy(nullptr);
}

TEST_F(ApiTest, refusesTablesItCannotRun) {
  atrous_model table = *atrous_model_table(model);
  atrous_loaded_model *other;
  table.abi_version = 99;
  EXPECT_EQ(atrous_model_from_table(&table, &other), ATROUS_ERROR_UNSUPPORTED);
  EXPECT_NE(strstr(atrous_last_error(), "ABI version 99"), nullptr);
  table = *atrous_model_table(model);
  table.struct_size = 8;
  EXPECT_EQ(atrous_model_from_table(&table, &other), ATROUS_ERROR_UNSUPPORTED);

  table = *atrous_model_table(model);
  atrous_tensor_info input = table.inputs[0];
  table.inputs = &input;
  input.dtype = 99;
  EXPECT_EQ(atrous_model_from_table(&table, &other), ATROUS_ERROR_UNSUPPORTED);
  input.dtype = ATROUS_FLOAT32;
  const int64_t huge[] = {INT64_MAX, INT64_MAX};
  input.shape = huge;
  EXPECT_EQ(atrous_model_from_table(&table, &other), ATROUS_ERROR_INPUT);

  table = *atrous_model_table(model);
  table.arena_size = uint64_t(1) << 60;
  ASSERT_EQ(atrous_model_from_table(&table, &other), ATROUS_OK);
  atrous_context *context;
  EXPECT_EQ(atrous_context_create(other, 1, &context), ATROUS_ERROR_RESOURCE);
  atrous_model_destroy(other);

  table = *atrous_model_table(model);
  table.prepared_size = uint64_t(1) << 60;
  ASSERT_EQ(atrous_model_from_table(&table, &other), ATROUS_OK);
  EXPECT_EQ(atrous_context_create(other, 1, &context), ATROUS_ERROR_RESOURCE);
  EXPECT_NE(strstr(atrous_last_error(), "no memory for transformed weights"),
            nullptr);
  atrous_model_destroy(other);
  table.prepared_size = 0;
  for (uint64_t huge : {UINT64_MAX, UINT64_MAX / 2, uint64_t(1) << 60}) {
    table.scratch_size = huge;
    ASSERT_EQ(atrous_model_from_table(&table, &other), ATROUS_OK);
    EXPECT_EQ(atrous_context_create(other, 4, &context), ATROUS_ERROR_RESOURCE);
    atrous_model_destroy(other);
  }
}

TEST_F(ApiTest, keepsTheCallersFloatingPointModes) {
  atrous_context *context;
  ASSERT_EQ(atrous_context_create(model, 1, &context), ATROUS_OK);
  fesetround(FE_UPWARD);
  EXPECT_EQ(run(context, in, out), ATROUS_OK);
  EXPECT_EQ(fegetround(), FE_UPWARD);
  fesetround(FE_TONEAREST);
  atrous_context_destroy(context);
}

TEST_F(ApiTest, oneModelServesManyThreads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 16; ++t)
    threads.emplace_back([&, t] {
      atrous_context *context;
      ASSERT_EQ(atrous_context_create(model, 1 + t % 4, &context), ATROUS_OK);
      for (int i = 0; i < 200; ++i) {
        float a[32], b[32] = {};
        for (int k = 0; k < 32; ++k)
          a[k] = static_cast<float>(t * 1000 + i + k);
        ASSERT_EQ(run(context, {a, ATROUS_FLOAT32, 2, kShape},
                      {b, ATROUS_FLOAT32, 2, kShape}),
                  ATROUS_OK);
        for (int k = 0; k < 32; ++k)
          ASSERT_EQ(b[k], 2 * a[k] + 1);
      }
      atrous_context_destroy(context);
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST_F(ApiTest, runsInAForkedChild) {
  atrous_context *context;
  ASSERT_EQ(atrous_context_create(model, 4, &context), ATROUS_OK);
  ASSERT_EQ(run(context, in, out), ATROUS_OK);
  pid_t child = fork();
  if (child == 0) {
    y[0] = 0;
    bool right = run(context, in, out) == ATROUS_OK && y[0] == 7;
    atrous_context_destroy(context);
    _exit(right ? 0 : 1);
  }
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(run(context, in, out), ATROUS_OK);
  atrous_context_destroy(context);
}

TEST(Dtype, namesAndSizes) {
  EXPECT_EQ(atrous_dtype_size(ATROUS_BFLOAT16), 2u);
  EXPECT_EQ(atrous_dtype_size(8), 0u);
  EXPECT_STREQ(atrous_dtype_name(ATROUS_BOOL), "bool");
  EXPECT_STREQ(atrous_dtype_name(-1), "unknown");
}

} // namespace
