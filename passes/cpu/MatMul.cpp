//===- MatMul.cpp - Product with a matrix in column panels ----------------===//
//
// A register tile of column panels of the right matrix x rows of the left one,
// whose elements are broadcast.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/RegisterTile.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

LogicalResult cpu::emitMatMul(OpBuilder &builder, KernelContext &context) {
  FailureOr<MatMulShape> product = analyzeMatMul(context.root);
  if (failed(product) || !product->lane)
    return context.def.emitError("is scheduled as a product with column "
                                 "panels, but its root is none");
  TileRoles roles;
  roles.lane = product->lane.dim;
  if (product->column)
    roles.row = product->column.dim;
  if (product->row)
    roles.column = product->row.dim;
  for (Loop loop : product->batch)
    roles.addOuter(loop);
  roles.addReduction(product->inner);
  return emitRegisterTile(builder, context, roles);
}
