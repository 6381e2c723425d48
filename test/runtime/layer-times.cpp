//===- layer-times.cpp - What each layer of a run takes -------------------===//

#include "runtime/api/atrous.h"
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

/// Three layers: one of 2 ms, one that does not run, and with a positive input
/// one that runs twice, 3 ms each.
atrous_status runLayers(atrous_exec *exec, const atrous_buffer *inputs,
                        atrous_buffer *, void *, const void *) {
  exec->enter_layer(exec, 0);
  usleep(2000);
  exec->enter_layer(exec, -1);
  usleep(2000);
  for (int i = 0; i < 2 && *static_cast<float *>(inputs[0].data) > 0; ++i) {
    exec->enter_layer(exec, 2);
    usleep(3000);
    exec->enter_layer(exec, -1);
  }
  return ATROUS_OK;
}

class LayerTimesTest : public testing::Test {
protected:
  LayerTimesTest() {
    table.struct_size = sizeof(table);
    table.abi_version = ATROUS_ABI_VERSION;
    table.cpu = "x86-64";
    table.cpu_features = "";
    table.num_inputs = 1;
    table.inputs = &info;
    table.run = runLayers;
    table.num_layers = 3;
    EXPECT_EQ(atrous_model_from_table(&table, &model), ATROUS_OK);
    EXPECT_EQ(atrous_context_create(model, 2, &context), ATROUS_OK);
  }
  ~LayerTimesTest() override {
    atrous_context_destroy(context);
    atrous_model_destroy(model);
  }

  void run(float value) {
    atrous_tensor input = {&value, ATROUS_FLOAT32, 0, nullptr};
    ASSERT_EQ(atrous_context_run(context, &input, 1, nullptr, 0), ATROUS_OK)
        << atrous_last_error();
    ASSERT_EQ(atrous_context_layer_times(context, times, 3), ATROUS_OK);
  }

  const atrous_tensor_info info = {"x",     ATROUS_FLOAT32, 0,      nullptr,
                                   nullptr, nullptr,        nullptr};
  atrous_model table = {};
  atrous_loaded_model *model = nullptr;
  atrous_context *context = nullptr;
  uint64_t times[3] = {};
};

TEST_F(LayerTimesTest, sumsTheTimesOfTheLastRun) {
  run(1);
  EXPECT_GE(times[0], 2000000u);
  EXPECT_EQ(times[1], 0u);
  EXPECT_GE(times[2], 6000000u);
  run(0);
  EXPECT_GE(times[0], 2000000u);
  EXPECT_EQ(times[2], 0u);
}

TEST_F(LayerTimesTest, oneThreadsTimeIsThatOfTheProcessor) {
  atrous_context_destroy(context);
  ASSERT_EQ(atrous_context_create(model, 1, &context), ATROUS_OK);
  run(1);
  EXPECT_GT(times[0], 0u);
  EXPECT_LT(times[0], 2000000u) << "it sleeps";
}

TEST_F(LayerTimesTest, refusesWrongCalls) {
  EXPECT_EQ(atrous_context_layer_times(context, times, 2), ATROUS_ERROR_USAGE);
  EXPECT_STREQ(atrous_last_error(), "expected times of 3 layers, got 2");
  EXPECT_EQ(atrous_context_layer_times(nullptr, times, 3), ATROUS_ERROR_USAGE);
  EXPECT_EQ(atrous_context_layer_times(context, nullptr, 3),
            ATROUS_ERROR_USAGE);
}

TEST_F(LayerTimesTest, refusesModelsThatMeasureNothing) {
  atrous_model other = table;
  other.num_layers = 0;
  atrous_loaded_model *plain;
  atrous_context *its;
  ASSERT_EQ(atrous_model_from_table(&other, &plain), ATROUS_OK);
  ASSERT_EQ(atrous_context_create(plain, 1, &its), ATROUS_OK);
  EXPECT_EQ(atrous_context_layer_times(its, times, 3), ATROUS_ERROR_USAGE);
  EXPECT_STREQ(atrous_last_error(), "the model was compiled without profiling");
  atrous_context_destroy(its);
  atrous_model_destroy(plain);
}

} // namespace
