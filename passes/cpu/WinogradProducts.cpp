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

/// What `of` says of that one of `classes` that point number `point` belongs
/// to.
static Value chooseByClass(Code code, ArrayRef<PointClass> classes, Value point,
                           llvm::function_ref<Value(const PointClass &)> of) {
  Value chosen;
  for (const PointClass &candidate : classes) {
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
  Value phases;
};
} // namespace

static PointOperands getOperands(Code code, const WinogradPlan &plan,
                                 ArrayRef<PointClass> classes, Value point,
                                 Place weights, Place inputs) {
  auto elementsBefore = [&](auto before, auto plane) {
    return chooseByClass(code, classes, point, [&](const PointClass &of) {
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
  Value phases =
      chooseByClass(code, classes, point, [&](const PointClass &of) -> Value {
        return code.constant(of.phases);
      });
  return {weights, inputs, phases};
}

namespace {
/// Where a block's products are computed.
struct ProductPlaces {
  int64_t rowGroups;
  Place weights, inputs, products;
  Value blocks; ///< of a slice of the input channels; null for all
};
} // namespace

/// The products at the points of `classes`, for tiles [begin, end) in panels of
/// `columns`. What the last panel computes behind the end is not used.
static void emitPoints(Code code, const WinogradPlan &plan,
                       ArrayRef<PointClass> classes, IndexRange tiles,
                       int64_t columns, const ProductPlaces &at) {
  PanelShape shape{plan.lanes,
                   plan.rows,
                   columns,
                   plan.tileStride(),
                   plan.tileStride(),
                   (at.blocks ? 1 : classes.front().phases) * plan.inSlice};
  IndexRange points{
      code.constant(classes.front().first),
      code.constant(classes.back().first + classes.back().size())};
  Value zero = code.constant(0);
  code.loop(points, [&](Value point) {
    PointOperands operands =
        getOperands(code, plan, classes, point, at.weights, at.inputs);
    Place ofPoint = code.advance(at.products, point, plan.productPlane());
    code.loop({zero, code.constant(at.rowGroups)}, [&](Value rowGroup) {
      Place weights =
          code.advance(operands.weights, rowGroup, plan.weightsSize());
      Place products =
          code.advance(ofPoint, rowGroup, plan.rows * plan.tileStride());
      auto emitPanel = [&](Value tile) {
        Place inputs = code.advance(operands.inputs, tile, plan.lanes);
        Place to = code.advance(products, tile, plan.lanes);
        if (!at.blocks) {
          Value blocks = code.multiply(operands.phases, plan.inBlocks);
          emitPanelProduct(code, shape, weights, inputs, blocks, to);
          return;
        }
        // Slices of several phases do not follow each other.
        code.loop({zero, operands.phases}, [&](Value phase) {
          emitPanelProduct(code, shape,
                           code.advance(weights, phase, plan.weightsPhase()),
                           code.advance(inputs, phase, plan.inputPhase()),
                           at.blocks, to, PanelStore::Add);
        });
      };
      code.loop(tiles, emitPanel, columns);
    });
  });
}

void cpu::emitProducts(OpBuilder &builder, Location loc,
                       const WinogradConv &conv, int64_t rowGroups,
                       Place weights, Place inputs, Value tiles, Place products,
                       std::optional<IndexRange> slice) {
  const WinogradPlan &plan = conv.plan;
  Code code = getCode(builder, loc, plan.lanes);
  ProductPlaces at{rowGroups, weights, inputs, products, {}};
  if (slice) {
    at.inputs = code.advance(inputs, slice->begin, plan.tileStride());
    at.blocks = builder.create<arith::SubIOp>(loc, slice->end, slice->begin);
  }
  if (!plan.hasShorterTiles()) {
    emitPoints(code, plan, plan.classes, {code.constant(0), tiles},
               plan.columns, at);
    return;
  }
  for (const PointClass &of : plan.classes) {
    if (of.tiles == 0)
      continue;
    int64_t columns = fitPieces(of.tiles, plan.columns);
    emitPoints(
        code, plan, of,
        {code.constant(of.firstTile), code.constant(of.firstTile + of.tiles)},
        columns, at);
  }
}
