//===- StrassenProducts.cpp - Products at the points of a scheme ----------===//

#include "passes/cpu/StrassenEmitter.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

namespace {
class ProductsEmitter {
public:
  ProductsEmitter(Code code, const StrassenProduct &product,
                  const RowSlice &rows, const ChannelSlice &slice,
                  const PixelBlock &pixels, PanelStore store)
      : code(code), product(product), plan(product.plan), of(rows.of),
        rows(rows.slice), slice(slice), pixels(pixels), store(store) {}

  void emitPoint(StrassenOperands at, Value point);
  /// Whether the bit of `point` is set.
  Value test(uint64_t points, Value point);

private:
  Code code;
  const StrassenProduct &product;
  const StrassenPlan &plan;
  const StrassenRows &of;
  const ChannelSlice &rows, &slice;
  const PixelBlock &pixels;
  PanelStore store;
};
} // namespace

Value ProductsEmitter::test(uint64_t points, Value point) {
  Value bits = code.b.create<arith::ShRUIOp>(
      code.loc, code.constant(static_cast<int64_t>(points)), point);
  Value bit = code.b.create<arith::AndIOp>(code.loc, bits, code.constant(1));
  return code.b.create<arith::CmpIOp>(code.loc, arith::CmpIPredicate::ne, bit,
                                      code.constant(0));
}

void ProductsEmitter::emitPoint(StrassenOperands at, Value point) {
  int64_t rest = plan.inRest();
  Value first = code.constant(rest), blocks = slice.count;
  if (store == PanelStore::Replace && rest != 0) {
    Value hasRest = test(product.pointsOfInRest(), point);
    Value zero = code.constant(0);
    blocks = code.b.create<arith::SelectOp>(code.loc, hasRest,
                                            code.add(blocks, rest), blocks);
    first = code.b.create<arith::SelectOp>(code.loc, hasRest, zero, first);
  }
  auto countGroups = [&](Value blocks) -> Value {
    return code.b.create<arith::DivUIOp>(code.loc, blocks,
                                         code.constant(of.rows));
  };
  PanelShape shape{plan.lanes, of.rows, plan.columns, plan.pixelStride(),
                   plan.pixelStride()};
  Place weights = code.advance(at.weights, point, plan.weightsPlane(of));
  weights =
      code.advance(weights, countGroups(rows.first), plan.weightsSize(of));
  weights = code.advance(weights, code.add(slice.first, first),
                         plan.lanes * of.rows * plan.lanes);
  Place inputs = code.advance(at.inputs, point, plan.inputPlane());
  inputs = code.advance(inputs, first, plan.pixelStride());
  Place products = code.advance(at.products, point, plan.productPlane(of));
  Value zero = code.constant(0);
  auto emitTile = [&](Value group, Value pixel) {
    Place to = code.advance(products, group, of.rows * plan.pixelStride());
    emitPanelProduct(code, shape,
                     code.advance(weights, group, plan.weightsSize(of)),
                     code.advance(inputs, pixel, plan.lanes), blocks,
                     code.advance(to, pixel, plan.lanes), store);
  };
  code.loop({zero, countGroups(rows.count)}, [&](Value group) {
    code.loop(
        {zero, pixels.count}, [&](Value pixel) { emitTile(group, pixel); },
        plan.columns);
  });
}

void cpu::emitStrassenProducts(Code code, const StrassenProduct &product,
                               const RowSlice &rows, const ChannelSlice &slice,
                               const PixelBlock &pixels, StrassenOperands at,
                               PanelStore store) {
  ProductsEmitter emitter(code, product, rows, slice, pixels, store);
  Value zero = code.constant(0), end = code.constant(product.plan.points());
  code.loop({zero, end}, [&](Value point) {
    if (!rows.of.isRest)
      return emitter.emitPoint(at, point);
    auto branch = code.b.create<scf::IfOp>(
        code.loc, emitter.test(product.pointsOfRestRows(), point),
        /*withElse=*/false);
    OpBuilder::InsertionGuard guard(code.b);
    code.b.setInsertionPointToStart(branch.thenBlock());
    emitter.emitPoint(at, point);
  });
}
