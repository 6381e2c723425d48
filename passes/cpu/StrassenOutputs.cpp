//===- StrassenOutputs.cpp - Outputs of Strassen's product ----------------===//

#include "passes/cpu/Epilogue.h"
#include "passes/cpu/StrassenEmitter.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

void cpu::emitStrassenOutputs(OpBuilder &builder, KernelContext &context,
                              const StrassenProduct &product,
                              const StrassenRows &of, ProductPlace at,
                              const PixelBlock &pixels,
                              const ChannelSlice &slice, Place products) {
  const StrassenPlan &plan = product.plan;
  const ProductShape &shape = product.shape;
  Code code = getCode(builder, context.getLoc(), product.plan.lanes);
  Value zero = code.constant(0);
  SmallVector<Value> ivs(context.root.getNumLoops(), zero);
  setLoops(code, ivs, shape.images, at.image);
  setLoops(code, ivs, shape.groups, at.group);
  // Of a pixel of a part, if it is there: the sums of all parts of channels.
  auto finish = [&](Value pixel, Value block, ArrayRef<Value> sums) {
    Value isThere = builder.create<arith::CmpIOp>(
        code.loc, arith::CmpIPredicate::ult, pixel, code.constant(plan.area));
    auto branch =
        builder.create<scf::IfOp>(code.loc, isThere, /*withElse=*/false);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    setLoops(code, ivs, shape.pixels, pixel);
    for (auto [part, sum] : llvm::enumerate(sums)) {
      if (shape.outBlock)
        ivs[shape.outBlock.dim] = code.add(block, of.first + part * of.blocks);
      emitOutput(builder, code.loc, context, sum, ivs);
    }
  };
  auto transform = [&](Value block, Value number) {
    Value from =
        code.add(products.offset, code.multiply(block, plan.pixelStride()));
    from = code.add(from, code.multiply(number, plan.lanes));
    SmallVector<Value> sums(plan.parts() * of.parts);
    applyLevels(
        builder, code.loc,
        of.isRest ? product.matrices.restOutput : product.matrices.output,
        plan.levels,
        [&](int64_t point) {
          return code.load(products.buffer,
                           code.add(from, point * plan.productPlane(of)));
        },
        [&](int64_t number, Value value) {
          BlockParts parts =
              of.isRest ? BlockParts{number, 0} : getParts(number, plan.levels);
          sums[parts.row * of.parts + parts.column] = value;
        });
    Value pixel = code.add(pixels.first, number);
    for (int64_t part = 0; part < plan.parts(); ++part) {
      finish(pixel, code.add(slice.first, block),
             ArrayRef(sums).slice(part * of.parts, of.parts));
      pixel = code.add(pixel, pixels.count);
    }
  };
  code.loop({zero, slice.count}, [&](Value block) {
    code.loop({zero, pixels.count},
              [&](Value number) { transform(block, number); });
  });
}
