//===- HostPrepare.cpp - What runs when a model is loaded -----------------===//

#include "passes/cpu/HostLowering.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// The offset of a view of the constants section.
static std::optional<int64_t> getConstantOffset(func::FuncOp host,
                                                Value buffer) {
  auto view = buffer.getDefiningOp<memref::ViewOp>();
  auto section = view ? dyn_cast<BlockArgument>(view.getSource()) : nullptr;
  // The arguments of the ABI stand in front of those that have attributes.
  if (!section || !section.getOwner()->isEntryBlock() ||
      section.getArgNumber() < 5 ||
      !host.getArgAttr(section.getArgNumber() - 5, kernel::kConstantsAttr))
    return std::nullopt;
  return getConstantIntValue(view.getByteShift());
}

/// Notes what `kernel` wants to have run at load for this launch. The slots are
/// filled: operands, sizes, workspace, prepared memory.
LogicalResult HostLowering::addLoadPhases(kernel::LaunchOp op,
                                          LLVM::LLVMFuncOp kernel) {
  auto phases = kernel->getAttrOfType<ArrayAttr>(kernel::kLoadPhasesAttr);
  if (!phases)
    return success();
  auto number = kernel->getAttrOfType<IntegerAttr>(kernel::kAtLoadAttr);
  auto place = op->getAttrOfType<IntegerAttr>(kernel::kPreparedAttr);
  std::optional<int64_t> constant;
  if (number && number.getInt() >= 0 &&
      number.getInt() < int64_t(op.getInputs().size()))
    constant = getConstantOffset(host, op.getInputs()[number.getInt()]);
  if (!constant || !place)
    return op.emitError("passes ")
           << op.getCalleeAttr() << " no constant to prepare";
  // The last argument but for the range of tasks and the scratch memory.
  int64_t slot =
      kernel.getNumArguments() - 3 - kernel->hasAttr(kernel::kScratchAttr);
  for (auto name : phases.getAsRange<FlatSymbolRefAttr>()) {
    FailureOr<Phase> phase = findPhase(kernel, name);
    if (failed(phase))
      return failure();
    LoadPhase made{getTaskFunction(phase->function),
                   phase->tasks,
                   number.getInt(),
                   *constant,
                   slot,
                   place.getInt()};
    auto isKnown = [&](const LoadPhase &other) {
      return other.task == made.task &&
             other.preparedOffset == made.preparedOffset;
    };
    if (llvm::none_of(loadPhases, isKnown))
      loadPhases.push_back(made);
  }
  return success();
}

namespace {
/// Writes @atrous_prepare(exec, constants, prepared): for each phase
///
///   slots[i] = constants + offset;
///   slots[k] = prepared + offset;
///   exec->parallel_for(exec, task, slots, tasks);
class Prepare {
public:
  explicit Prepare(ModuleOp module)
      : loc(module.getLoc()), builder(module.getBodyRegion()),
        pointer(LLVM::LLVMPointerType::get(module.getContext())),
        i64(builder.getI64Type()) {
    builder.setInsertionPointToEnd(module.getBody());
  }

  void create(ArrayRef<LoadPhase> phases);

private:
  Value constant(int64_t value) {
    return builder.create<LLVM::ConstantOp>(loc, i64,
                                            builder.getI64IntegerAttr(value));
  }
  Value advance(Value base, int64_t bytes) {
    return builder.create<LLVM::GEPOp>(
        loc, pointer, builder.getI8Type(), base,
        ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(constant(bytes))});
  }

  Location loc;
  OpBuilder builder;
  Type pointer, i64;
};
} // namespace

void Prepare::create(ArrayRef<LoadPhase> phases) {
  auto none = LLVM::LLVMVoidType::get(builder.getContext());
  auto function = builder.create<LLVM::LLVMFuncOp>(
      loc, kPrepareName,
      LLVM::LLVMFunctionType::get(none, {pointer, pointer, pointer}));
  builder.setInsertionPointToStart(function.addEntryBlock(builder));
  int64_t numSlots = 0;
  for (const LoadPhase &phase : phases)
    numSlots =
        std::max({numSlots, phase.constantSlot + 1, phase.preparedSlot + 1});
  Value exec = function.getArgument(0);
  Value slots = builder.create<LLVM::AllocaOp>(
      loc, pointer, pointer, constant(numSlots), /*alignment=*/8);
  Value parallelFor = builder.create<LLVM::LoadOp>(
      loc, pointer, advance(exec, kParallelForPlace));
  for (const LoadPhase &phase : phases) {
    auto fill = [&](Value base, int64_t offset, int64_t slot) {
      builder.create<LLVM::StoreOp>(loc, advance(base, offset),
                                    advance(slots, 8 * slot));
    };
    fill(function.getArgument(1), phase.constantOffset, phase.constantSlot);
    fill(function.getArgument(2), phase.preparedOffset, phase.preparedSlot);
    LLVM::LLVMFuncOp task = phase.task;
    Value address = builder.create<LLVM::AddressOfOp>(loc, task);
    builder.create<LLVM::CallOp>(
        loc,
        LLVM::LLVMFunctionType::get(none, {pointer, pointer, pointer, i64}),
        ValueRange{parallelFor, exec, address, slots, constant(phase.tasks)});
  }
  builder.create<LLVM::ReturnOp>(loc, ValueRange());
}

void cpu::createPrepare(ModuleOp module, ArrayRef<LoadPhase> phases) {
  Prepare(module).create(phases);
}
