//===- Bufferize.cpp - The host function on buffers -----------------------===//

#include "passes/memory/Passes.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "passes/memory/BufferKernels.h"
#include "passes/memory/Placement.h"
#include "passes/support/TensorBuffer.h"

namespace atrous {
#define GEN_PASS_DEF_BUFFERIZE
#include "passes/memory/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// The one place where sizes must be known: everything after computes with
/// them.
static LogicalResult verifyStatic(Operation *op, TypeRange types) {
  for (Type type : types) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!tensor)
      return op->emitError("value of type ") << type << " has no buffer";
    if (failed(getTensorBytes(tensor)))
      return op->emitError("buffer size of ")
             << type << " is not known or too large";
  }
  return success();
}

static LogicalResult verifyHost(func::FuncOp func) {
  if (!func.getBody().hasOneBlock())
    return func.emitError("control flow between blocks has no buffers");
  if (failed(verifyStatic(func, func.getArgumentTypes())))
    return failure();
  for (Operation &op : func.getBody().front().without_terminator()) {
    if (!isa<kernel::LaunchOp, kernel::ExternOp, arith::ConstantOp,
             tensor::ConcatOp, tensor::InsertSliceOp, tensor::ExtractSliceOp,
             tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::EmptyOp,
             tensor::CastOp>(op))
      return op.emitError("has no form on buffers");
    if (failed(verifyStatic(&op, op.getResultTypes())))
      return failure();
    for (Value operand : op.getOperands())
      if (!isa<TensorType>(operand.getType()))
        return op.emitError("has a dynamic offset or size");
  }
  return success();
}

namespace {
/// Rewrites one host function.
class HostBufferizer {
public:
  HostBufferizer(func::FuncOp func, BufferKernels &kernels)
      : func(func), block(func.getBody().front()), kernels(kernels),
        placement(func), builder(func.getContext()),
        memory(placement.getBuffers().size()) {}
  LogicalResult run();

private:
  void addArguments();
  void addBuffers();
  Value getMemref(const View &view, Type elementType);
  Value getMemref(Value tensor) {
    auto type = cast<RankedTensorType>(tensor.getType());
    return getMemref(placement.getView(tensor), type.getElementType());
  }
  void getOperands(MutableOperandRange inputs, ValueRange results,
                   SmallVectorImpl<Value> &from, SmallVectorImpl<Value> &to);
  LogicalResult convertLaunch(kernel::LaunchOp launch);
  void convertExtern(kernel::ExternOp op);
  void createCopy(const Copy &copy, Location loc);

  func::FuncOp func;
  Block &block;
  BufferKernels &kernels;
  Placement placement;
  OpBuilder builder;
  /// The whole of each buffer.
  SmallVector<Value> memory;
};
} // namespace

static MemRefType getMemRefType(RankedTensorType type) {
  return MemRefType::get(type.getShape(), type.getElementType());
}

/// Puts buffers for inputs and outputs behind the tensor arguments, which go
/// when nothing uses them.
void HostBufferizer::addArguments() {
  SmallVector<DictionaryAttr> attributes;
  auto addArgument = [&](RankedTensorType type, Location loc) {
    return block.addArgument(getMemRefType(type), loc);
  };
  unsigned numInputs = block.getNumArguments();
  auto end = cast<func::ReturnOp>(block.getTerminator());
  SmallVector<Value> inputs, outputs;
  for (unsigned i = 0; i < numInputs; ++i) {
    BlockArgument arg = block.getArgument(i);
    inputs.push_back(
        addArgument(cast<RankedTensorType>(arg.getType()), arg.getLoc()));
    attributes.push_back(func.getArgAttrDict(i));
  }
  for (OpOperand &operand : end->getOpOperands()) {
    outputs.push_back(addArgument(
        cast<RankedTensorType>(operand.get().getType()), end.getLoc()));
    NamedAttrList list(func.getResultAttrDict(operand.getOperandNumber()));
    list.set(kernel::kOutputAttr, builder.getUnitAttr());
    attributes.push_back(list.getDictionary(builder.getContext()));
  }
  for (auto [number, buffer] : llvm::enumerate(placement.getBuffers())) {
    if (buffer.kind == Buffer::Kind::Input)
      memory[number] = inputs[buffer.number];
    else if (buffer.kind == Buffer::Kind::Output)
      memory[number] = outputs[buffer.number];
  }
  SmallVector<Type> types;
  for (BlockArgument arg : block.getArguments().drop_front(numInputs))
    types.push_back(arg.getType());
  func.removeArgAttrsAttr();
  func.removeResAttrsAttr();
  func.setFunctionType(builder.getFunctionType(types, {}));
  func.setAllArgAttrs(attributes);
}

/// Allocations first, in the order in which kernels will write them; constants
/// where they are.
void HostBufferizer::addBuffers() {
  builder.setInsertionPointToStart(&block);
  for (size_t number = memory.size(); number-- > 0;) {
    const Buffer &buffer = placement.getBuffers()[number];
    if (buffer.kind == Buffer::Kind::Arena)
      memory[number] = builder.create<memref::AllocOp>(
          func.getLoc(), getMemRefType(buffer.type));
    if (buffer.kind != Buffer::Kind::Constant)
      continue;
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointAfterValue(buffer.constant);
    memory[number] = builder.create<bufferization::ToMemrefOp>(
        buffer.constant.getLoc(), getMemRefType(buffer.type), buffer.constant);
  }
}

Value HostBufferizer::getMemref(const View &view, Type elementType) {
  Value buffer = memory[view.buffer];
  MemRefType type = view.getType(elementType);
  if (type == buffer.getType())
    return buffer;
  return builder.create<memref::ReinterpretCastOp>(
      buffer.getLoc(), type, buffer, view.offset, view.shape, view.strides);
}

void HostBufferizer::getOperands(MutableOperandRange inputs,
                                 ValueRange results,
                                 SmallVectorImpl<Value> &from,
                                 SmallVectorImpl<Value> &to) {
  for (OpOperand &input : inputs) {
    auto type = cast<RankedTensorType>(input.get().getType());
    from.push_back(
        getMemref(placement.getInputView(input), type.getElementType()));
  }
  for (Value result : results)
    to.push_back(getMemref(result));
}

void HostBufferizer::convertExtern(kernel::ExternOp op) {
  SmallVector<Value> inputs, outputs;
  getOperands(op.getInputsMutable(), op.getResults(), inputs, outputs);
  builder.create<kernel::ExternOp>(op.getLoc(), TypeRange(),
                                   op.getFunctionAttr(), inputs, outputs,
                                   op.getArgumentsAttr(), op.getDtypesAttr());
}

LogicalResult HostBufferizer::convertLaunch(kernel::LaunchOp launch) {
  SmallVector<Value> inputs, outputs;
  getOperands(launch.getInputsMutable(), launch.getResults(), inputs, outputs);
  SmallVector<Value> buffers(inputs);
  llvm::append_range(buffers, outputs);
  kernel::DefOp callee = kernels.getCallee(launch);
  if (!callee)
    return launch.emitError("launches no kernel on tensors");
  FailureOr<kernel::DefOp> def =
      kernels.get(callee, TypeRange(ValueRange(buffers)));
  if (failed(def))
    return failure();
  builder.create<kernel::LaunchOp>(launch.getLoc(), TypeRange(),
                                   def->getSymName(), inputs, outputs);
  return success();
}

void HostBufferizer::createCopy(const Copy &copy, Location loc) {
  Value from = getMemref(copy.from, copy.elementType);
  Value to = getMemref(copy.to, copy.elementType);
  kernel::DefOp def = kernels.getCopy(cast<MemRefType>(from.getType()),
                                      cast<MemRefType>(to.getType()));
  builder.create<kernel::LaunchOp>(loc, TypeRange(), def.getSymName(), from,
                                   to);
}

LogicalResult HostBufferizer::run() {
  SmallVector<Operation *> ops;
  for (Operation &op : block.without_terminator())
    ops.push_back(&op);
  unsigned numTensors = block.getNumArguments();
  addArguments();
  addBuffers();
  auto end = cast<func::ReturnOp>(block.getTerminator());
  ops.push_back(end);
  for (Operation *op : ops) {
    builder.setInsertionPoint(op);
    for (const Copy &copy : placement.getCopies(op))
      createCopy(copy, op->getLoc());
    if (auto launch = dyn_cast<kernel::LaunchOp>(op);
        launch && failed(convertLaunch(launch)))
      return failure();
    if (auto call = dyn_cast<kernel::ExternOp>(op))
      convertExtern(call);
  }
  ops.pop_back();
  end->setOperands({});
  for (Operation *op : llvm::reverse(ops))
    if (op->use_empty())
      op->erase();
  block.eraseArguments(0, numTensors);
  return success();
}

namespace {
struct Bufferize : public atrous::impl::BufferizeBase<Bufferize> {
  void runOnOperation() override {
    BufferKernels kernels(getOperation());
    SmallVector<func::FuncOp> funcs(getOperation().getOps<func::FuncOp>());
    for (func::FuncOp func : funcs) {
      if (func.isExternal())
        continue;
      if (failed(verifyHost(func)) ||
          failed(HostBufferizer(func, kernels).run()))
        return signalPassFailure();
    }
    kernels.eraseTensorKernels();
  }
};
} // namespace
