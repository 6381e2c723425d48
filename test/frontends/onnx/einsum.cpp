//===- einsum.cpp - Einsum ------------------------------------------------===//

#include "onnx/onnx_pb.h"
#include "testing.h"

using namespace atrous::testing;

static Imported importEinsum(const char *equation,
                             const char *inputs = "float[3,4] a, float[4,5] b",
                             const char *operands = "a, b") {
  return importGraph(12, std::string("(") + inputs + ") => (float[?] y)",
                     std::string("y = Einsum<equation=\"") + equation + "\">(" +
                         operands + ")");
}

TEST(Einsum, Contracts) {
  EXPECT_IMPORTS(importEinsum("ij,jk->ik"), "-> tensor<3x5xf32>");
  EXPECT_IMPORTS(importEinsum(" ij , jk "), "-> tensor<3x5xf32>");
  EXPECT_IMPORTS(importEinsum("...ij,...jk->...ik",
                              "float[2,3,4] a, float[4,5] b"),
                 "-> tensor<2x3x5xf32>");
  EXPECT_IMPORTS(importEinsum("iij->ij", "float[3,3,4] a", "a"),
                 "-> tensor<3x4xf32>");
  EXPECT_IMPORTS(importEinsum("abc,cd->abd", "float[M,N,4] a, float[4,5] b"),
                 "graph.matmul");
}

TEST(Einsum, Refuses) {
  EXPECT_REFUSED(importEinsum("ij->ij"), "equation has 1 terms for 2 inputs");
  EXPECT_REFUSED(importEinsum("ijk,jk->ik"),
                 "equation has 3 dimensions for input 0 of rank 2");
  EXPECT_REFUSED(importEinsum("i?,jk->ik"), "equation has the character '?'");
  EXPECT_REFUSED(importEinsum("......ij,jk->ik",
                              "float[1,1,1,1,1] a, float[4,5] b"),
                 "equation has two ellipses in one term");
  EXPECT_REFUSED(importEinsum("ij,jk->il"),
                 "equation has the output dimension 'l', which no input has");
  EXPECT_REFUSED(importEinsum("ij,jk->ii"),
                 "equation has the output dimension 'i' twice");
  EXPECT_REFUSED(importEinsum("ii,ik->k"),
                 "equation takes the diagonal of sizes 3 and 4");
  EXPECT_REFUSED(importEinsum("ij,jk->ik", "float[3,4] a, float[3,5] b"), "");
}
