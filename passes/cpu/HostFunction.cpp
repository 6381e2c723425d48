//===- HostFunction.cpp - Arguments, results and branches of the host -----===//

#include "passes/cpu/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "passes/support/HostFunctions.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

//===----------------------------------------------------------------------===//
// The function, its arguments and results
//===----------------------------------------------------------------------===//

HostLowering::HostLowering(ModuleOp module, func::FuncOp host,
                           ArrayRef<int64_t> made,
                           SmallVectorImpl<LoadPhase> &loadPhases)
    : module(module), host(host), symbols(module), builder(module.getContext()),
      pointer(LLVM::LLVMPointerType::get(module.getContext())),
      i32(builder.getI32Type()), i64(builder.getI64Type()),
      index(builder.getIndexType()), loc(host.getLoc()), made(made),
      loadPhases(loadPhases) {}

/// An array on the stack, of no bytes until `addStackArrays` knows better.
static Value createArray(OpBuilder &builder, Location loc) {
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  Value count = builder.create<LLVM::ConstantOp>(
      loc, builder.getI64Type(), builder.getI64IntegerAttr(0));
  return builder.create<LLVM::AllocaOp>(loc, pointer, builder.getI8Type(),
                                        count, /*alignment=*/8);
}

static void setArraySize(Value array, int64_t bytes) {
  auto alloca = array.getDefiningOp<LLVM::AllocaOp>();
  auto count = alloca.getArraySize().getDefiningOp<LLVM::ConstantOp>();
  if (bytes == 0 && alloca->use_empty()) {
    alloca.erase();
    count.erase();
    return;
  }
  count.setValueAttr(IntegerAttr::get(count.getType(), bytes));
}

/// The memory of an output of static shape that others than this function know
/// no shape of: a block of the heap.
Value HostLowering::makeOutput(MemRefType type, int64_t number) {
  SmallVector<OpFoldResult> shape =
      getAsIndexOpFoldResult(builder.getContext(), type.getShape());
  Value block = allocate(type, shape);
  store(block, outputs, kBufferBytes * number);
  storeSizes(shape, load(pointer, outputs, kBufferBytes * number + kShapePlace),
             0);
  return block;
}

/// Puts the arguments of the ABI in front of the buffers, and takes those
/// apart.
LogicalResult HostLowering::addArguments() {
  FailureOr<SmallVector<int64_t>> numbers = getResultNumbers(host);
  if (failed(numbers))
    return failure();
  resultNumbers = *numbers;
  for (auto [type, number] : llvm::zip(host.getResultTypes(), resultNumbers))
    if (isOfUnknownSize(type) && !llvm::is_contained(made, number))
      return host.emitError("makes output ")
             << number << ", which the caller gives memory for";
  Block &entry = host.getBody().front();
  for (unsigned i = 0; i < 5; ++i)
    entry.insertArgument(i, pointer, loc);
  exec = entry.getArgument(0);
  inputs = entry.getArgument(1);
  outputs = entry.getArgument(2);

  builder.setInsertionPointToStart(&entry);
  slots = createArray(builder, loc);
  buffers = createArray(builder, loc);
  sizes = createArray(builder, loc);
  Value none = null();
  int64_t numInputs = 0, numOutputs = 0;
  for (BlockArgument argument : entry.getArguments().drop_front(5)) {
    unsigned number = argument.getArgNumber() - 5;
    SmallVector<Value> parts{none};
    if (host.getArgAttr(number, kernel::kArenaAttr)) {
      parts.push_back(entry.getArgument(3));
    } else if (host.getArgAttr(number, kernel::kConstantsAttr)) {
      parts.push_back(entry.getArgument(4));
    } else if (host.getArgAttr(number, kernel::kOutputAttr)) {
      while (llvm::is_contained(resultNumbers, numOutputs))
        ++numOutputs;
      auto type = dyn_cast<MemRefType>(argument.getType());
      bool isMade =
          type && type.hasStaticShape() && llvm::is_contained(made, numOutputs);
      parts.push_back(isMade
                          ? makeOutput(type, numOutputs)
                          : load(pointer, outputs, kBufferBytes * numOutputs));
      ++numOutputs;
    } else {
      int64_t place = kBufferBytes * numInputs++;
      parts.push_back(load(pointer, inputs, place));
      auto type = dyn_cast<MemRefType>(argument.getType());
      if (type && !type.hasStaticShape()) {
        Value shape = load(pointer, inputs, place + kShapePlace);
        for (int64_t i = 0; i < type.getRank(); ++i)
          if (type.isDynamicDim(i))
            parts.push_back(loadSize(shape, i));
      }
    }
    auto type = dyn_cast<MemRefType>(argument.getType());
    if (!type || !type.getLayout().isIdentity())
      return host.emitError("argument ")
             << number << " is no dense buffer: " << argument.getType();
    bool isMade = parts.size() == 2 && !type.hasStaticShape();
    if (isMade)
      return host.emitError("argument ")
             << number << " is given, but its sizes are not: " << type;
    if (failed(describe(host, type, parts, taken[argument])))
      return failure();
  }
  return success();
}

void HostLowering::addStackArrays() {
  setArraySize(slots, 8 * numSlots);
  setArraySize(buffers, kBufferBytes * numBuffers);
  setArraySize(sizes, 8 * numSizes);
}

/// Stores what the network makes into the descriptors of its outputs. Those
/// whose memory the caller gives are copied there.
LogicalResult HostLowering::lowerReturn(func::ReturnOp op) {
  for (auto [result, output] :
       llvm::zip_equal(op.getOperands(), resultNumbers)) {
    auto type = dyn_cast<MemRefType>(result.getType());
    if (!type || !type.getLayout().isIdentity())
      return op.emitError("returns ")
             << result.getType() << ", no dense buffer";
    int64_t place = kBufferBytes * output;
    if (!llvm::is_contained(made, output)) {
      int64_t bytes =
          type.getNumElements() * getElementBytes(type.getElementType());
      builder.create<LLVM::MemcpyOp>(loc, load(pointer, outputs, place),
                                     getAddress(result), constant(bytes),
                                     /*isVolatile=*/false);
      continue;
    }
    store(getAddress(result), outputs, place);
    storeSizes(getBuffer(result).sizes,
               load(pointer, outputs, place + kShapePlace), 0);
  }
  builder.create<cf::BranchOp>(loc, exit, ValueRange{constant32(0)});
  return success();
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// Gives blocks the parts of buffers after their other arguments. The buffers
/// go when nothing uses them.
LogicalResult HostLowering::splitBlockArguments() {
  for (Block &block : llvm::drop_begin(host.getBody())) {
    SmallVector<BlockArgument> arguments(block.getArguments());
    for (BlockArgument argument : arguments) {
      auto type = dyn_cast<MemRefType>(argument.getType());
      if (!type)
        continue;
      // Each dynamic part of the type is an argument.
      int64_t dynamic = type.getNumDynamicDims();
      if (auto strided = dyn_cast<StridedLayoutAttr>(type.getLayout()))
        dynamic += llvm::count_if(strided.getStrides(), ShapedType::isDynamic) +
                   ShapedType::isDynamic(strided.getOffset());
      SmallVector<Value> parts;
      for (int64_t i = 0; i < 2 + dynamic; ++i)
        parts.push_back(
            block.addArgument(i < 2 ? pointer : index, argument.getLoc()));
      if (failed(describe(host, type, parts, taken[argument])))
        return failure();
    }
  }
  return success();
}

void HostLowering::lowerBranch(Operation *op) {
  auto branch = cast<BranchOpInterface>(op);
  for (unsigned i = 0; i < op->getNumSuccessors(); ++i) {
    SuccessorOperands operands = branch.getSuccessorOperands(i);
    SmallVector<Value> scalars, parts;
    for (Value operand : operands.getForwardedOperands()) {
      auto type = dyn_cast<MemRefType>(operand.getType());
      if (!type) {
        scalars.push_back(operand);
        continue;
      }
      llvm::append_range(parts, getDynamicParts(type, getBuffer(operand)));
    }
    if (parts.empty())
      continue;
    llvm::append_range(scalars, parts);
    operands.getMutableForwardedOperands().assign(scalars);
  }
}

//===----------------------------------------------------------------------===//
// All ops
//===----------------------------------------------------------------------===//

/// Ops that the upstream conversions take as they are.
static bool isScalarOp(Operation *op) {
  if (isa<func::FuncDialect, kernel::KernelDialect>(op->getDialect()))
    return false;
  auto isScalar = [](Type type) { return type.isIntOrIndexOrFloat(); };
  return llvm::all_of(op->getOperandTypes(), isScalar) &&
         llvm::all_of(op->getResultTypes(), isScalar) &&
         op->getNumRegions() == 0;
}

LogicalResult HostLowering::lowerOp(Operation *op) {
  bool ok = true;
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](memref::ViewOp view) { lowerView(view); })
      .Case([&](memref::ReinterpretCastOp cast) { lowerReinterpretCast(cast); })
      .Case([&](memref::SubViewOp view) { lowerSubView(view); })
      .Case<memref::CastOp, memref::ExpandShapeOp, memref::CollapseShapeOp>(
          [&](auto) { ok = succeeded(lowerAlias(op, op->getOperand(0))); })
      .Case([&](memref::DimOp dim) { ok = succeeded(lowerDim(dim)); })
      .Case([&](memref::LoadOp load) { lowerLoad(load); })
      .Case([&](memref::StoreOp store) { lowerStore(store); })
      .Case([&](memref::CopyOp copy) { ok = succeeded(lowerCopy(copy)); })
      .Case([&](arith::SelectOp pick) { ok = succeeded(lowerSelect(pick)); })
      .Case([&](kernel::LaunchOp run) { ok = succeeded(lowerLaunch(run)); })
      .Case([&](kernel::ExternOp call) { ok = succeeded(lowerExtern(call)); })
      .Case([&](kernel::AllocOp alloc) { lowerAlloc(alloc); })
      .Case([&](kernel::RetainOp retain) {
        lowerCount(retain.getMemref(), kRetainPlace);
      })
      .Case([&](kernel::ReleaseOp release) {
        lowerCount(release.getMemref(), kReleasePlace);
      })
      .Case([&](kernel::CheckOp check) { lowerCheck(check); })
      .Case([&](func::ReturnOp end) { ok = succeeded(lowerReturn(end)); })
      .Default([&](Operation *other) {
        other->emitError("cannot be lowered in the host function");
        ok = false;
      });
  return success(ok);
}

/// Tells the runtime that the layer of `op` begins or is over, if it has a
/// number.
void HostLowering::enterLayer(Operation *op, bool isOver) {
  auto number = op->getAttrOfType<IntegerAttr>(kernel::kLayerAttr);
  if (number)
    callMember(exec, kEnterLayerPlace, /*result=*/{},
               ValueRange{constant32(isOver ? -1 : number.getInt())});
}

LogicalResult HostLowering::lower() {
  SmallVector<Operation *> ops;
  for (Block *block :
       llvm::ReversePostOrderTraversal<Region *>(&host.getBody()))
    for (Operation &op : *block)
      ops.push_back(&op);
  exit = builder.createBlock(&host.getBody(), host.getBody().end(), i32, loc);
  builder.create<func::ReturnOp>(loc, exit->getArgument(0));
  if (failed(addArguments()) || failed(splitBlockArguments()))
    return failure();

  SmallVector<Operation *> done;
  for (Operation *op : ops) {
    loc = op->getLoc();
    builder.setInsertionPoint(op);
    if (isa<BranchOpInterface>(op)) {
      lowerBranch(op);
      continue;
    }
    if (isScalarOp(op))
      continue;
    enterLayer(op, /*isOver=*/false);
    if (failed(lowerOp(op)))
      return failure();
    enterLayer(op, /*isOver=*/true);
    done.push_back(op);
  }
  addStackArrays();
  for (Operation *op : llvm::reverse(done))
    op->erase();
  for (Block &block : host.getBody())
    block.eraseArguments([](BlockArgument argument) {
      return isa<MemRefType>(argument.getType());
    });
  host.removeArgAttrsAttr();
  host.removeResAttrsAttr();
  SmallVector<Type> types(5, pointer);
  host.setFunctionType(builder.getFunctionType(types, i32));
  return success();
}
