//===- KernelName.cpp - What a kernel is called ---------------------------===//

#include "passes/fusion/KernelName.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"
#include "passes/fusion/Passes.h"
#include "passes/support/ConvAnalysis.h"
#include "passes/support/KernelBody.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace atrous;

/// "3x3"; dynamic sizes are "n".
static std::string join(ArrayRef<int64_t> sizes) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  auto print = [&](int64_t size) {
    if (ShapedType::isDynamic(size))
      stream << "n";
    else
      stream << size;
  };
  llvm::interleave(sizes, stream, print, "x");
  return text;
}

/// What the root does, from its structure.
static StringRef describe(Operation *root) {
  auto generic = cast<linalg::GenericOp>(root);
  if (succeeded(analyzeDepthwise(generic)))
    return "depthwise_conv";
  if (succeeded(analyzeConv(generic)))
    return "conv";
  if (succeeded(analyzeMatMul(generic)))
    return "matmul";
  if (generic.getNumReductionLoops() > 0)
    return "reduce";
  if (!isElementwise(generic))
    return "gather";
  return llvm::hasSingleElement(*generic.getBody()) ? "copy" : "elementwise";
}

static std::string getParts(const Cluster &cluster) {
  auto part = [](Operation *op) -> StringRef {
    StringRef structure = describe(op);
    auto name = op->getAttrOfType<StringAttr>(kPartNameAttr);
    return name && structure != "depthwise_conv" ? name.getValue() : structure;
  };
  std::string parts = part(cluster.root).str();
  for (linalg::GenericOp op : cluster.epilogue)
    parts += "_" + part(op).str();
  return parts;
}

/// The distinct element types, outputs first.
static std::string getTypes(const Cluster &cluster) {
  llvm::SetVector<Type> types;
  for (Value result : cluster.root->getResults())
    types.insert(getElementTypeOrSelf(result));
  for (Value operand : cluster.root->getOperands())
    if (isa<ShapedType>(operand.getType()) &&
        !operand.getDefiningOp<tensor::EmptyOp>())
      types.insert(getElementTypeOrSelf(operand));
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::interleave(types, stream, "_");
  return text;
}

static std::string withBlocks(size_t spatialRank, int64_t lanes) {
  StringRef spatial = StringRef("dhw").take_back(spatialRank);
  return ("nc" + spatial + Twine(lanes) + "c").str();
}

/// Strides and dilations that are not all 1, after a letter: "s2", "d6x12".
static std::string getSteps(char letter, ArrayRef<int64_t> steps) {
  if (llvm::all_of(steps, [](int64_t step) { return step == 1; }))
    return "";
  std::string text =
      llvm::all_equal(steps) ? std::to_string(steps.front()) : join(steps);
  return letter + text;
}

template <typename Shape> static std::string getWindow(const Shape &shape) {
  SmallVector<int64_t> kernel;
  for (Loop loop : shape.kernel)
    kernel.push_back(loop.size);
  return join(kernel) + getSteps('s', shape.strides) +
         getSteps('d', shape.dilations);
}

/// `<layout>__<shape-class>`.
static std::string getShape(Operation *root) {
  if (auto generic = dyn_cast<linalg::GenericOp>(root)) {
    if (auto conv = analyzeConv(generic); succeeded(conv))
      return withBlocks(conv->out.size(), conv->outLane.size) + "__" +
             getWindow(*conv);
    if (auto conv = analyzeDepthwise(generic); succeeded(conv))
      return withBlocks(conv->out.size(), conv->lane.size) + "__" +
             getWindow(*conv);
    if (auto product = analyzeMatMul(generic); succeeded(product))
      return (product->lane ? "panels" : "plain") + std::string("__") +
             join({product->row.size, product->column.size * product->lane.size,
                   product->inner.size});
  }
  auto type = cast<ShapedType>(root->getResult(0).getType());
  std::string sizes = join(type.getShape());
  return "rank" + std::to_string(type.getRank()) + "__" +
         (sizes.empty() ? "scalar" : sizes);
}

std::string atrous::getKernelName(const Cluster &cluster, StringRef content) {
  constexpr unsigned kHashDigits = 6;
  std::string hash = llvm::utohexstr(llvm::xxh3_64bits(content),
                                     /*LowerCase=*/true, /*Width=*/16);
  return getParts(cluster) + "__" + getTypes(cluster) + "__" +
         getShape(cluster.root) + "__" + hash.substr(0, kHashDigits);
}
