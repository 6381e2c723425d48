//===- HostBufferizer.cpp - A host function on buffers --------------------===//

#include "passes/memory/HostBufferizer.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atrous;

static MemRefType getMemRefType(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return MemRefType::get(tensor.getShape(), tensor.getElementType());
}

//===----------------------------------------------------------------------===//
// The function's arguments, and the buffers of a block
//===----------------------------------------------------------------------===//

/// Puts buffers for inputs and outputs of static shape behind the tensor
/// arguments, which go when nothing uses them.
void HostBufferizer::addArguments(Scope &scope) {
  Block &block = scope.block;
  SmallVector<DictionaryAttr> attributes;
  unsigned numInputs = block.getNumArguments();
  auto end = cast<func::ReturnOp>(block.getTerminator());
  SmallVector<Value> inputs, outputs(end->getNumOperands());
  for (unsigned i = 0; i < numInputs; ++i) {
    BlockArgument arg = block.getArgument(i);
    inputs.push_back(
        block.addArgument(getMemRefType(arg.getType()), arg.getLoc()));
    memrefs[arg] = inputs.back();
    constant.insert(inputs.back());
    attributes.push_back(func.getArgAttrDict(i));
    oldArguments.push_back({&block, i});
  }
  for (OpOperand &operand : end->getOpOperands()) {
    if (!isStaticTensor(operand.get()))
      continue;
    unsigned number = operand.getOperandNumber();
    outputs[number] =
        block.addArgument(getMemRefType(operand.get().getType()), end.getLoc());
    NamedAttrList list(func.getResultAttrDict(number));
    list.set(kernel::kOutputAttr, builder.getUnitAttr());
    attributes.push_back(list.getDictionary(builder.getContext()));
  }
  scope.memory.resize(scope.placement.getBuffers().size());
  for (auto [number, buffer] : llvm::enumerate(scope.placement.getBuffers())) {
    if (buffer.kind == Buffer::Kind::Input)
      scope.memory[number] = inputs[buffer.number];
    else if (buffer.kind == Buffer::Kind::Output)
      scope.memory[number] = outputs[buffer.number];
  }
  SmallVector<DictionaryAttr> results;
  for (OpOperand &operand : end->getOpOperands()) {
    if (isStaticTensor(operand.get()))
      continue;
    unsigned number = operand.getOperandNumber();
    NamedAttrList list(func.getResultAttrDict(number));
    list.set(kernel::kOutputNumberAttr, builder.getI64IntegerAttr(number));
    results.push_back(list.getDictionary(builder.getContext()));
  }
  SmallVector<Type> types, resultTypes;
  for (BlockArgument arg : block.getArguments().drop_front(numInputs))
    types.push_back(arg.getType());
  for (Value operand : end->getOperands())
    if (!isStaticTensor(operand))
      resultTypes.push_back(getMemRefType(operand.getType()));
  func.removeArgAttrsAttr();
  func.removeResAttrsAttr();
  func.setFunctionType(builder.getFunctionType(types, resultTypes));
  func.setAllArgAttrs(attributes);
  if (!results.empty())
    func.setAllResultAttrs(results);
}

/// Allocations first, in the order in which kernels will write them; constants
/// where they are.
void HostBufferizer::addBuffers(Scope &scope) {
  builder.setInsertionPointToStart(&scope.block);
  scope.memory.resize(scope.placement.getBuffers().size());
  for (size_t number = scope.memory.size(); number-- > 0;) {
    const Buffer &buffer = scope.placement.getBuffers()[number];
    if (buffer.kind == Buffer::Kind::Arena)
      scope.memory[number] = builder.create<memref::AllocOp>(
          func.getLoc(), getMemRefType(buffer.type));
    if (buffer.kind != Buffer::Kind::Constant)
      continue;
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointAfterValue(buffer.value);
    scope.memory[number] = builder.create<bufferization::ToMemrefOp>(
        buffer.value.getLoc(), getMemRefType(buffer.type), buffer.value);
    constant.insert(scope.memory[number]);
  }
}

//===----------------------------------------------------------------------===//
// Where tensors are
//===----------------------------------------------------------------------===//

Value HostBufferizer::getMemref(Scope &scope, const View &view,
                                Type elementType) {
  // The buffers of values of other blocks are found when they are asked for.
  scope.memory.resize(scope.placement.getBuffers().size());
  Value &memory = scope.memory[view.buffer];
  if (!memory) {
    const Buffer &buffer = scope.placement.getBuffers()[view.buffer];
    memory = getMemref(buffer.value);
  }
  MemRefType type = view.getType(elementType);
  if (type == memory.getType())
    return memory;
  return builder.create<memref::ReinterpretCastOp>(
      memory.getLoc(), type, memory, view.offset, view.shape, view.strides);
}

Value HostBufferizer::getMemref(Value tensor) {
  if (Value known = memrefs.lookup(tensor))
    return known;
  for (std::unique_ptr<Scope> &scope : scopes)
    if (&scope->block == tensor.getParentBlock())
      return getMemref(*scope, scope->placement.getView(tensor),
                       getElementTypeOrSelf(tensor));
  return {};
}

/// The buffer that a view shows.
static Value getRoot(Value memref) {
  while (auto view = memref.getDefiningOp<ViewLikeOpInterface>())
    memref = view.getViewSource();
  return memref;
}

/// A buffer of `tensor` that outlives the block and is never written again: a
/// block of the heap, an input or a constant; else a copy.
Value HostBufferizer::getOwned(Value tensor, Location loc) {
  Value memref = getMemref(tensor), root = getRoot(memref);
  bool isArgument = isa<BlockArgument>(root);
  bool isOutput = isArgument && isa<func::FuncOp>(
                                    root.getParentBlock()->getParentOp()) &&
                  !constant.contains(root);
  bool isArena = !isArgument && isa<memref::AllocOp>(root.getDefiningOp());
  if (!isArena && !isOutput)
    return memref;
  auto type = getMemRefType(tensor.getType());
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(builder.create<memref::DimOp>(loc, memref, dim));
  Value copy = builder.create<kernel::AllocOp>(loc, type, sizes);
  createCopy(loc, memref, copy);
  return copy;
}

void HostBufferizer::createCopy(Location loc, Value from, Value to) {
  kernel::DefOp def = kernels.getCopy(cast<MemRefType>(from.getType()),
                                      cast<MemRefType>(to.getType()));
  builder.create<kernel::LaunchOp>(loc, TypeRange(), def.getSymName(), from,
                                   to);
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

LogicalResult HostBufferizer::convertOp(Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](kernel::LaunchOp launch) { return convertLaunch(launch); })
      .Case([&](kernel::ExternOp call) {
        convertExtern(call);
        return success();
      })
      .Case([&](tensor::EmptyOp empty) { return convertEmpty(empty); })
      .Case([&](tensor::CastOp cast) { return convertCast(cast); })
      .Case([&](tensor::ReshapeOp reshape) { return convertReshape(reshape); })
      .Case([&](tensor::FromElementsOp elements) {
        return convertElements(elements);
      })
      .Case<tensor::DimOp, tensor::ExtractOp, cf::AssertOp>(
          [&](Operation *scalar) {
            convertScalars(scalar);
            return success();
          })
      .Case([&](scf::IfOp branch) { return convertIf(branch); })
      .Case([&](scf::WhileOp loop) { return convertWhile(loop); })
      .Case([&](func::ReturnOp end) { return convertReturn(end); })
      // Placement has done these; scalars stay.
      .Case<tensor::ConcatOp, tensor::InsertSliceOp, tensor::ExtractSliceOp,
            tensor::ExpandShapeOp, tensor::CollapseShapeOp>(
          [](Operation *) { return success(); })
      .Default([](Operation *other) -> LogicalResult {
        bool isScalar = isa<arith::ArithDialect>(other->getDialect()) &&
                        (isa<arith::ConstantOp>(other) || !isOnTensors(other));
        if (isScalar || isa<scf::SCFDialect>(other->getDialect()))
          return success();
        return other->emitError("has no form on buffers");
      });
}

bool atrous::isOnTensors(Operation *op) {
  return llvm::any_of(op->getOperandTypes(), llvm::IsaPred<TensorType>) ||
         llvm::any_of(op->getResultTypes(), llvm::IsaPred<TensorType>);
}

LogicalResult HostBufferizer::convertBlock(Scope &scope) {
  addBuffers(scope);
  SmallVector<Operation *> ops;
  for (Operation &op : scope.block)
    if (!isa<memref::AllocOp, bufferization::ToMemrefOp>(op))
      ops.push_back(&op);
  for (Operation *op : ops) {
    builder.setInsertionPoint(op);
    for (const Copy &copy : scope.placement.getCopies(op)) {
      Value from = getMemref(scope, copy.from, copy.elementType);
      createCopy(op->getLoc(), from,
                 getMemref(scope, copy.to, copy.elementType));
    }
    if (failed(convertOp(op)))
      return failure();
    if (isOnTensors(op) && !isa<arith::ConstantOp>(op))
      converted.push_back(op);
  }
  return success();
}

/// Dynamic outputs are results, in blocks of the heap that the caller takes.
LogicalResult HostBufferizer::convertReturn(func::ReturnOp end) {
  SmallVector<Value> results;
  for (Value operand : end->getOperands()) {
    if (isStaticTensor(operand))
      continue;
    Value memref = getOwned(operand, end.getLoc());
    if (constant.contains(getRoot(memref))) {
      // An input or a constant itself is not the caller's to keep.
      SmallVector<Value> sizes;
      auto type = cast<MemRefType>(memref.getType());
      for (int64_t dim = 0; dim < type.getRank(); ++dim)
        if (type.isDynamicDim(dim))
          sizes.push_back(
              builder.create<memref::DimOp>(end.getLoc(), memref, dim));
      Value copy = builder.create<kernel::AllocOp>(end.getLoc(), type, sizes);
      createCopy(end.getLoc(), memref, copy);
      memref = copy;
    }
    results.push_back(memref);
  }
  end->setOperands(results);
  return success();
}

LogicalResult HostBufferizer::run() {
  Block &body = func.getBody().front();
  scopes.push_back(std::make_unique<Scope>(body));
  addArguments(*scopes.back());
  if (failed(convertBlock(*scopes.back())))
    return failure();
  for (Operation *op : converted) {
    op->dropAllUses();
    op->dropAllReferences();
  }
  for (Operation *op : llvm::reverse(converted))
    op->erase();
  for (auto [block, number] : llvm::reverse(oldArguments)) {
    block->getArgument(number).dropAllUses();
    block->eraseArgument(number);
  }
  func.walk([](arith::ConstantOp constant) {
    if (constant->use_empty())
      constant->erase();
  });
  return success();
}
