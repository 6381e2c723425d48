//===- HostDispatch.cpp - Which host function runs ------------------------===//

#include "passes/cpu/HostLowering.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

namespace {
/// Writes @atrous_main:
///
///   if (inputs[0].shape[2] == 512 && inputs[0].shape[3] == 512)
///     return main_hint_1(exec, inputs, outputs, arena, constants);
///   return main(exec, inputs, outputs, arena, constants);
class Dispatch {
public:
  explicit Dispatch(ModuleOp module)
      : module(module), loc(module.getLoc()), builder(module.getContext()),
        pointer(LLVM::LLVMPointerType::get(module.getContext())),
        i64(builder.getI64Type()) {}

  void create(const LoweredHost &any, ArrayRef<LoweredHost> hinted);

private:
  Value load(Type type, Value base, int64_t bytes);
  Value compareSizes(const LoweredHost &any, const LoweredHost &hinted);
  void createCall(StringRef name);

  ModuleOp module;
  Location loc;
  OpBuilder builder;
  Type pointer, i64;
  LLVM::LLVMFuncOp function;
};
} // namespace

Value Dispatch::load(Type type, Value base, int64_t bytes) {
  Value place =
      builder.create<LLVM::GEPOp>(loc, pointer, builder.getI8Type(), base,
                                  ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(bytes)});
  return builder.create<LLVM::LoadOp>(loc, type, place);
}

/// Whether the inputs have the sizes that `hinted` knows and `any` does not.
Value Dispatch::compareSizes(const LoweredHost &any,
                             const LoweredHost &hinted) {
  Value fits = builder.create<LLVM::ConstantOp>(loc, builder.getBoolAttr(true));
  for (auto [i, general] : llvm::enumerate(any.inputs)) {
    if (!general.hasRank() || general.hasStaticShape())
      continue;
    Value shape =
        load(pointer, function.getArgument(1), kBufferBytes * i + kShapePlace);
    for (auto [dim, size] : llvm::enumerate(hinted.inputs[i].getShape())) {
      if (!general.isDynamicDim(dim) || ShapedType::isDynamic(size))
        continue;
      Value expected = builder.create<LLVM::ConstantOp>(
          loc, i64, builder.getI64IntegerAttr(size));
      Value isSame = builder.create<LLVM::ICmpOp>(
          loc, LLVM::ICmpPredicate::eq, load(i64, shape, 8 * dim), expected);
      fits = builder.create<LLVM::AndOp>(loc, fits, isSame);
    }
  }
  return fits;
}

/// Returns what the function returns. It is large: not to be copied into here.
void Dispatch::createCall(StringRef name) {
  auto callee = module.lookupSymbol<LLVM::LLVMFuncOp>(name);
  callee.setLinkage(LLVM::Linkage::Internal);
  callee.setNoInline(true);
  auto call =
      builder.create<LLVM::CallOp>(loc, callee, function.getArguments());
  builder.create<LLVM::ReturnOp>(loc, call.getResult());
}

void Dispatch::create(const LoweredHost &any, ArrayRef<LoweredHost> hinted) {
  builder.setInsertionPointToEnd(module.getBody());
  SmallVector<Type> types(5, pointer);
  function = builder.create<LLVM::LLVMFuncOp>(
      loc, kHostName, LLVM::LLVMFunctionType::get(builder.getI32Type(), types));
  Block *here = function.addEntryBlock(builder);
  for (const LoweredHost &host : hinted) {
    builder.setInsertionPointToEnd(here);
    Value fits = compareSizes(any, host);
    Block *taken = function.addBlock(), *next = function.addBlock();
    builder.create<LLVM::CondBrOp>(loc, fits, taken, next);
    builder.setInsertionPointToEnd(taken);
    createCall(host.name);
    here = next;
  }
  builder.setInsertionPointToEnd(here);
  createCall(any.name);
}

void cpu::createDispatch(ModuleOp module, const LoweredHost &any,
                         ArrayRef<LoweredHost> hinted) {
  Dispatch(module).create(any, hinted);
}
