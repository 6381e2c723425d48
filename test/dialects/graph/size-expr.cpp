//===- size-expr.cpp - Sizes as expressions of named sizes ----------------===//

#include "dialects/graph/SizeExpr.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Matchers.h"
#include "gtest/gtest.h"

using namespace mlir;
using atrous::graph::SizeExpr;

/// The canonical text, or "none".
static std::string canonical(llvm::StringRef text) {
  std::optional<SizeExpr> size = SizeExpr::parse(text);
  return size ? size->str() : "none";
}

TEST(SizeExpr, IsAPolynomial) {
  EXPECT_EQ(canonical("H+W"), "H+W");
  EXPECT_EQ(canonical("W+H"), "H+W");
  EXPECT_EQ(canonical("2*(H+1)-H"), "H+2");
  EXPECT_EQ(canonical("(H+W)*(H-W)"), "H*H-W*W");
  EXPECT_EQ(canonical("-H+H"), "0");
  EXPECT_EQ(canonical("3*7-1"), "20");
}

TEST(SizeExpr, Divides) {
  EXPECT_EQ(canonical("div(H,1)"), "H");
  EXPECT_EQ(canonical("div(7,2)"), "3");
  EXPECT_EQ(canonical("div(2*H+W+5,2)"), "H+div(W+1,2)+2");
  EXPECT_EQ(canonical("div(4*H*W,2*W)"), "2*H");
  EXPECT_EQ(canonical("div(H,2)*2"), "2*div(H,2)");
  // Rounded down, below zero, too.
  EXPECT_EQ(canonical("div(0-7,2)"), "-4");
  EXPECT_EQ(canonical("div(H,0)"), "none");
}

TEST(SizeExpr, OrdersArguments) {
  EXPECT_EQ(canonical("max(W,H)"), "max(H,W)");
  EXPECT_EQ(canonical("max(3,5)"), "5");
  EXPECT_EQ(canonical("max(H,H)"), "H");
  EXPECT_EQ(canonical("bcast(W,H)"), "bcast(H,W)");
  EXPECT_EQ(canonical("bcast(1,H)"), "H");
}

TEST(SizeExpr, Scales) {
  EXPECT_EQ(canonical("scale(H,2)"), "2*H");
  EXPECT_EQ(canonical("scale(H,0.5)"), "div(H,2)");
  EXPECT_EQ(canonical("scale(H,1.5)"), "scale(H,1.5)");
  // 10 * 0.1 in float32 is 1, not the 0 of doubles rounded down.
  EXPECT_EQ(canonical("scale(10,0.1)"), "1");
}

TEST(SizeExpr, TextIsStable) {
  for (llvm::StringRef text : {"H", "2*div(H+1,2)+3", "bcast(div(H,2),W)",
                               "scale(max(H,W),0.75)", "-H+W"})
    EXPECT_EQ(canonical(canonical(text)), canonical(text)) << text.str();
}

TEST(SizeExpr, RefusesJunk) {
  for (llvm::StringRef text : {"", "H+", "(H", "H W", "div(H)", "f(H,2)", "9H",
                               "scale(H,x)", "H**W"})
    EXPECT_EQ(canonical(text), "none") << text.str();
  // Neither the stack nor a coefficient overflows.
  EXPECT_EQ(canonical(std::string(100000, '(')), "none");
  EXPECT_EQ(canonical("9223372036854775807*2*H"), "none");
}

TEST(SizeExpr, NamesAreIdentifiers) {
  EXPECT_EQ(atrous::graph::getSizeName("batch size"), "batch_size");
  EXPECT_EQ(atrous::graph::getSizeName("0"), "_0");
  EXPECT_EQ(atrous::graph::getSizeName(""), "_");
}

/// The value where H is 5 and W is 9.
static int64_t compute(llvm::StringRef text) {
  MLIRContext context;
  context.loadDialect<arith::ArithDialect>();
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  auto builder = OpBuilder::atBlockBegin(module->getBody());
  Location loc = module->getLoc();
  Value value =
      SizeExpr::parse(text)->emit(builder, loc, [&](llvm::StringRef name) {
        return builder.create<arith::ConstantIndexOp>(loc, name == "H" ? 5 : 9)
            .getResult();
      });
  // Constants fold as the ops are folded, innermost first.
  for (Operation &op : llvm::make_early_inc_range(*module->getBody())) {
    SmallVector<Value> folded;
    OpBuilder before(&op);
    if (succeeded(before.tryFold(&op, folded)) && !folded.empty()) {
      if (op.getResult(0) == value)
        value = folded[0];
      op.replaceAllUsesWith(folded);
    }
  }
  APInt number;
  return matchPattern(value, m_ConstantInt(&number)) ? number.getSExtValue()
                                                     : INT64_MIN;
}

TEST(SizeExpr, Computes) {
  EXPECT_EQ(compute("2*H+W-1"), 18);
  EXPECT_EQ(compute("div(H+W+1,4)"), 3);
  EXPECT_EQ(compute("max(H,W)*H"), 45);
  EXPECT_EQ(compute("bcast(H,W)"), 5);
}

TEST(SizeExpr, UnknownNameHasNoValue) {
  MLIRContext context;
  context.loadDialect<arith::ArithDialect>();
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
  auto builder = OpBuilder::atBlockBegin(module->getBody());
  EXPECT_FALSE(SizeExpr::parse("H+1")->emit(
      builder, module->getLoc(), [](llvm::StringRef) { return Value(); }));
}
