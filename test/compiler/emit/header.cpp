//===- header.cpp - Hostile names in C ------------------------------------===//

#include "compiler/emit/Header.h"
#include "compiler/emit/Names.h"
#include "test/compiler/emit/testing.h"

using namespace atrous;

namespace {

class HeaderTest : public EmitFixture {};

TEST(Names, makesPrefixes) {
  const std::pair<const char *, const char *> cases[] = {
      {"/a/unet.so", "unet"},         {"yolo-v8 n.so", "yolo_v8_n"},
      {"3d.so", "model_3d"},          {".so", "model"},
      {"pthread.so", "model_pthread"}, {"atrous_context.so",
                                        "model_atrous_context"},
      {"\xc3\xb6.so", "model__"},     {"_x.so", "model__x"}};
  for (auto &[output, prefix] : cases)
    EXPECT_EQ(getPrefix("", output), prefix);
  EXPECT_EQ(getPrefix("n;a()me", "x.so"), "n_a_me");
  EXPECT_LE(getPrefix(std::string(100000, 'x'), "").size(), 64u);
}

TEST(Names, keepsParametersApart) {
  std::vector<TensorDescription> tensors = {
      {"a b", 1, {}}, {"a.b", 1, {}}, {"A.B", 1, {}}, {"a_b_2", 1, {}},
      {"", 1, {}},    {"int", 1, {}}};
  EXPECT_EQ(getParameterNames(tensors, "in"),
            (std::vector<std::string>{"in_a_b", "in_a_b_2", "in_A_B_3",
                                      "in_a_b_2_2", "in_", "in_int"}));
}

TEST(Names, keepsShapesApart) {
  std::vector<TensorDescription> tensors = {
      {"x", 1, {-1}}, {"x_shape", 1, {}}, {"y_shape", 1, {}}, {"y", 1, {-1}}};
  EXPECT_EQ(getParameterNames(tensors, "in"),
            (std::vector<std::string>{"in_x", "in_x_shape_2", "in_y_shape",
                                      "in_y_2"}));
}

TEST_F(HeaderTest, describesSizesKnownAtRunTime) {
  ModelDescription description;
  description.inputs = {{"x", 1, {1, -1, -1, -1}, {"", "*/h", "w", ""},
                         {1, 32, 2, 0}, {1, 64, -1, -1}}};
  description.outputs = {{"y", 7, {-1, 4}}, {"z", 1, {2}}};
  std::string text = createHeader(description, "m");
  for (const char *expected :
       {"#define M_IN_X_SHAPE {1, -1, -1, -1}\n",
        "in_x: float32 [1, _/h (32 to 64), w (at least 2), ?], 'x'",
        "out_y: int64 [?, 4], 'y'",
        "int32_t m_run(m_instance *instance,\n"
        "    const float *in_x, const int64_t *in_x_shape,\n"
        "    int64_t **out_y, int64_t *out_y_shape,\n"
        "    float *out_z);"})
    EXPECT_NE(text.find(expected), std::string::npos) << text;
  EXPECT_EQ(text.find("M_IN_X_SIZE"), std::string::npos);
}

TEST_F(HeaderTest, compilesAsCAndCpp) {
  ModelDescription description;
  description.name = "*/ int evil; /* ?" "?/\\\n#error";
  for (int32_t dtype : {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 16})
    description.inputs.push_back(
        {"*/ t\n\\" + std::to_string(dtype), dtype, {1, 2}});
  description.inputs.push_back({std::string(100000, 'n'), 1, {}});
  description.inputs.push_back({"d", 1, {-1}, {"*/ n /*"}});
  description.outputs = {{"\xff\0%s", 7, {0, INT64_C(1) << 40}}};
  FILE *file = fopen(in("h.h").c_str(), "w");
  fputs(createHeader(description, getPrefix("", "switch.so")).c_str(), file);
  fclose(file);
  for (const char *language : {"c -std=c11", "c++ -std=c++17"})
    runCommand(std::string(C_COMPILER) + " -pedantic -Wall -Wextra -Werror " +
               "-Wno-pragma-once-outside-header -fsyntax-only -x " + language +
               " '" + in("h.h") + "'");
}

} // namespace
