//===- MaterializePadding.cpp - Explicit padding of convolutions ----------===//

#include "dialects/graph/Graph.h"
#include "passes/graph/Passes.h"
#include "passes/graph/SpatialPad.h"
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
        input = createSpatialPad(builder, conv.getLoc(), conv.getInput(),
                                 conv.getPads().take_front(type.getRank() - 2),
                                 conv.getPads().take_back(type.getRank() - 2));
      conv.getInputMutable().assign(input);
      conv.setPads(SmallVector<int64_t>(conv.getPads().size(), 0));
    });
  }
};
} // namespace
