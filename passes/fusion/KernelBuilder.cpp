//===- KernelBuilder.cpp - A cluster of ops as kernel.def -----------------===//

#include "passes/fusion/KernelBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/RegionUtils.h"
#include "passes/fusion/KernelName.h"
#include "passes/fusion/Passes.h"

using namespace mlir;
using namespace atrous;

SmallVector<Value> Cluster::getResults() const {
  SmallVector<Value> results(root->getResults());
  for (linalg::GenericOp op : epilogue)
    for (Value &result : results)
      if (llvm::is_contained(op->getOperands(), result)) {
        result = op->getResult(0);
        break;
      }
  return results;
}

Location Cluster::getLoc() const {
  SmallVector<Location> locs{root->getLoc()};
  for (linalg::GenericOp op : epilogue)
    locs.push_back(op.getLoc());
  return OpBuilder(root).getFusedLoc(locs);
}

namespace {

/// Copies a cluster into the body of a kernel.
class BodyBuilder {
public:
  BodyBuilder(kernel::DefOp def, SmallVectorImpl<Value> &inputs)
      : block(def.getBody().front()), builder(OpBuilder::atBlockEnd(&block)),
        inputs(inputs) {}

  LogicalResult add(Operation *op);
  Value lookup(Value value) { return mapping.lookup(value); }
  void yield(Location loc, ValueRange results) {
    builder.create<kernel::YieldOp>(loc, results);
  }

private:
  LogicalResult provide(Operation *op, Value value);
  LogicalResult provideEmpty(Operation *op, tensor::EmptyOp empty);
  LogicalResult provideInit(Operation *op, OpOperand &init, bool isRead);

  Block &block;
  OpBuilder builder;
  SmallVectorImpl<Value> &inputs;
  IRMapping mapping;
};

} // namespace

/// The kernel's own value for a value of the host function.
LogicalResult BodyBuilder::provide(Operation *op, Value value) {
  if (mapping.contains(value))
    return success();
  Operation *definition = value.getDefiningOp();
  bool isShaped = isa<ShapedType>(value.getType());
  bool isScalarConstant =
      definition && !isShaped && matchPattern(definition, m_Constant());
  if (isScalarConstant) {
    mapping.map(value, builder.clone(*definition)->getResult(0));
    return success();
  }
  if (auto empty = value.getDefiningOp<tensor::EmptyOp>())
    return provideEmpty(op, empty);
  if (!isShaped && !value.getType().isIndex())
    return op->emitError("uses a scalar that is neither constant nor a size");
  mapping.map(value, block.addArgument(value.getType(), value.getLoc()));
  inputs.push_back(value);
  return success();
}

/// A tensor.empty of the kernel's own; its sizes become arguments.
LogicalResult BodyBuilder::provideEmpty(Operation *op, tensor::EmptyOp empty) {
  for (Value size : empty.getDynamicSizes())
    if (failed(provide(op, size)))
      return failure();
  mapping.map(empty.getResult(), builder.clone(*empty, mapping)->getResult(0));
  return success();
}

/// The destination of a result: its linalg.fill where it is read, else
/// uninitialised.
LogicalResult BodyBuilder::provideInit(Operation *op, OpOperand &init,
                                       bool isRead) {
  Value value = init.get();
  if (mapping.contains(value))
    return success();
  auto type = cast<RankedTensorType>(value.getType());
  Location loc = value.getLoc();
  auto fill = value.getDefiningOp<linalg::FillOp>();
  Value dest = fill ? fill.getOutputs()[0] : value;
  SmallVector<Value> sizes;
  if (auto empty = dest.getDefiningOp<tensor::EmptyOp>())
    sizes = llvm::to_vector(empty.getDynamicSizes());
  if (int64_t(sizes.size()) != type.getNumDynamicDims())
    return op->emitError("writes a tensor whose sizes are not given");
  for (Value &size : sizes) {
    if (failed(provide(op, size)))
      return failure();
    size = mapping.lookup(size);
  }
  Value empty = builder.create<tensor::EmptyOp>(loc, type, sizes);
  if (isRead)
    empty = builder
                .create<linalg::FillOp>(
                    loc, mapping.lookup(fill.getInputs()[0]), empty)
                .getResult(0);
  mapping.map(value, empty);
  return success();
}

LogicalResult BodyBuilder::add(Operation *op) {
  auto generic = cast<linalg::GenericOp>(op);
  for (Value input : generic.getInputs())
    if (failed(provide(op, input)))
      return failure();
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  for (Value value : captured)
    if (failed(provide(op, value)))
      return failure();

  for (OpOperand &init : generic.getDpsInitsMutable()) {
    bool isRead = !generic.getMatchingBlockArgument(&init).use_empty();
    auto fill = init.get().getDefiningOp<linalg::FillOp>();
    if (isRead && !fill)
      return op->emitError("accumulates on a tensor that is not a linalg.fill");
    if (isRead && failed(provide(op, fill.getInputs()[0])))
      return failure();
    if (failed(provideInit(op, init, isRead)))
      return failure();
  }
  builder.clone(*op, mapping)->removeAttr(kPartNameAttr);
  return success();
}

FailureOr<kernel::DefOp>
KernelBuilder::createDef(const Cluster &cluster,
                         SmallVectorImpl<Value> &inputs) {
  auto def = builder.create<kernel::DefOp>(
      cluster.getLoc(), "kernel", builder.getFunctionType({}, {}),
      /*sym_visibility=*/StringAttr(), /*arg_attrs=*/ArrayAttr(),
      /*res_attrs=*/ArrayAttr(), /*schedule=*/Attribute());
  def.getBody().emplaceBlock();
  BodyBuilder body(def, inputs);
  SmallVector<Operation *> ops{cluster.root};
  ops.append(cluster.epilogue.begin(), cluster.epilogue.end());
  for (Operation *op : ops)
    if (failed(body.add(op)))
      return failure();
  SmallVector<Value> results;
  for (Value result : cluster.getResults())
    results.push_back(body.lookup(result));
  body.yield(cluster.getLoc(), results);
  def.setFunctionType(builder.getFunctionType(def.getBody().getArgumentTypes(),
                                              TypeRange(ValueRange(results))));
  return def;
}

/// `def` under its name, or the kernel of the same content made before.
kernel::DefOp KernelBuilder::uniqueDef(kernel::DefOp def,
                                       const Cluster &cluster) {
  std::string content;
  llvm::raw_string_ostream stream(content);
  def->print(stream, OpPrintingFlags().useLocalScope());
  auto [it, isNew] = kernels.try_emplace(content, def);
  if (!isNew) {
    def.erase();
    return it->second;
  }
  std::string name = getKernelName(cluster, content);
  if (unsigned clashes = names[name]++)
    name += "_" + std::to_string(clashes);
  def.setSymName(name);
  return def;
}

LogicalResult KernelBuilder::build(const Cluster &cluster) {
  SmallVector<Value> inputs;
  FailureOr<kernel::DefOp> created = createDef(cluster, inputs);
  if (failed(created))
    return failure();
  kernel::DefOp def = uniqueDef(*created, cluster);
  OpBuilder host(cluster.last()->getContext());
  host.setInsertionPointAfter(cluster.last());
  auto launch = host.create<kernel::LaunchOp>(
      cluster.getLoc(), def.getResultTypes(), def.getSymName(), inputs,
      /*outputs=*/ValueRange());
  for (auto [result, replacement] :
       llvm::zip(cluster.getResults(), launch.getResults()))
    result.replaceAllUsesWith(replacement);
  return success();
}
