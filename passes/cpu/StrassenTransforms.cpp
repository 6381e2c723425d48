//===- StrassenTransforms.cpp - Sums of Strassen's product ----------------===//

#include "passes/cpu/FlatOperand.h"
#include "passes/cpu/StrassenEmitter.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

void cpu::emitStrassenWeights(OpBuilder &builder, const KernelContext &context,
                              const StrassenProduct &product,
                              const StrassenRows &of, bool isInRest,
                              Value group, Value rowGroup, Value position,
                              Place weights) {
  const StrassenPlan &plan = product.plan;
  const ProductShape &shape = product.shape;
  const StrassenMatrices &matrices = product.matrices;
  Location loc = context.getLoc();
  Code code = getCode(builder, loc, product.plan.lanes);
  linalg::GenericOp root = context.root;
  FlatOperand source(builder, context, *root.getDpsInputOperand(1));
  auto offset = [&](Loop loop, Value count) {
    return source.getOffset(builder, loc, loop, count);
  };
  const Matrix &matrix =
      isInRest ? (of.isRest ? matrices.restOfRest : matrices.weightsRest)
               : (of.isRest ? matrices.restWeights : matrices.weights);
  // Parts of the input channels, and of the output channels.
  auto getBlock = [&](int64_t number) -> BlockParts {
    if (isInRest)
      return {plan.parts(), of.isRest ? 0 : number};
    return of.isRest ? BlockParts{number, 0} : getParts(number, plan.levels);
  };
  uint64_t points = ~uint64_t(0);
  if (isInRest)
    points &= product.pointsOfInRest();
  if (of.isRest)
    points &= product.pointsOfRestRows();
  Value ahead = offset(shape.inLane, code.constant(kPrefetchedChannels));
  Value fromGroup = getOffset(code, source, shape.groups, group);
  Value inBlock = isInRest ? position : code.add(position, plan.inRest());
  auto transform = [&](Value channel, Value row) {
    Value from = code.add(fromGroup, offset(shape.inLane, channel));
    Value outBlock =
        code.add(code.add(code.multiply(rowGroup, of.rows), row), of.first);
    Value to = code.add(code.multiply(inBlock, plan.lanes), channel);
    to = code.add(code.multiply(to, of.rows), row);
    to = code.add(weights.offset, code.multiply(to, plan.lanes));
    applyLevels(
        builder, loc, matrix, plan.levels,
        [&](int64_t number) {
          BlockParts parts = getBlock(number);
          Value in = code.add(position, parts.row * plan.inPart());
          Value out = code.add(outBlock, parts.column * of.blocks);
          Value at = code.add(
              from, offset(shape.inBlock, code.multiply(in, shape.blockSteps)));
          at = code.add(at, offset(shape.outBlock, out));
          code.prefetch(source.getBuffer(), code.add(at, ahead));
          return code.load(source.getBuffer(), at);
        },
        [&](int64_t point, Value value) {
          if (points >> point & 1)
            code.store(value, weights.buffer,
                       code.add(to, point * plan.weightsPlane(of)));
        });
  };
  code.loop({code.constant(0), code.constant(plan.lanes)}, [&](Value channel) {
    code.loop({code.constant(0), code.constant(of.rows)},
              [&](Value row) { transform(channel, row); });
  });
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

namespace {
/// The pixels of the inputs of a task.
class InputPixels {
public:
  InputPixels(Code code, const KernelContext &context,
              const StrassenProduct &product, ProductPlace at,
              const PixelBlock &pixels)
      : code(code), product(product), pixels(pixels),
        source(code.b, context,
               *linalg::GenericOp(context.root).getDpsInputOperand(0)) {
    start = code.add(getOffset(code, source, product.shape.images, at.image),
                     getOffset(code, source, product.shape.groups, at.group));
  }

  Value getBuffer() const { return source.getBuffer(); }
  /// Where each part's pixel number `number` is. Behind the last pixel stands
  /// the last: no output that there is depends on it.
  SmallVector<Value> getStarts(Value number);
  Value getBlock(Value block) {
    return source.getOffset(code.b, code.loc, product.shape.inBlock,
                            code.multiply(block, product.shape.blockSteps));
  }

private:
  Code code;
  const StrassenProduct &product;
  const PixelBlock &pixels;
  FlatOperand source;
  Value start;
};
} // namespace

SmallVector<Value> InputPixels::getStarts(Value number) {
  Value pixel = code.add(pixels.first, number);
  Value last = code.constant(product.plan.area - 1);
  SmallVector<Value> starts;
  for (int64_t part = 0; part < product.plan.parts(); ++part) {
    Value valid = code.b.create<arith::MinUIOp>(code.loc, pixel, last);
    starts.push_back(
        code.add(start, getOffset(code, source, product.shape.pixels, valid)));
    pixel = code.add(pixel, pixels.count);
  }
  return starts;
}

void cpu::emitStrassenInputs(OpBuilder &builder, const KernelContext &context,
                             const StrassenProduct &product, ProductPlace at,
                             const PixelBlock &pixels,
                             const ChannelSlice &slice, Place inputs) {
  const StrassenPlan &plan = product.plan;
  Code code = getCode(builder, context.getLoc(), product.plan.lanes);
  InputPixels source(code, context, product, at, pixels);
  auto transform = [&](Value block, Value pixel) {
    SmallVector<Value> starts = source.getStarts(pixel);
    Value to = code.add(block, plan.inRest());
    to = code.add(inputs.offset, code.multiply(to, plan.pixelStride()));
    to = code.add(to, code.multiply(pixel, plan.lanes));
    Value number = code.add(slice.first, block);
    applyLevels(
        builder, code.loc, product.matrices.input, plan.levels,
        [&](int64_t number_) {
          BlockParts parts = getParts(number_, plan.levels);
          Value in = code.add(number, parts.column * plan.inPart());
          Value from = code.add(starts[parts.row], source.getBlock(in));
          Value next = source.getBlock(code.constant(1));
          code.prefetch(source.getBuffer(), code.add(from, next));
          return code.load(source.getBuffer(), from);
        },
        [&](int64_t point, Value value) {
          code.store(value, inputs.buffer,
                     code.add(to, point * plan.inputPlane()));
        });
  };
  Value zero = code.constant(0);
  code.loop({zero, slice.count}, [&](Value block) {
    code.loop({zero, pixels.count},
              [&](Value pixel) { transform(block, pixel); });
  });
}

void cpu::emitStrassenInRest(OpBuilder &builder, const KernelContext &context,
                             const StrassenProduct &product, ProductPlace at,
                             const PixelBlock &pixels, Place inputs) {
  const StrassenPlan &plan = product.plan;
  Code code = getCode(builder, context.getLoc(), product.plan.lanes);
  InputPixels source(code, context, product, at, pixels);
  uint64_t points = product.pointsOfInRest();
  Value zero = code.constant(0);
  auto copy = [&](Value block, Value pixel) {
    SmallVector<Value> starts = source.getStarts(pixel);
    Value from = source.getBlock(code.add(block, plan.parts() * plan.inPart()));
    Value to =
        code.add(inputs.offset, code.multiply(block, plan.pixelStride()));
    to = code.add(to, code.multiply(pixel, plan.lanes));
    applyLevels(
        builder, code.loc, product.matrices.inputRest, plan.levels,
        [&](int64_t part) {
          return code.load(source.getBuffer(), code.add(starts[part], from));
        },
        [&](int64_t point, Value value) {
          if (points >> point & 1)
            code.store(value, inputs.buffer,
                       code.add(to, point * plan.inputPlane()));
        });
  };
  code.loop({zero, code.constant(plan.inRest())}, [&](Value block) {
    code.loop({zero, pixels.count}, [&](Value pixel) { copy(block, pixel); });
  });
}
