//===- HostValues.cpp - Constants, addresses and calls of the host --------===//

#include "passes/cpu/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

int64_t cpu::getElementBytes(Type type) {
  return llvm::divideCeil(type.isIndex() ? 64 : type.getIntOrFloatBitWidth(),
                          8);
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

Value HostLowering::constant(int64_t value) {
  return builder.create<LLVM::ConstantOp>(loc, i64,
                                          builder.getI64IntegerAttr(value));
}

Value HostLowering::constant32(int32_t value) {
  return builder.create<LLVM::ConstantOp>(loc, i32,
                                          builder.getI32IntegerAttr(value));
}

Value HostLowering::null() {
  return builder.create<LLVM::ZeroOp>(loc, pointer);
}

Value HostLowering::toI64(OpFoldResult size) {
  if (std::optional<int64_t> value = getConstantIntValue(size))
    return constant(*value);
  return builder.create<arith::IndexCastOp>(loc, i64, cast<Value>(size));
}

Value HostLowering::toIndex(OpFoldResult size) {
  if (auto value = dyn_cast<Value>(size))
    return value;
  return builder.create<arith::ConstantIndexOp>(loc,
                                                *getConstantIntValue(size));
}

OpFoldResult HostLowering::multiply(OpFoldResult lhs, OpFoldResult rhs) {
  std::optional<int64_t> a = getConstantIntValue(lhs);
  std::optional<int64_t> b = getConstantIntValue(rhs);
  if (a && b)
    return number(*a * *b);
  if (a == 1)
    return rhs;
  if (b == 1)
    return lhs;
  return builder.create<arith::MulIOp>(loc, toIndex(lhs), toIndex(rhs))
      .getResult();
}

OpFoldResult HostLowering::add(OpFoldResult lhs, OpFoldResult rhs) {
  std::optional<int64_t> a = getConstantIntValue(lhs);
  std::optional<int64_t> b = getConstantIntValue(rhs);
  if (a && b)
    return number(*a + *b);
  if (a == 0)
    return rhs;
  if (b == 0)
    return lhs;
  return builder.create<arith::AddIOp>(loc, toIndex(lhs), toIndex(rhs))
      .getResult();
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

Value HostLowering::advance(Value base, int64_t bytes) {
  if (bytes == 0)
    return base;
  // An index that is part of the op has few bits; weights lie further away.
  bool isNear = llvm::isInt<LLVM::kGEPConstantBitWidth>(bytes);
  LLVM::GEPArg offset = isNear ? LLVM::GEPArg(bytes) : constant(bytes);
  return builder.create<LLVM::GEPOp>(loc, pointer, builder.getI8Type(), base,
                                     ArrayRef<LLVM::GEPArg>{offset});
}

Value HostLowering::advance(Value base, OpFoldResult bytes) {
  if (std::optional<int64_t> value = getConstantIntValue(bytes))
    return advance(base, *value);
  LLVM::GEPArg offset = toI64(bytes);
  return builder.create<LLVM::GEPOp>(loc, pointer, builder.getI8Type(), base,
                                     ArrayRef<LLVM::GEPArg>{offset});
}

Value HostLowering::load(Type type, Value base, int64_t bytes) {
  return builder.create<LLVM::LoadOp>(loc, type, advance(base, bytes));
}

void HostLowering::store(Value value, Value base, int64_t bytes) {
  builder.create<LLVM::StoreOp>(loc, value, advance(base, bytes));
}

Value HostLowering::loadSize(Value array, int64_t number) {
  Value size = load(i64, array, 8 * number);
  return builder.create<arith::IndexCastOp>(loc, index, size);
}

//===----------------------------------------------------------------------===//
// Calls and globals
//===----------------------------------------------------------------------===//

Value HostLowering::callMember(Value context, int64_t place, Type result,
                               ValueRange arguments) {
  SmallVector<Value> operands{load(pointer, context, place), context};
  llvm::append_range(operands, arguments);
  SmallVector<Type> types{pointer};
  llvm::append_range(types, arguments.getTypes());
  Type none = LLVM::LLVMVoidType::get(builder.getContext());
  auto type = LLVM::LLVMFunctionType::get(result ? result : none, types);
  auto call = builder.create<LLVM::CallOp>(loc, type, operands);
  return result ? call.getResult() : Value();
}

/// The address of a constant of the module, one for all of the same content.
Value HostLowering::createGlobal(Type type, StringRef name, Attribute value) {
  LLVM::GlobalOp &global = globals[value];
  if (!global) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module.getBody());
    global = builder.create<LLVM::GlobalOp>(
        loc, type, /*isConstant=*/true, LLVM::Linkage::Private, name, value);
    symbols.insert(global);
  }
  return builder.create<LLVM::AddressOfOp>(loc, global);
}

Value HostLowering::getNumbers(ArrayRef<int64_t> numbers) {
  // An empty array has no address in LLVM; nothing reads the one element.
  SmallVector<int64_t> values(numbers);
  if (values.empty())
    values.push_back(0);
  auto content = DenseIntElementsAttr::get(
      RankedTensorType::get(values.size(), i64), values);
  return createGlobal(LLVM::LLVMArrayType::get(i64, values.size()), "numbers",
                      content);
}

Value HostLowering::getText(StringRef text) {
  std::string content = text.str();
  content.push_back('\0');
  return createGlobal(
      LLVM::LLVMArrayType::get(builder.getI8Type(), content.size()), "text",
      builder.getStringAttr(content));
}
