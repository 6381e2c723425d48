//===- MaterializePadding.cpp - Explicit padding of convolutions ----------===//

#include "dialects/graph/Constants.h"
#include "passes/graph/Passes.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_MATERIALIZEPADDING
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

static bool hasPadding(graph::ConvOp conv) {
  return llvm::any_of(conv.getPads(), [](int64_t pad) { return pad != 0; });
}

/// The input of `conv` with its padding, made where the conv stands.
static Value createPadded(OpBuilder &builder, graph::ConvOp conv,
                          RankedTensorType inputType) {
  Location loc = conv.getLoc();
  ArrayRef<int64_t> pads = conv.getPads();
  size_t spatial = pads.size() / 2;
  // Batch and channels have no padding.
  SmallVector<int64_t> amounts(2, 0), shape(inputType.getShape());
  llvm::append_range(amounts, pads.take_front(spatial));
  amounts.append(2, 0);
  llvm::append_range(amounts, pads.take_back(spatial));
  for (size_t i = 0; i < spatial; ++i)
    shape[i + 2] += pads[i] + pads[spatial + i];
  auto type = RankedTensorType::get(shape, inputType.getElementType());
  return builder.create<graph::PadOp>(
      loc, type, conv.getInput(), graph::createI64Vector(builder, loc, amounts),
      /*value=*/Value(), /*axes=*/Value(), builder.getStringAttr("constant"));
}

namespace {
struct MaterializePadding
    : atrous::impl::MaterializePaddingBase<MaterializePadding> {
  void runOnOperation() override {
    // A pad stands before the first of its users within a block.
    DenseMap<std::tuple<Block *, Value, Attribute>, Value> padded;
    getOperation().walk([&](graph::ConvOp conv) {
      auto type = dyn_cast<RankedTensorType>(conv.getInput().getType());
      if (!hasPadding(conv) || !type || !type.hasStaticShape() ||
          conv.getPads().size() != 2 * size_t(type.getRank() - 2))
        return;
      OpBuilder builder(conv);
      Value &input =
          padded[{conv->getBlock(), conv.getInput(), conv.getPadsAttr()}];
      if (!input)
        input = createPadded(builder, conv, type);
      conv.getInputMutable().assign(input);
      conv.setPads(SmallVector<int64_t>(conv.getPads().size(), 0));
    });
  }
};
} // namespace
