//===- HostExterns.cpp - Runtime functions and the heap -------------------===//

#include "passes/cpu/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

/// The ONNX node that the op's location names, or nothing.
Value HostLowering::getNodeName() {
  StringRef name;
  loc->walk([&](Location inner) {
    auto named = dyn_cast<NameLoc>(inner);
    if (!named)
      return WalkResult::advance();
    name = named.getName();
    return WalkResult::interrupt();
  });
  return getText(name);
}

/// Says which node runs.
void HostLowering::enterNode(Value name) { store(name, exec, kNodePlace); }

/// Ends the run with `status` where `condition` holds; what is lowered next
/// happens where it does not.
void HostLowering::leaveIf(Value condition, Value status) {
  Block *here = builder.getInsertionBlock();
  Block *next = here->splitBlock(builder.getInsertionPoint());
  builder.setInsertionPointToEnd(here);
  builder.create<cf::CondBranchOp>(loc, condition, exit, ValueRange{status},
                                   next, ValueRange());
  builder.setInsertionPointToStart(next);
}

void HostLowering::failIf(Value condition, StringRef message) {
  Block *here = builder.getInsertionBlock();
  Block *next = here->splitBlock(builder.getInsertionPoint());
  Block *bad = new Block();
  host.getBody().getBlocks().insert(exit->getIterator(), bad);
  builder.setInsertionPointToEnd(here);
  builder.create<cf::CondBranchOp>(loc, condition, bad, ValueRange(), next,
                                   ValueRange());
  builder.setInsertionPointToEnd(bad);
  callMember(exec, kFailPlace, /*result=*/{},
             ValueRange{getNodeName(), getText(message)});
  builder.create<cf::BranchOp>(loc, exit, ValueRange{constant32(kErrorInput)});
  builder.setInsertionPointToStart(next);
}

void HostLowering::lowerCheck(kernel::CheckOp op) {
  Value yes = builder.create<arith::ConstantOp>(loc, builder.getBoolAttr(true));
  Value isBad = builder.create<arith::XOrIOp>(loc, op.getCondition(), yes);
  failIf(isBad, op.getMessage());
}

//===----------------------------------------------------------------------===//
// The heap
//===----------------------------------------------------------------------===//

void HostLowering::storeSizes(ArrayRef<OpFoldResult> values, Value array,
                              int64_t first) {
  for (auto [i, size] : llvm::enumerate(values))
    store(toI64(size), array, 8 * (first + i));
}

/// A block for a dense tensor; ends the run where there is none.
Value HostLowering::allocate(MemRefType type, ArrayRef<OpFoldResult> shape) {
  Value array = sizes;
  if (type.hasStaticShape()) {
    array = getNumbers(type.getShape());
  } else {
    numSizes = std::max(numSizes, type.getRank());
    storeSizes(shape, sizes, 0);
  }
  Value block =
      callMember(exec, kAllocatePlace, pointer,
                 ValueRange{array, constant32(type.getRank()),
                            constant(getElementBytes(type.getElementType()))});
  Value isNull =
      builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq, block, null());
  leaveIf(isNull, constant32(kErrorResource));
  return block;
}

void HostLowering::lowerAlloc(kernel::AllocOp op) {
  auto type = cast<MemRefType>(op.getMemref().getType());
  HostBuffer buffer;
  buffer.offset = number(0);
  buffer.sizes = getMixedValues(type.getShape(), op.getSizes(), builder);
  enterNode(getNodeName());
  buffer.base = buffer.block = allocate(type, buffer.sizes);
  taken[op.getMemref()] = buffer;
}

/// Calls retain or release.
void HostLowering::lowerCount(Value memref, int64_t place) {
  Value block = getBuffer(memref).block;
  bool isOfHeap = !block.getDefiningOp<LLVM::ZeroOp>();
  if (isOfHeap)
    callMember(exec, place, /*result=*/{}, ValueRange{block});
}

//===----------------------------------------------------------------------===//
// Runtime functions
//===----------------------------------------------------------------------===//

/// Describes the operands, then the results, in the array on the stack. What
/// the function allocates has no data, and room for its sizes.
LogicalResult HostLowering::fillBuffers(kernel::ExternOp op) {
  SmallVector<Value> values(op->getOperands());
  llvm::append_range(values, op.getResults());
  numBuffers = std::max<int64_t>(numBuffers, values.size());
  int64_t nextSize = 0;
  for (auto [number, value] : llvm::enumerate(values)) {
    auto type = dyn_cast<MemRefType>(value.getType());
    bool isResult = number >= op->getNumOperands();
    if (!type)
      return op.emitError("passes ") << value.getType() << ", no buffer";
    if (isResult ? !type.getLayout().isIdentity()
                 : !type.hasStaticShape() && !type.getLayout().isIdentity())
      return op.emitError("passes a buffer that is not dense: ") << type;
    Value shape;
    if (type.hasStaticShape() && !isResult) {
      shape = getNumbers(type.getShape());
    } else {
      shape = advance(sizes, 8 * nextSize);
      if (!isResult)
        storeSizes(getBuffer(value).sizes, sizes, nextSize);
      nextSize += type.getRank();
    }
    int64_t dtype = op.getDtypes() ? (*op.getDtypes())[number]
                                   : kernel::getDtype(type.getElementType());
    int64_t place = kBufferBytes * number;
    store(isResult ? null() : getAddress(value), buffers, place);
    store(shape, buffers, place + kShapePlace);
    // Both halves at once, on a little-endian machine.
    store(constant(type.getRank() | dtype << 32), buffers, place + kRankPlace);
  }
  numSizes = std::max(numSizes, nextSize);
  return success();
}

/// Reads what the function allocated, and checks what the types promise.
void HostLowering::takeResults(kernel::ExternOp op) {
  int64_t place = kBufferBytes * op->getNumOperands();
  for (OpResult result : op.getResults()) {
    auto type = cast<MemRefType>(result.getType());
    HostBuffer buffer;
    buffer.base = buffer.block = load(pointer, buffers, place);
    buffer.offset = number(0);
    Value shape = load(pointer, buffers, place + kShapePlace);
    Value isOther;
    for (auto [i, size] : llvm::enumerate(type.getShape())) {
      if (ShapedType::isDynamic(size)) {
        buffer.sizes.push_back(loadSize(shape, i));
        continue;
      }
      buffer.sizes.push_back(number(size));
      Value differs =
          builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::ne,
                                       load(i64, shape, 8 * i), constant(size));
      isOther =
          isOther
              ? builder.create<LLVM::OrOp>(loc, isOther, differs).getResult()
              : differs;
    }
    if (isOther)
      failIf(isOther, "result " + std::to_string(result.getResultNumber()) +
                          " does not have the sizes that were inferred");
    taken[result] = buffer;
    place += kBufferBytes;
  }
}

LogicalResult HostLowering::lowerExtern(kernel::ExternOp op) {
  if (failed(fillBuffers(op)))
    return failure();
  auto function = symbols.lookup<LLVM::LLVMFuncOp>(op.getFunction());
  if (!function) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module.getBody());
    SmallVector<Type> types(4, pointer);
    function = builder.create<LLVM::LLVMFuncOp>(
        loc, op.getFunction(), LLVM::LLVMFunctionType::get(i32, types));
    symbols.insert(function);
  }
  Value node = getNodeName();
  enterNode(node);
  Value arguments = getNumbers(op.getArguments());
  Value status =
      builder
          .create<LLVM::CallOp>(loc, function,
                                ValueRange{exec, buffers, arguments, node})
          .getResult();
  Value failed = builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::ne,
                                              status, constant32(0));
  leaveIf(failed, status);
  takeResults(op);
  return success();
}
