//===- sequence.cpp - SequenceConstruct, SequenceInsert, SequenceAt ... ---===//

#include "test/frontends/onnx/testing.h"

using namespace atrous::testing;

/// Imports nodes on two tensors and a position.
static Imported importPair(llvm::StringRef nodes,
                           llvm::StringRef output = "float[?] y") {
  return importGraph(17,
                     "(float[2,3] a, float[2,5] b, int64 p) => (" +
                         output.str() +
                         ") <int64 zero = {0}, "
                         "int64 last = {-1}, int64 two = {2}>",
                     nodes);
}

// Where positions are known, no op remains of a sequence.
TEST(Sequence, ListsLeaveNoOp) {
  Imported at =
      importPair("s = SequenceConstruct(a, b) y = SequenceAt(s, last)");
  EXPECT_IMPORTS(at, "return %arg1");
  EXPECT_FALSE(at.has("sequence"));
  EXPECT_IMPORTS(importPair("e = SequenceEmpty() s = SequenceInsert(e, a) "
                            "t = SequenceInsert(s, b, zero) "
                            "y = SequenceAt(t, zero)"),
                 "return %arg1");
  EXPECT_IMPORTS(importPair("s = SequenceConstruct(a, b, a) "
                            "t = SequenceErase(s, zero) u = SequenceErase(t) "
                            "y = SequenceAt(u, zero)"),
                 "return %arg1");
  EXPECT_IMPORTS(importPair("s = SequenceConstruct(a, b, a) "
                            "t = Identity(s) y = SequenceLength(t)",
                            "int64 y"),
                 "graph.constant dense<3>");
}

TEST(Sequence, PositionsOfTheRunLeaveThem) {
  Imported at = importPair("s = SequenceConstruct(a, b) y = SequenceAt(s, p)");
  EXPECT_IMPORTS(at, "graph.sequence_construct %arg0, %arg1");
  EXPECT_IMPORTS(at, "-> tensor<2x?xf32>");
  EXPECT_IMPORTS(importPair("s = SequenceConstruct(a, b) "
                            "t = SequenceInsert(s, a, p) "
                            "y = SequenceAt(t, zero)"),
                 "-> (tensor<22xf32>, tensor<3x3xi64>)");
  EXPECT_IMPORTS(importPair("s = SequenceConstruct(a, b) "
                            "t = SequenceErase(s, p) y = SequenceLength(t)",
                            "int64 y"),
                 "graph.sequence_erase");
  // Once for two readers, where the list is known.
  EXPECT_EQ(importPair("s = SequenceConstruct(a, b) c = SequenceAt(s, p) "
                       "d = SequenceAt(s, p) t = SequenceConstruct(c, d) "
                       "y = ConcatFromSequence<axis=1>(t)")
                .count("graph.sequence_construct"),
            1u);
}

TEST(Sequence, RefusesPositions) {
  EXPECT_REFUSED(importPair("s = SequenceConstruct(a, b) "
                            "y = SequenceAt(s, two)"),
                 "position is 2, out of range [-2, 1] of a sequence of 2");
  EXPECT_REFUSED(importPair("s = SequenceConstruct(a) "
                            "t = SequenceInsert(s, b, two) "
                            "y = SequenceAt(t, zero)"),
                 "position is 2, out of range [-1, 1] of a sequence of 1");
  EXPECT_REFUSED(importPair("s = SequenceConstruct(a) "
                            "t = SequenceErase(s, two) "
                            "y = SequenceAt(t, zero)"),
                 "position is 2, out of range [-1, 0] of a sequence of 1");
  EXPECT_REFUSED(importPair("s = SequenceEmpty() y = SequenceAt(s, p)"),
                 "SequenceAt:17 'y': the sequence is empty");
  EXPECT_REFUSED(importPair("s = SequenceEmpty() t = SequenceErase(s) "
                            "y = SequenceAt(t, p)"),
                 "SequenceErase:17 't': the sequence is empty");
  EXPECT_REFUSED(importPair("s = SequenceEmpty() y = ConcatFromSequence"
                            "<axis=0>(s)"),
                 "the sequence is empty");
}

TEST(Sequence, RefusesTypes) {
  EXPECT_REFUSED(importPair("s = SequenceEmpty<dtype=7>() "
                            "t = SequenceInsert(s, a) y = SequenceAt(t, p)"),
                 "inserts tensor(float) into a sequence of tensor(int64)");
  EXPECT_REFUSED(importPair("s = SequenceEmpty<dtype=8>() "
                            "t = SequenceInsert(s, a) y = SequenceAt(t, p)"),
                 "attribute dtype is 8 (string)");
  EXPECT_REFUSED(importPair("s = SequenceConstruct(a, p) "
                            "y = SequenceAt(s, p)"),
                 "input 1 ('p') has type tensor(int64), but input 0");
  EXPECT_REFUSED(importPair("s = SequenceConstruct(a) y = Relu(s)"),
                 "input 0 ('s') has type seq(tensor(float)), which the "
                 "operator does not take");
  EXPECT_REFUSED(importPair("y = SequenceLength(a)", "int64 y"),
                 "input 0 ('a') has type tensor(float), which the operator");
}

//===----------------------------------------------------------------------===//
// SplitToSequence, ConcatFromSequence
//===----------------------------------------------------------------------===//

static Imported importSplit(llvm::StringRef split,
                            llvm::StringRef input = "float[2,7] x") {
  return importGraph(17,
                     "(" + input.str() +
                         ", int64 s, int64[2] v, int64[n] w) => (seq(float[?]) "
                         "y) <int64 three = {3}, int64[2] parts = {3, 4}, "
                         "int64 zero = {0}, int64[1] short = {3}>",
                     "y = SplitToSequence" + split.str());
}

TEST(SplitToSequence, GivesAListWhereItCan) {
  Imported ones = importSplit("<axis=-1>(x)");
  EXPECT_IMPORTS(ones, "graph.name = \"y[6]\"");
  EXPECT_EQ(ones.count("graph.slice"), 7u);
  EXPECT_IMPORTS(importSplit("<axis=1, keepdims=0>(x)"),
                 "tensor<2xf32> {graph.name = \"y[6]\"");
  // keepdims says something only without sizes.
  EXPECT_IMPORTS(importSplit("<axis=1, keepdims=0>(x, three)"),
                 "tensor<2x1xf32> {graph.name = \"y[2]\"");
  EXPECT_IMPORTS(importSplit("<axis=1>(x, parts)"),
                 "tensor<2x4xf32> {graph.name = \"y[1]\"");
  EXPECT_IMPORTS(importSplit("<axis=1>(x, v)"), "graph.split %arg0, %arg2");
}

TEST(SplitToSequence, LeavesTheRestToTheRun) {
  EXPECT_IMPORTS(importSplit("<axis=1>(x, s)"),
                 "graph.sequence_split %arg0, %arg1 {axis = 1 : i64}");
  EXPECT_IMPORTS(importSplit("<axis=1>(x, w)"),
                 "graph.sequence_split %arg0, %arg3");
  EXPECT_IMPORTS(importSplit("<axis=1, keepdims=0>(x)", "float[2,k] x"),
                 "{axis = 1 : i64, squeeze}");
  EXPECT_IMPORTS(importSplit("<axis=1>(x)", "float[2,65] x"),
                 "graph.sequence_split");
}

TEST(SplitToSequence, RefusesSizes) {
  EXPECT_REFUSED(importSplit("(x, zero)"), "split is 0");
  EXPECT_REFUSED(importSplit("<axis=1>(x, short)"),
                 "split sizes add up to 3, but the dimension has size 7");
  EXPECT_REFUSED(importSplit("<axis=2>(x)"), "axis is 2, but the rank is 2");
  EXPECT_REFUSED(importSplit("(x, x)", "int64[2,2] x"),
                 "split must have rank 0 or 1");
}

TEST(ConcatFromSequence, IsConcat) {
  EXPECT_IMPORTS(importPair("s = SequenceConstruct(a, b) "
                            "y = ConcatFromSequence<axis=1>(s)"),
                 "graph.concat %arg0, %arg1 {axis = 1 : i64}");
  EXPECT_IMPORTS(importPair("s = SequenceConstruct(a, a) "
                            "y = ConcatFromSequence<axis=-1, new_axis=1>(s)"),
                 "-> tensor<2x3x2xf32>");
  EXPECT_IMPORTS(importPair("s = SequenceConstruct(a, b) "
                            "t = SequenceErase(s, p) "
                            "y = ConcatFromSequence<axis=1>(t)"),
                 "graph.sequence_concat");
  EXPECT_REFUSED(importPair("s = SequenceConstruct(a, b) "
                            "y = ConcatFromSequence<axis=1, new_axis=2>(s)"),
                 "new_axis is 2; expected 0 or 1");
}
