//===- Section.cpp - Bytes that the host function is given ----------------===//

#include "passes/memory/Section.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

Value atrous::addSection(func::FuncOp func, int64_t size, StringRef name) {
  Builder builder(func.getContext());
  unsigned number = func.getNumArguments();
  func.insertArgument(number, MemRefType::get(size, builder.getI8Type()),
                      builder.getDictionaryAttr(
                          builder.getNamedAttr(name, builder.getUnitAttr())),
                      func.getLoc());
  return func.getArgument(number);
}

void atrous::replaceBySection(Operation *op, Value section, int64_t offset) {
  OpBuilder builder(op);
  Value shift = builder.create<arith::ConstantIndexOp>(op->getLoc(), offset);
  auto view = builder.create<memref::ViewOp>(
      op->getLoc(), cast<MemRefType>(op->getResult(0).getType()), section,
      shift, ValueRange());
  op->replaceAllUsesWith(view);
  op->erase();
}
