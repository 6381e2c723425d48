//===- SizeClasses.cpp - Which sizes of a kernel are the same -------------===//

#include "passes/cpu/SizeClasses.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;

namespace atrous::cpu {

SizeClasses::SizeClasses(kernel::DefOp def) : def(def) {
  for (BlockArgument arg : def.getBody().getArguments())
    if (auto type = dyn_cast<MemRefType>(arg.getType()))
      for (unsigned position = 0; position < type.getRank(); ++position)
        classes.insert({arg.getArgNumber(), position});

  for (auto op : def.getBody().front().getOps<linalg::GenericOp>()) {
    SmallVector<std::optional<Dimension>> walked(op.getNumLoops());
    for (OpOperand &operand : op->getOpOperands()) {
      auto arg = dyn_cast<BlockArgument>(operand.get());
      if (!arg)
        continue;
      AffineMap map = op.getMatchingIndexingMap(&operand);
      for (auto [position, expr] : llvm::enumerate(map.getResults())) {
        auto dim = dyn_cast<AffineDimExpr>(expr);
        if (!dim)
          continue;
        Dimension here{arg.getArgNumber(), static_cast<unsigned>(position)};
        std::optional<Dimension> &other = walked[dim.getPosition()];
        if (other)
          classes.unionSets(*other, here);
        other = here;
      }
    }
  }
}

int64_t SizeClasses::getSizeInType(Dimension dimension) const {
  kernel::DefOp kernel = def;
  auto type = cast<MemRefType>(kernel.getArgumentTypes()[dimension.argument]);
  return type.getDimSize(dimension.position);
}

int64_t SizeClasses::getKnownSize(Dimension dimension) const {
  for (auto member = classes.findLeader(dimension);
       member != classes.member_end(); ++member)
    if (int64_t size = getSizeInType(*member); !ShapedType::isDynamic(size))
      return size;
  return ShapedType::kDynamic;
}

SizeClasses::Dimension SizeClasses::getFirst(Dimension dimension) const {
  Dimension first = dimension;
  for (auto member = classes.findLeader(dimension);
       member != classes.member_end(); ++member)
    if (ShapedType::isDynamic(getSizeInType(*member)))
      first = std::min(first, *member);
  return first;
}

} // namespace atrous::cpu
