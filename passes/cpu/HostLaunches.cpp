//===- HostLaunches.cpp - Launches of kernels -----------------------------===//

#include "passes/cpu/HostLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atrous;
using namespace atrous::cpu;

/// Scalar operations below which waking another thread costs more than it
/// saves.
constexpr int64_t kSmallWork = 100000;

/// Stores the addresses of buffers, scalars, then the sizes that types do not
/// tell, and the addresses of workspace and prepared memory, into the array on
/// the stack. Returns the scalars and the sizes.
FailureOr<SmallVector<Value>> HostLowering::fillSlots(kernel::LaunchOp op) {
  SmallVector<Value> values, scalars, dims;
  SmallVector<Value> operands(op.getInputs());
  llvm::append_range(operands, op.getOutputs());
  for (Value operand : operands) {
    auto type = dyn_cast<MemRefType>(operand.getType());
    if (!type && operand.getType().isIndex()) {
      scalars.push_back(toI64(operand));
      values.push_back(scalars.back());
      continue;
    }
    if (!type)
      return op.emitError("passes ")
             << operand.getType() << ", no buffer and no index";
    if (!type.hasStaticShape() && !type.getLayout().isIdentity())
      return op.emitError(
                 "passes a buffer of dynamic sizes that is not dense: ")
             << type;
    values.push_back(getAddress(operand));
    for (auto [size, known] :
         llvm::zip_equal(getBuffer(operand).sizes, type.getShape()))
      if (ShapedType::isDynamic(known))
        dims.push_back(toI64(size));
  }
  llvm::append_range(values, dims);
  if (Value workspace = op.getWorkspace())
    values.push_back(getAddress(workspace));
  if (auto offset = op->getAttrOfType<IntegerAttr>(kernel::kPreparedAttr))
    values.push_back(
        advance(load(pointer, exec, kPreparedPlace), offset.getInt()));
  numSlots = std::max<int64_t>(numSlots, values.size());
  for (auto [number, value] : llvm::enumerate(values))
    store(value, slots, 8 * number);
  llvm::append_range(scalars, dims);
  return scalars;
}

/// The kernel's atrous_task_fn: takes the operands out of the array.
LLVM::LLVMFuncOp HostLowering::getTaskFunction(LLVM::LLVMFuncOp kernel) {
  std::string name = (kernel.getSymName() + "__task").str();
  if (auto task = symbols.lookup<LLVM::LLVMFuncOp>(name))
    return task;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointAfter(kernel);
  auto task = builder.create<LLVM::LLVMFuncOp>(
      kernel.getLoc(), name,
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(builder.getContext()),
                                  {pointer, i64, i64, pointer}));
  symbols.insert(task);
  Block *entry = task.addEntryBlock(builder);
  builder.setInsertionPointToStart(entry);
  SmallVector<Value> operands;
  ArrayRef<Type> types = kernel.getArgumentTypes();
  // The range of tasks, and scratch memory where the kernel needs it.
  ArrayRef<BlockArgument> last = entry->getArguments().drop_front(1);
  if (!kernel->hasAttr(kernel::kScratchAttr))
    last = last.drop_back(1);
  for (auto [number, type] : llvm::enumerate(types.drop_back(last.size())))
    operands.push_back(load(type, entry->getArgument(0), 8 * number));
  llvm::append_range(operands, last);
  builder.create<LLVM::CallOp>(loc, kernel, operands);
  builder.create<LLVM::ReturnOp>(loc, ValueRange());
  return task;
}

void HostLowering::callParallelFor(Value context, Value task, Value array,
                                   Value tasks) {
  callMember(context, kParallelForPlace, /*result=*/{},
             ValueRange{task, array, tasks});
}

/// Runs tasks on this thread if there are fewer than `few`, else on all:
///   void launch(exec, task, slots, tasks, few)
LLVM::LLVMFuncOp HostLowering::getLaunchFunction() {
  constexpr StringLiteral name = "atrous_launch";
  if (auto function = symbols.lookup<LLVM::LLVMFuncOp>(name))
    return function;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(host);
  Type none = LLVM::LLVMVoidType::get(builder.getContext());
  auto function = builder.create<LLVM::LLVMFuncOp>(
      loc, name,
      LLVM::LLVMFunctionType::get(none, {pointer, pointer, pointer, i64, i64}),
      LLVM::Linkage::Private);
  symbols.insert(function);
  Block *entry = function.addEntryBlock(builder);
  Block *here = function.addBlock(), *everywhere = function.addBlock();
  Value task = entry->getArgument(1), array = entry->getArgument(2);
  Value tasks = entry->getArgument(3);
  builder.setInsertionPointToEnd(entry);
  Value isFew = builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::slt,
                                             tasks, entry->getArgument(4));
  builder.create<LLVM::CondBrOp>(loc, isFew, here, everywhere);
  builder.setInsertionPointToEnd(here);
  Value scratch = load(pointer, entry->getArgument(0), kScratchPlace);
  builder.create<LLVM::CallOp>(
      loc, LLVM::LLVMFunctionType::get(none, {pointer, i64, i64, pointer}),
      ValueRange{task, array, constant(0), tasks, scratch});
  builder.create<LLVM::ReturnOp>(loc, ValueRange());
  builder.setInsertionPointToEnd(everywhere);
  callParallelFor(entry->getArgument(0), task, array, tasks);
  builder.create<LLVM::ReturnOp>(loc, ValueRange());
  return function;
}

/// A kernel whose number of tasks depends on sizes.
LogicalResult HostLowering::lowerDynamicLaunch(kernel::LaunchOp op,
                                               LLVM::LLVMFuncOp kernel) {
  auto name =
      kernel->getAttrOfType<FlatSymbolRefAttr>(kernel::kTasksFunctionAttr);
  auto counter = symbols.lookup<LLVM::LLVMFuncOp>(name.getValue());
  if (!counter)
    return op.emitError("number of tasks ") << name << " has not been lowered";
  FailureOr<SmallVector<Value>> dims = fillSlots(op);
  if (failed(dims) || failed(addLoadPhases(op, kernel)) ||
      failed(runPhases(kernel)))
    return failure();
  if (counter.getNumArguments() != dims->size())
    return op.emitError("passes ")
           << dims->size() << " sizes to " << name << ", which takes "
           << counter.getNumArguments();
  Value tasks = builder.create<LLVM::CallOp>(loc, counter, *dims).getResult();
  auto work = kernel->getAttrOfType<IntegerAttr>(kernel::kWorkPerTaskAttr);
  int64_t few = llvm::divideCeil(
      kSmallWork, std::max<int64_t>(1, work ? work.getInt() : kSmallWork));
  Value task = builder.create<LLVM::AddressOfOp>(loc, getTaskFunction(kernel));
  builder.create<LLVM::CallOp>(loc, getLaunchFunction(),
                               ValueRange{exec, task, slots, tasks,
                                          constant(std::max<int64_t>(few, 2))});
  return success();
}

/// Runs a number of tasks that is known, on the slots that are filled.
void HostLowering::runTasks(LLVM::LLVMFuncOp kernel, int64_t tasks) {
  LLVM::LLVMFuncOp task = getTaskFunction(kernel);
  auto work = kernel->getAttrOfType<IntegerAttr>(kernel::kWorkAttr);
  bool isSmall = work && work.getInt() < kSmallWork;
  if (tasks == 1 || isSmall) {
    Value scratch = load(pointer, exec, kScratchPlace);
    builder.create<LLVM::CallOp>(
        loc, task, ValueRange{slots, constant(0), constant(tasks), scratch});
    return;
  }
  Value address = builder.create<LLVM::AddressOfOp>(loc, task);
  callParallelFor(exec, address, slots, constant(tasks));
}

FailureOr<HostLowering::Phase> HostLowering::findPhase(LLVM::LLVMFuncOp kernel,
                                                       SymbolRefAttr name) {
  auto phase = symbols.lookup<LLVM::LLVMFuncOp>(name.getLeafReference());
  auto tasks = phase ? phase->getAttrOfType<IntegerAttr>(kernel::kTasksAttr)
                     : IntegerAttr();
  if (!tasks)
    return kernel.emitError("phase ") << name << " has not been lowered";
  return Phase{phase, tasks.getInt()};
}

/// What `kernel` wants to have run before it, on the same slots.
LogicalResult HostLowering::runPhases(LLVM::LLVMFuncOp kernel) {
  auto phases = kernel->getAttrOfType<ArrayAttr>(kernel::kPhasesAttr);
  if (!phases)
    return success();
  for (auto name : phases.getAsRange<FlatSymbolRefAttr>()) {
    FailureOr<Phase> phase = findPhase(kernel, name);
    if (failed(phase))
      return failure();
    runTasks(phase->function, phase->tasks);
  }
  return success();
}

LogicalResult HostLowering::lowerLaunch(kernel::LaunchOp op) {
  auto kernel = symbols.lookup<LLVM::LLVMFuncOp>(op.getCallee());
  if (kernel && kernel->hasAttr(kernel::kTasksFunctionAttr))
    return lowerDynamicLaunch(op, kernel);
  auto tasks = kernel ? kernel->getAttrOfType<IntegerAttr>(kernel::kTasksAttr)
                      : IntegerAttr();
  if (!tasks)
    return op.emitError("kernel ")
           << op.getCalleeAttr() << " has not been lowered";
  if (tasks.getInt() == 0)
    return success();
  if (failed(fillSlots(op)) || failed(addLoadPhases(op, kernel)) ||
      failed(runPhases(kernel)))
    return failure();
  runTasks(kernel, tasks.getInt());
  return success();
}
