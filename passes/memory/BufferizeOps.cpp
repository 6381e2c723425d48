//===- BufferizeOps.cpp - Ops of the host function on buffers -------------===//

#include "passes/memory/HostBufferizer.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace atrous;

static MemRefType getMemRefType(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return MemRefType::get(tensor.getShape(), tensor.getElementType());
}

//===----------------------------------------------------------------------===//
// Kernels and runtime functions
//===----------------------------------------------------------------------===//

/// The tensor.empty that result `number` of a kernel is written to.
static tensor::EmptyOp getDestination(kernel::DefOp def, unsigned number) {
  Value value = def.getBody().front().getTerminator()->getOperand(number);
  while (value) {
    Operation *op = value.getDefiningOp();
    if (auto empty = dyn_cast_or_null<tensor::EmptyOp>(op))
      return empty;
    auto result = dyn_cast<OpResult>(value);
    auto linalgOp = dyn_cast_or_null<linalg::LinalgOp>(op);
    if (!result || !linalgOp)
      return {};
    value = linalgOp.getDpsInits()[result.getResultNumber()];
  }
  return {};
}

/// A block of the heap for a result of dynamic shape, whose sizes are operands
/// of the launch.
FailureOr<Value> HostBufferizer::allocateResult(kernel::LaunchOp launch,
                                                unsigned number) {
  kernel::DefOp def = kernels.getCallee(launch);
  tensor::EmptyOp empty = getDestination(def, number);
  if (!empty)
    return launch.emitError("result ") << number << " has no sizes";
  SmallVector<Value> sizes;
  for (Value size : empty.getDynamicSizes()) {
    auto arg = dyn_cast<BlockArgument>(size);
    if (!arg)
      return launch.emitError("result ") << number << " has a computed size";
    sizes.push_back(launch.getInputs()[arg.getArgNumber()]);
  }
  return builder
      .create<kernel::AllocOp>(launch.getLoc(), getMemRefType(empty.getType()),
                               sizes)
      .getResult();
}

LogicalResult HostBufferizer::convertLaunch(kernel::LaunchOp launch) {
  kernel::DefOp callee = kernels.getCallee(launch);
  if (!callee)
    return launch.emitError("launches no kernel on tensors");
  SmallVector<Value> inputs, outputs;
  for (OpOperand &input : launch.getInputsMutable())
    inputs.push_back(isa<TensorType>(input.get().getType())
                         ? getMemref(input.get())
                         : input.get());
  for (OpResult result : launch.getResults()) {
    if (isStaticTensor(result)) {
      outputs.push_back(getMemref(result));
      continue;
    }
    FailureOr<Value> memref = allocateResult(launch, result.getResultNumber());
    if (failed(memref))
      return failure();
    memrefs[result] = *memref;
    outputs.push_back(*memref);
  }
  SmallVector<Value> buffers(inputs);
  llvm::append_range(buffers, outputs);
  FailureOr<kernel::DefOp> def =
      kernels.get(callee, TypeRange(ValueRange(buffers)));
  if (failed(def))
    return failure();
  Value workspace;
  if (auto bytes =
          (*def)->getAttrOfType<IntegerAttr>(kernel::kWorkspaceAttr))
    workspace = builder.create<memref::AllocOp>(
        launch.getLoc(),
        MemRefType::get(bytes.getInt(), builder.getI8Type()));
  auto made = builder.create<kernel::LaunchOp>(launch.getLoc(), TypeRange(),
                                               def->getSymName(), inputs,
                                               outputs, workspace);
  if (!(*def)->hasAttr(kernel::kPreparedAttr))
    return success();
  auto number = (*def)->getAttrOfType<IntegerAttr>(kernel::kAtLoadAttr);
  Attribute constant;
  if (!number || number.getInt() < 0 ||
      number.getInt() >= int64_t(inputs.size()) ||
      !matchPattern(launch.getInputs()[number.getInt()], m_Constant(&constant)))
    return launch.emitError("'")
           << kernel::kAtLoadAttr << "' of its kernel is no constant here";
  made->setAttr(kernel::kPreparedAttr,
                builder.getI64IntegerAttr(kernels.getPrepared(*def, constant)));
  return success();
}

void HostBufferizer::convertExtern(kernel::ExternOp op) {
  SmallVector<Value> inputs, outputs;
  Scope &scope = *scopes.back();
  for (OpOperand &input : op.getInputsMutable())
    inputs.push_back(isStaticTensor(input.get())
                         ? getMemref(scope,
                                     scope.placement.getInputView(input),
                                     getElementTypeOrSelf(input.get()))
                         : getMemref(input.get()));
  bool allocates = op.getOutputs().empty();
  SmallVector<Type> types;
  for (OpResult result : op.getResults()) {
    if (allocates)
      types.push_back(getMemRefType(result.getType()));
    else
      outputs.push_back(getMemref(result));
  }
  auto call = builder.create<kernel::ExternOp>(
      op.getLoc(), types, op.getFunctionAttr(), inputs, outputs,
      op.getArgumentsAttr(), op.getDtypesAttr(), op.getUpdatesInputAttr());
  if (allocates)
    for (auto [result, memref] : llvm::zip(op.getResults(), call.getResults()))
      memrefs[result] = memref;
}

//===----------------------------------------------------------------------===//
// Shapes and scalars
//===----------------------------------------------------------------------===//

LogicalResult HostBufferizer::convertEmpty(tensor::EmptyOp op) {
  if (!isStaticTensor(op))
    memrefs[op] = builder.create<kernel::AllocOp>(
        op.getLoc(), getMemRefType(op.getType()), op.getDynamicSizes());
  return success();
}

LogicalResult HostBufferizer::convertCast(tensor::CastOp op) {
  if (isStaticTensor(op.getSource()) && isStaticTensor(op))
    return success();
  memrefs[op] = builder.createOrFold<memref::CastOp>(
      op.getLoc(), getMemRefType(op.getType()), getMemref(op.getSource()));
  return success();
}

/// A dense buffer of these sizes upon the memory of another.
Value HostBufferizer::createReshaped(Location loc, Value memref,
                                     ArrayRef<OpFoldResult> sizes,
                                     RankedTensorType type) {
  SmallVector<OpFoldResult> strides(sizes.size(), builder.getIndexAttr(1));
  for (int64_t i = int64_t(sizes.size()) - 2; i >= 0; --i) {
    std::optional<int64_t> size = getConstantIntValue(sizes[i + 1]);
    std::optional<int64_t> inner = getConstantIntValue(strides[i + 1]);
    if (size && inner) {
      strides[i] = builder.getIndexAttr(*size * *inner);
      continue;
    }
    strides[i] = builder
                     .create<arith::MulIOp>(
                         loc,
                         getValueOrCreateConstantIndexOp(builder, loc,
                                                         strides[i + 1]),
                         getValueOrCreateConstantIndexOp(builder, loc,
                                                         sizes[i + 1]))
                     .getResult();
  }
  // Dense strides are those of the identity layout, whatever their values.
  SmallVector<int64_t> staticStrides;
  SmallVector<Value> dynamicStrides;
  dispatchIndexOpFoldResults(strides, dynamicStrides, staticStrides);
  auto strided = MemRefType::get(
      type.getShape(), type.getElementType(),
      StridedLayoutAttr::get(builder.getContext(), 0, staticStrides));
  Value view = builder.create<memref::ReinterpretCastOp>(
      loc, strided, memref, builder.getIndexAttr(0), sizes, strides);
  return builder.createOrFold<memref::CastOp>(loc, getMemRefType(type), view);
}

LogicalResult HostBufferizer::convertReshape(tensor::ReshapeOp op) {
  Location loc = op.getLoc();
  auto type = cast<RankedTensorType>(op.getType());
  auto given = op.getShape().getDefiningOp<tensor::FromElementsOp>();
  DenseIntElementsAttr known;
  bool isKnown = matchPattern(op.getShape(), m_Constant(&known)) &&
                 known.getElementType().isIndex();
  SmallVector<OpFoldResult> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    if (!type.isDynamicDim(dim)) {
      sizes.push_back(builder.getIndexAttr(type.getDimSize(dim)));
      continue;
    }
    if (isKnown) {
      sizes.push_back(builder.getIndexAttr(known.getValues<int64_t>()[dim]));
      continue;
    }
    if (given && given.getType().getElementType().isIndex()) {
      sizes.push_back(given.getElements()[dim]);
      continue;
    }
    Value position = builder.create<arith::ConstantIndexOp>(loc, dim);
    Value size =
        builder.create<memref::LoadOp>(loc, getMemref(op.getShape()), position);
    sizes.push_back(builder.createOrFold<arith::IndexCastOp>(
        loc, builder.getIndexType(), size));
  }
  memrefs[op] = createReshaped(loc, getMemref(op.getSource()), sizes, type);
  return success();
}

LogicalResult HostBufferizer::convertElements(tensor::FromElementsOp op) {
  // Targets of reshapes are read where they are made.
  if (op.getType().getElementType().isIndex()) {
    if (!llvm::all_of(op->getUsers(), llvm::IsaPred<tensor::ReshapeOp>))
      return op.emitError("makes a tensor of indices");
    return success();
  }
  Location loc = op.getLoc();
  Value memref = getMemref(op);
  ArrayRef<int64_t> shape = op.getType().getShape();
  for (auto [number, element] : llvm::enumerate(op.getElements())) {
    SmallVector<Value> position;
    int64_t rest = number;
    for (int64_t size : llvm::reverse(shape)) {
      position.push_back(
          builder.create<arith::ConstantIndexOp>(loc, rest % size));
      rest /= size;
    }
    std::reverse(position.begin(), position.end());
    builder.create<memref::StoreOp>(loc, element, memref, position);
  }
  return success();
}

void HostBufferizer::convertScalars(Operation *op) {
  Location loc = op->getLoc();
  if (auto assertion = dyn_cast<cf::AssertOp>(op)) {
    builder.create<kernel::CheckOp>(loc, assertion.getArg(),
                                    assertion.getMsgAttr());
    assertion.erase();
    return;
  }
  Value scalar;
  if (auto dim = dyn_cast<tensor::DimOp>(op))
    scalar = builder.createOrFold<memref::DimOp>(
        loc, getMemref(dim.getSource()), dim.getIndex());
  else if (auto extract = dyn_cast<tensor::ExtractOp>(op))
    scalar = builder.create<memref::LoadOp>(loc, getMemref(extract.getTensor()),
                                            extract.getIndices());
  op->getResult(0).replaceAllUsesWith(scalar);
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

static SmallVector<Type> convertTypes(TypeRange types) {
  SmallVector<Type> result;
  for (Type type : types)
    result.push_back(isa<TensorType>(type) ? Type(getMemRefType(type)) : type);
  return result;
}

void HostBufferizer::convertResults(Operation *from, Operation *to) {
  for (auto [result, replacement] :
       llvm::zip(from->getResults(), to->getResults())) {
    if (isa<TensorType>(result.getType()))
      memrefs[result] = replacement;
    else
      result.replaceAllUsesWith(replacement);
  }
}

/// Moves the block of `from` and converts it. Its terminator passes on buffers
/// that outlive it.
LogicalResult HostBufferizer::convertRegion(Region &from, Region &to) {
  if (from.empty())
    return success();
  OpBuilder::InsertionGuard guard(builder);
  to.takeBody(from);
  Block &block = to.front();
  unsigned count = block.getNumArguments();
  for (unsigned i = 0; i < count; ++i) {
    BlockArgument arg = block.getArgument(i);
    Type type = arg.getType();
    bool isTensor = isa<TensorType>(type);
    BlockArgument converted = block.addArgument(
        isTensor ? Type(getMemRefType(type)) : type, arg.getLoc());
    if (isTensor)
      memrefs[arg] = converted;
    else
      arg.replaceAllUsesWith(converted);
    oldArguments.push_back({&block, i});
  }
  scopes.push_back(std::make_unique<Scope>(block));
  if (failed(convertBlock(*scopes.back())))
    return failure();
  Operation *end = block.getTerminator();
  builder.setInsertionPoint(end);
  for (OpOperand &operand : end->getOpOperands())
    if (isa<TensorType>(operand.get().getType()))
      operand.set(getOwned(operand.get(), end->getLoc()));
  llvm::erase(converted, end);
  scopes.pop_back();
  return success();
}

LogicalResult HostBufferizer::convertIf(scf::IfOp op) {
  auto branch = builder.create<scf::IfOp>(
      op.getLoc(), convertTypes(op.getResultTypes()), op.getCondition(),
      /*addThenBlock=*/false, /*addElseBlock=*/false);
  if (failed(convertRegion(op.getThenRegion(), branch.getThenRegion())) ||
      failed(convertRegion(op.getElseRegion(), branch.getElseRegion())))
    return failure();
  convertResults(op, branch);
  // The old op has no bodies any more, and goes even where it made no tensor.
  if (!isOnTensors(op))
    converted.push_back(op);
  return success();
}

LogicalResult HostBufferizer::convertWhile(scf::WhileOp op) {
  SmallVector<Value> inits;
  for (Value init : op.getInits())
    inits.push_back(isa<TensorType>(init.getType())
                        ? getOwned(init, op.getLoc())
                        : init);
  auto loop = builder.create<scf::WhileOp>(
      op.getLoc(), convertTypes(op.getResultTypes()), inits);
  if (failed(convertRegion(op.getBefore(), loop.getBefore())) ||
      failed(convertRegion(op.getAfter(), loop.getAfter())))
    return failure();
  convertResults(op, loop);
  if (!isOnTensors(op))
    converted.push_back(op);
  return success();
}
