//===- WinogradProducts.cpp - The multiplications of minimal filtering ----===//
//
// At each point a matrix product of output channel blocks x tiles.
//
//===----------------------------------------------------------------------===//

#include "passes/cpu/PanelProduct.h"
#include "passes/cpu/WinogradEmitter.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

void cpu::emitProducts(OpBuilder &builder, Location loc,
                       const WinogradConv &conv, int64_t rowGroups,
                       Place weights, Place inputs, Value tiles,
                       Place products) {
  const WinogradPlan &plan = conv.plan;
  Code code = getCode(builder, loc, conv);
  PanelShape shape{plan.lanes, plan.rows, plan.columns, plan.tileStride(),
                   plan.tileStride()};
  Value zero = code.constant(0);
  auto emitTile = [&](Value point, Value rowGroup, Value tile) {
    Place weightsAt =
        code.advance(code.advance(weights, point, plan.weightsPlane()),
                     rowGroup, plan.weightsSize());
    Place inputsAt = code.advance(
        code.advance(inputs, point, plan.inputPlane()), tile, plan.lanes);
    Place productsAt = code.advance(
        code.advance(code.advance(products, point, plan.productPlane()),
                     rowGroup, plan.rows * plan.tileStride()),
        tile, plan.lanes);
    emitPanelProduct(code, shape, weightsAt, inputsAt,
                     builder.getIndexAttr(plan.inBlocks), productsAt);
  };
  code.loop({zero, code.constant(plan.points())}, [&](Value point) {
    code.loop({zero, code.constant(rowGroups)}, [&](Value rowGroup) {
      code.loop(
          {zero, tiles}, [&](Value tile) { emitTile(point, rowGroup, tile); },
          plan.columns);
    });
  });
}
