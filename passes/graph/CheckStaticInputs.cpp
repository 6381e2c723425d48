//===- CheckStaticInputs.cpp - Refusing symbolic input sizes --------------===//

#include "passes/graph/Passes.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_CHECKSTATICINPUTS
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

/// "[N, 3, ?, W]": names where the type has them.
static std::string getShapeText(RankedTensorType type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  graph::TensorAttr attr = graph::getTensorAttr(type);
  os << '[';
  for (int64_t i = 0; i < type.getRank(); ++i) {
    os << (i ? ", " : "");
    if (!type.isDynamicDim(i))
      os << type.getDimSize(i);
    else if (attr && !attr.getSymbols().empty() &&
             !attr.getSymbols()[i].getValue().empty())
      os << attr.getSymbols()[i].getValue();
    else
      os << '?';
  }
  os << ']';
  return text;
}

/// "1x3x480x640": an example of sizes, a common picture's for the last two
/// dimensions and 1 for the rest.
static std::string getExampleText(RankedTensorType type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  int64_t rank = type.getRank();
  for (int64_t i = 0; i < rank; ++i) {
    int64_t size = type.getDimSize(i);
    if (type.isDynamicDim(i))
      size = rank < 3 || i < rank - 2 ? 1 : i == rank - 2 ? 480 : 640;
    os << (i ? "x" : "") << size;
  }
  return text;
}

namespace {
struct CheckStaticInputs
    : atrous::impl::CheckStaticInputsBase<CheckStaticInputs> {
  void runOnOperation() override {
    auto main = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!main)
      return;
    std::string facts, remedy;
    for (unsigned i = 0; i < main.getNumArguments(); ++i) {
      auto type = dyn_cast<ShapedType>(main.getArgumentTypes()[i]);
      if (!type || type.hasStaticShape())
        continue;
      auto name = main.getArgAttrOfType<StringAttr>(i, graph::kNameAttr);
      std::string text = name ? name.str() : ("#" + llvm::Twine(i)).str();
      auto ranked = dyn_cast<RankedTensorType>(type);
      facts += (facts.empty() ? "input '" : ", input '") + text +
               (ranked ? "' has symbolic sizes " + getShapeText(ranked)
                       : "' has an unknown number of dimensions");
      remedy += (remedy.empty() ? "" : " ") + ("--shape=" + text) + ":" +
                (ranked ? getExampleText(ranked) : "1x3x480x640");
    }
    if (facts.empty())
      return;
    emitError(main.getLoc()) << facts << "; give them with " << remedy;
    signalPassFailure();
  }
};
} // namespace
