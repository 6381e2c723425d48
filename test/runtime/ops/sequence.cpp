//===- sequence.cpp - Sequences whose tensors the run tells ---------------===//

#include "test/runtime/ops/testing.h"

namespace {

using Floats = std::vector<float>;

// [1 2; 3 4], [5 6 7], 8
const Tensor kData = tensor<float>({8}, {1, 2, 3, 4, 5, 6, 7, 8});
const Tensor kIndex = tensor<int64_t>({3, 3}, {4, 2, 2, 7, 3, -1, 8, -1, -1});
const std::vector<ResultType> kSequence = {{1, ATROUS_FLOAT32},
                                           {2, ATROUS_INT64}};

Tensor position(int64_t value) { return tensor<int64_t>({}, {value}); }

void expectSequence(const OpCall &call, Floats data, Shape shape, Shape index) {
  ASSERT_EQ(call.error, "");
  EXPECT_EQ(call.results[0].values<float>(), data);
  EXPECT_EQ(call.results[1].shape, shape);
  EXPECT_EQ(call.results[1].values<int64_t>(), index);
}

TEST(SequenceConstruct, takesAnyShapes) {
  OpCall call(atrous_sequence_construct,
              {tensor<float>({2, 1}, {1, 2}), tensor<float>({}, {3}),
               tensor<float>({0}, {})},
              {3}, kSequence);
  expectSequence(call, {1, 2, 3}, {3, 3}, {2, 2, 1, 3, -1, -1, 3, 0, -1});
}

OpCall at(Tensor where, int32_t rank, Tensor index = kIndex) {
  return OpCall(atrous_sequence_at, {kData, index, where}, {},
                {{rank, ATROUS_FLOAT32}});
}

TEST(SequenceAt, countsFromBothEnds) {
  EXPECT_EQ(at(position(0), 2).results[0].shape, (Shape{2, 2}));
  EXPECT_EQ(at(position(-2), 1).results[0].values<float>(), (Floats{5, 6, 7}));
  EXPECT_EQ(at(tensor<int32_t>({1}, {2}), 0).results[0].values<float>(),
            Floats{8});
}

TEST(SequenceAt, refusesPositions) {
  EXPECT_EQ(at(position(3), 0).error,
            "n: position is 3, out of range [-3, 2] of a sequence of 3");
  EXPECT_EQ(at(position(-4), 0).error,
            "n: position is -4, out of range [-3, 2] of a sequence of 3");
  EXPECT_EQ(at(position(INT64_MIN), 0).error,
            "n: position is -9223372036854775808, out of range [-3, 2] of a "
            "sequence of 3");
  EXPECT_EQ(at(tensor<int64_t>({2}, {0, 0}), 0).error,
            "n: position has 2 values, expected one");
  EXPECT_EQ(at(position(1), 2).error,
            "n: computes a tensor [3] where the model says of rank 2");
}

// A caller may give any numbers.
TEST(SequenceAt, readsNothingOutsideOfTheData) {
  auto with = [](Shape index, int64_t where) {
    return at(position(where), 1, tensor({2, int64_t(index.size() / 2)}, index))
        .error;
  };
  EXPECT_EQ(with({9, 9, 8, -1}, 0),
            "n: tensor 0 of the sequence ends at 9, of 8 elements");
  EXPECT_EQ(with({-1, 9, 8, 9}, 1),
            "n: tensor 0 of the sequence ends at -1, of 8 elements");
  EXPECT_EQ(with({4, 3, 8, 4}, 0), "n: tensor 0 of the sequence has 4 "
                                   "elements, its sizes say otherwise");
  EXPECT_EQ(with({4, 4, 3, -2}, 1), "n: tensor 1 of the sequence has -1 "
                                    "elements, its sizes say otherwise");
  int64_t big = int64_t(1) << 62;
  EXPECT_EQ(with({0, 0, big, big, 8, 2, 2, 2}, 0),
            "n: tensor 0 of the sequence has 0 elements, its sizes say "
            "otherwise");
  EXPECT_EQ(at(position(0), 1, tensor<int64_t>({1, 0}, {})).error,
            "n: the sequence's index has rows of 0 numbers");
}

OpCall insert(Tensor element, std::vector<Tensor> where, Tensor data = kData,
              Tensor index = kIndex) {
  std::vector<Tensor> inputs = {data, index, element};
  inputs.insert(inputs.end(), where.begin(), where.end());
  return OpCall(atrous_sequence_insert, inputs, {int64_t(where.size())},
                kSequence);
}

TEST(SequenceInsert, putsBeforeAPosition) {
  Tensor nine = tensor<float>({1}, {9});
  expectSequence(insert(nine, {}), {1, 2, 3, 4, 5, 6, 7, 8, 9}, {4, 3},
                 {4, 2, 2, 7, 3, -1, 8, -1, -1, 9, 1, -1});
  expectSequence(insert(nine, {position(3)}), {1, 2, 3, 4, 5, 6, 7, 8, 9},
                 {4, 3}, {4, 2, 2, 7, 3, -1, 8, -1, -1, 9, 1, -1});
  expectSequence(insert(nine, {position(-2)}), {1, 2, 3, 4, 9, 5, 6, 7, 8},
                 {4, 3}, {4, 2, 2, 5, 1, -1, 8, 3, -1, 9, -1, -1});
  EXPECT_EQ(insert(nine, {position(4)}).error,
            "n: position is 4, out of range [-3, 3] of a sequence of 3");
}

TEST(SequenceInsert, makesRoomForRanks) {
  Tensor cube = tensor<float>({1, 1, 1}, {9});
  expectSequence(
      insert(cube, {}, tensor<float>({1}, {1}), tensor<int64_t>({1, 1}, {1})),
      {1, 9}, {2, 4}, {1, -1, -1, -1, 2, 1, 1, 1});
  // An empty sequence may have an index of any width.
  for (int64_t width : {0, 1, 7})
    expectSequence(insert(cube, {}, tensor<float>({0}, {}),
                          tensor<int64_t>({0, width}, {})),
                   {9}, {1, 4}, {1, 1, 1, 1});
}

TEST(SequenceErase, closesTheGap) {
  auto erase = [](std::vector<Tensor> where) {
    std::vector<Tensor> inputs = {kData, kIndex};
    inputs.insert(inputs.end(), where.begin(), where.end());
    return OpCall(atrous_sequence_erase, inputs, {int64_t(where.size())},
                  kSequence);
  };
  expectSequence(erase({}), {1, 2, 3, 4, 5, 6, 7}, {2, 3}, {4, 2, 2, 7, 3, -1});
  expectSequence(erase({position(0)}), {5, 6, 7, 8}, {2, 3},
                 {3, 3, -1, 4, -1, -1});
  EXPECT_EQ(erase({position(3)}).error,
            "n: position is 3, out of range [-3, 2] of a sequence of 3");
  OpCall empty(atrous_sequence_erase,
               {tensor<float>({0}, {}), tensor<int64_t>({0, 1}, {})}, {0},
               kSequence);
  EXPECT_EQ(empty.error, "n: the sequence is empty");
}

const Tensor kMatrix = tensor<float>({2, 3}, {1, 2, 3, 4, 5, 6});

OpCall split(std::vector<Tensor> how, int64_t axis, bool squeeze = false) {
  std::vector<Tensor> inputs = {kMatrix};
  inputs.insert(inputs.end(), how.begin(), how.end());
  return OpCall(atrous_sequence_split, inputs,
                {axis, squeeze, int64_t(how.size())}, kSequence);
}

TEST(SequenceSplit, knowsAllForms) {
  expectSequence(split({}, -1), {1, 4, 2, 5, 3, 6}, {3, 3},
                 {2, 2, 1, 4, 2, 1, 6, 2, 1});
  expectSequence(split({}, 1, true), {1, 4, 2, 5, 3, 6}, {3, 2},
                 {2, 2, 4, 2, 6, 2});
  expectSequence(split({}, 0, true), {1, 2, 3, 4, 5, 6}, {2, 2}, {3, 3, 6, 3});
  expectSequence(split({position(2)}, 1), {1, 2, 4, 5, 3, 6}, {2, 3},
                 {4, 2, 2, 6, 2, 1});
  expectSequence(split({position(INT64_MAX)}, 0), {1, 2, 3, 4, 5, 6}, {1, 3},
                 {6, 2, 3});
  expectSequence(split({tensor<int64_t>({2}, {1, 2})}, 1), {1, 4, 2, 3, 5, 6},
                 {2, 3}, {2, 2, 1, 6, 2, 2});
}

TEST(SequenceSplit, refusesSizes) {
  EXPECT_EQ(split({position(0)}, 0).error, "n: split is 0");
  EXPECT_EQ(split({tensor<int64_t>({2}, {1, 3})}, 1).error,
            "n: split[1] is 3, but 2 of the dimension are left");
  EXPECT_EQ(split({tensor<int64_t>({2}, {-1, 4})}, 1).error,
            "n: split[0] is -1, but 3 of the dimension are left");
  EXPECT_EQ(split({tensor<int64_t>({1}, {2})}, 1).error,
            "n: split leaves 1 of a dimension of size 3");
}

OpCall concat(Tensor data, Tensor index, int64_t axis, bool isNew,
              int32_t rank) {
  return OpCall(atrous_sequence_concat, {data, index}, {axis, isNew},
                {{rank, ATROUS_FLOAT32}});
}

TEST(SequenceConcat, putsSideBySide) {
  Tensor data = tensor<float>({6}, {1, 2, 3, 4, 5, 6});
  Tensor pair = tensor<int64_t>({2, 3}, {2, 2, 1, 6, 2, 2});
  OpCall call = concat(data, pair, -1, false, 2);
  EXPECT_EQ(call.results[0].shape, (Shape{2, 3}));
  EXPECT_EQ(call.results[0].values<float>(), (Floats{1, 3, 4, 2, 5, 6}));
  Tensor vectors = tensor<int64_t>({2, 2}, {3, 3, 6, 3});
  OpCall stacked = concat(data, vectors, -1, true, 2);
  EXPECT_EQ(stacked.results[0].shape, (Shape{3, 2}));
  EXPECT_EQ(stacked.results[0].values<float>(), (Floats{1, 4, 2, 5, 3, 6}));
}

TEST(SequenceConcat, refusesWhatDoesNotFit) {
  EXPECT_EQ(concat(kData, kIndex, 0, false, 2).error,
            "n: tensor 1 of the sequence has rank 1, expected 2");
  EXPECT_EQ(concat(tensor<float>({3}, {1, 2, 3}),
                   tensor<int64_t>({2, 2}, {1, 1, 3, 2}), 0, true, 2)
                .error,
            "n: tensor 1 of the sequence has size 2 in dimension 0, tensor 0 "
            "has 1");
  EXPECT_EQ(
      concat(tensor<float>({0}, {}), tensor<int64_t>({0, 2}, {}), 0, true, 2)
          .error,
      "n: the sequence is empty");
  int64_t big = INT64_MAX;
  EXPECT_EQ(concat(tensor<float>({0}, {}),
                   tensor<int64_t>({2, 3}, {0, 0, big, 0, 0, big}), 1, false, 2)
                .error,
            "n: the tensors of the sequence are too large side by side");
}

} // namespace
