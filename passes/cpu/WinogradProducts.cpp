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

/// What `of` says of the class that point number `point` belongs to.
static Value chooseByClass(Code code, const WinogradPlan &plan, Value point,
                           llvm::function_ref<Value(const PointClass &)> of) {
  Value chosen;
  for (const PointClass &candidate : plan.classes) {
    Value value = of(candidate);
    if (!chosen) {
      chosen = value;
      continue;
    }
    Value isIn =
        code.b.create<arith::CmpIOp>(code.loc, arith::CmpIPredicate::uge, point,
                                     code.constant(candidate.first));
    chosen = code.b.create<arith::SelectOp>(code.loc, isIn, value, chosen);
  }
  return chosen;
}

namespace {
/// What a point's product is made of.
struct PointOperands {
  Place weights, inputs;
  Value blocks; ///< of input channels, of all phases
};
} // namespace

static PointOperands getOperands(Code code, const WinogradPlan &plan,
                                 Value point, Place weights, Place inputs) {
  auto elementsBefore = [&](auto before, auto plane) {
    return chooseByClass(code, plan, point, [&](const PointClass &of) {
      Value number =
          of.first == 0 ? point
                        : code.b.create<arith::SubIOp>(code.loc, point,
                                                       code.constant(of.first));
      return code.add(code.multiply(number, (plan.*plane)(of)),
                      (plan.*before)(of.first));
    });
  };
  weights.offset =
      code.add(weights.offset, elementsBefore(&WinogradPlan::weightsBefore,
                                              &WinogradPlan::weightsPlane));
  inputs.offset =
      code.add(inputs.offset, elementsBefore(&WinogradPlan::inputsBefore,
                                             &WinogradPlan::inputPlane));
  Value blocks =
      chooseByClass(code, plan, point, [&](const PointClass &of) -> Value {
        return code.constant(of.phases * plan.inBlocks);
      });
  return {weights, inputs, blocks};
}

void cpu::emitProducts(OpBuilder &builder, Location loc,
                       const WinogradConv &conv, int64_t rowGroups,
                       Place weights, Place inputs, Value tiles,
                       Place products) {
  const WinogradPlan &plan = conv.plan;
  Code code = getCode(builder, loc, plan.lanes);
  PanelShape shape{
      plan.lanes,        plan.rows,
      plan.columns,      plan.tileStride(),
      plan.tileStride(), plan.classes.front().phases * plan.inBlocks};
  Value zero = code.constant(0);
  code.loop({zero, code.constant(plan.points())}, [&](Value point) {
    PointOperands operands = getOperands(code, plan, point, weights, inputs);
    Place productsOfPoint = code.advance(products, point, plan.productPlane());
    code.loop({zero, code.constant(rowGroups)}, [&](Value rowGroup) {
      Place weightsAt =
          code.advance(operands.weights, rowGroup, plan.weightsSize());
      Place productsOfRows = code.advance(productsOfPoint, rowGroup,
                                          plan.rows * plan.tileStride());
      auto emitTile = [&](Value tile) {
        emitPanelProduct(code, shape, weightsAt,
                         code.advance(operands.inputs, tile, plan.lanes),
                         operands.blocks,
                         code.advance(productsOfRows, tile, plan.lanes));
      };
      code.loop({zero, tiles}, emitTile, plan.columns);
    });
  });
}
