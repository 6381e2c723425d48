//===- LowerHost.cpp - The host function as `run` of the ABI --------------===//

#include "passes/cpu/Access.h"
#include "passes/cpu/Passes.h"

#include "dialects/kernel/Kernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

namespace atrous {
#define GEN_PASS_DEF_LOWERHOST
#include "passes/cpu/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// Scalar operations below which waking another thread costs more than it
/// saves.
constexpr int64_t kSmallWork = 100000;
/// Places in struct atrous_exec (runtime/abi).
constexpr int64_t kParallelForOffset = 8;
/// struct atrous_buffer: its size, and the places of `shape` and of `rank` and
/// `dtype`.
constexpr int64_t kBufferBytes = 24, kShapeOffset = 8, kRankOffset = 16;

static int64_t getByteWidth(Type type) {
  return llvm::divideCeil(type.isIndex() ? 64 : type.getIntOrFloatBitWidth(),
                          8);
}

/// Whether elements follow one another in row-major order.
static bool isDense(MemRefType type) {
  SmallVector<int64_t> strides;
  int64_t offset, expected = 1;
  if (failed(cpu::getStaticStrides(type, strides, offset)))
    return false;
  for (auto [size, stride] :
       llvm::reverse(llvm::zip_equal(type.getShape(), strides))) {
    if (size != 1 && stride != expected)
      return false;
    expected *= size;
  }
  return true;
}

/// The ONNX node that `loc` names, or nothing.
static StringRef getNodeName(Location loc) {
  StringRef name;
  loc->walk([&](Location inner) {
    auto named = dyn_cast<NameLoc>(inner);
    if (!named)
      return WalkResult::advance();
    name = named.getName();
    return WalkResult::interrupt();
  });
  return name;
}

namespace {

/// Builds @atrous_main from the host function.
class HostLowering {
public:
  HostLowering(ModuleOp module, func::FuncOp host)
      : module(module), host(host), symbols(module),
        builder(module.getContext()),
        pointer(LLVM::LLVMPointerType::get(module.getContext())),
        i32(builder.getI32Type()), i64(builder.getI64Type()) {}

  LogicalResult lower();

private:
  void createFunction();
  LogicalResult lowerOp(Operation &op);
  LogicalResult lowerView(memref::ViewOp view);
  LogicalResult lowerCopy(memref::CopyOp copy);
  LogicalResult lowerLaunch(kernel::LaunchOp launch);
  LogicalResult lowerExtern(kernel::ExternOp op);
  LLVM::LLVMFuncOp getTaskFunction(LLVM::LLVMFuncOp kernel);
  LogicalResult fillSlots(Operation *op);
  LogicalResult fillBuffers(kernel::ExternOp op);
  FailureOr<Value> addressOf(Operation *user, Value buffer);
  Value createGlobal(Type type, StringRef name, Attribute value);
  Value createNumbers(ArrayRef<int64_t> numbers);

  Value constant(int64_t value) {
    return builder.create<LLVM::ConstantOp>(loc, i64,
                                            builder.getI64IntegerAttr(value));
  }
  Value advance(Value base, int64_t bytes) {
    if (bytes == 0)
      return base;
    // An index that is part of the op has few bits; weights lie further away.
    bool isNear = llvm::isInt<LLVM::kGEPConstantBitWidth>(bytes);
    LLVM::GEPArg offset = isNear ? LLVM::GEPArg(bytes) : constant(bytes);
    return builder.create<LLVM::GEPOp>(loc, pointer, builder.getI8Type(), base,
                                       ArrayRef<LLVM::GEPArg>{offset});
  }
  Value loadPointer(Value array, int64_t place) {
    return builder.create<LLVM::LoadOp>(loc, pointer, advance(array, place));
  }

  ModuleOp module;
  func::FuncOp host;
  SymbolTable symbols;
  OpBuilder builder;
  Type pointer, i32, i64;
  Location loc = UnknownLoc::get(builder.getContext());

  LLVM::LLVMFuncOp main;
  Value exec, slots, buffers;
  /// Returns its argument, a status.
  Block *exit = nullptr;
  /// The pointer that a memref's offset counts from.
  DenseMap<Value, Value> bases;
  DenseMap<Attribute, LLVM::GlobalOp> numberArrays;
};

} // namespace

//===----------------------------------------------------------------------===//
// The function and its arguments
//===----------------------------------------------------------------------===//

/// The most operands that an op of the given kind has.
template <typename OpT> static int64_t countOperands(func::FuncOp host) {
  int64_t most = 0;
  host.walk([&](OpT op) {
    most = std::max<int64_t>(most, op->getNumOperands());
  });
  return most;
}

void HostLowering::createFunction() {
  SmallVector<Type> types(5, pointer);
  builder.setInsertionPoint(host);
  main = builder.create<LLVM::LLVMFuncOp>(
      loc, "atrous_main", LLVM::LLVMFunctionType::get(i32, types));
  main.setVisibility_(LLVM::Visibility::Hidden);
  main.setDsoLocal(true);
  Block *entry = main.addEntryBlock(builder);
  exec = entry->getArgument(0);
  Value inputs = entry->getArgument(1), outputs = entry->getArgument(2);

  builder.setInsertionPointToStart(entry);
  if (int64_t count = countOperands<kernel::LaunchOp>(host))
    slots = builder.create<LLVM::AllocaOp>(loc, pointer, pointer,
                                           constant(count));
  if (int64_t count = countOperands<kernel::ExternOp>(host))
    buffers = builder.create<LLVM::AllocaOp>(
        loc, pointer, builder.getI8Type(), constant(kBufferBytes * count),
        /*alignment=*/8);
  int64_t numInputs = 0, numOutputs = 0;
  for (BlockArgument arg : host.getArguments()) {
    unsigned number = arg.getArgNumber();
    if (host.getArgAttr(number, kernel::kArenaAttr))
      bases[arg] = entry->getArgument(3);
    else if (host.getArgAttr(number, kernel::kConstantsAttr))
      bases[arg] = entry->getArgument(4);
    else if (host.getArgAttr(number, kernel::kOutputAttr))
      bases[arg] = loadPointer(outputs, kBufferBytes * numOutputs++);
    else
      bases[arg] = loadPointer(inputs, kBufferBytes * numInputs++);
  }

  exit = builder.createBlock(&main.getBody(), main.getBody().end(), i32, loc);
  builder.create<LLVM::ReturnOp>(loc, exit->getArgument(0));
  builder.setInsertionPointToEnd(entry);
}

LogicalResult HostLowering::lower() {
  if (!llvm::hasSingleElement(host.getBody()))
    return host.emitError("host function branches");
  createFunction();
  for (Operation &op : host.getBody().front().without_terminator()) {
    loc = op.getLoc();
    if (failed(lowerOp(op)))
      return failure();
  }
  Value ok =
      builder.create<LLVM::ConstantOp>(loc, i32, builder.getI32IntegerAttr(0));
  builder.create<LLVM::BrOp>(loc, ok, exit);
  host.erase();
  for (auto func : module.getOps<LLVM::LLVMFuncOp>()) {
    func->removeAttr(kernel::kTasksAttr);
    func->removeAttr(kernel::kWorkAttr);
  }
  return success();
}

LogicalResult HostLowering::lowerOp(Operation &op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](memref::ViewOp view) { return lowerView(view); })
      .Case([&](memref::CopyOp copy) { return lowerCopy(copy); })
      .Case([&](kernel::LaunchOp launch) { return lowerLaunch(launch); })
      .Case([&](kernel::ExternOp op) { return lowerExtern(op); })
      .Case([&](arith::ConstantOp) { return success(); })
      .Case([&](ViewLikeOpInterface view) {
        // Its type has the offset; the base is its source's.
        bases[op.getResult(0)] = bases.lookup(view.getViewSource());
        return success();
      })
      .Default([](Operation *other) {
        return other->emitError("cannot be lowered in the host function");
      });
}

//===----------------------------------------------------------------------===//
// Buffers
//===----------------------------------------------------------------------===//

LogicalResult HostLowering::lowerView(memref::ViewOp view) {
  IntegerAttr shift;
  if (!matchPattern(view.getByteShift(), m_Constant(&shift)))
    return view.emitError("view of the arena is not at a constant offset");
  bases[view] = advance(bases.lookup(view.getSource()), shift.getInt());
  return success();
}

/// The address of the first element.
FailureOr<Value> HostLowering::addressOf(Operation *user, Value buffer) {
  auto type = dyn_cast<MemRefType>(buffer.getType());
  Value base = bases.lookup(buffer);
  SmallVector<int64_t> strides;
  int64_t offset;
  if (!type || !base || failed(cpu::getStaticStrides(type, strides, offset)))
    return user->emitError("operand of type ")
           << buffer.getType() << " has no static place in a buffer";
  return advance(base, offset * getByteWidth(type.getElementType()));
}

LogicalResult HostLowering::lowerCopy(memref::CopyOp copy) {
  auto from = cast<MemRefType>(copy.getSource().getType());
  auto to = cast<MemRefType>(copy.getTarget().getType());
  if (!isDense(from) || !isDense(to))
    return copy.emitError("copies between strided buffers need a kernel");
  FailureOr<Value> source = addressOf(copy, copy.getSource());
  FailureOr<Value> target = addressOf(copy, copy.getTarget());
  if (failed(source) || failed(target))
    return failure();
  int64_t bytes = from.getNumElements() * getByteWidth(from.getElementType());
  builder.create<LLVM::MemcpyOp>(loc, *target, *source, constant(bytes),
                                 /*isVolatile=*/false);
  return success();
}

/// Stores the addresses of the op's buffers into the array on the stack.
LogicalResult HostLowering::fillSlots(Operation *op) {
  for (auto [number, operand] : llvm::enumerate(op->getOperands())) {
    FailureOr<Value> address = addressOf(op, operand);
    if (failed(address))
      return failure();
    builder.create<LLVM::StoreOp>(loc, *address, advance(slots, 8 * number));
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Launches
//===----------------------------------------------------------------------===//

/// The kernel's atrous_task_fn: takes the buffers out of the array.
LLVM::LLVMFuncOp HostLowering::getTaskFunction(LLVM::LLVMFuncOp kernel) {
  std::string name = (kernel.getSymName() + "__task").str();
  if (auto task = symbols.lookup<LLVM::LLVMFuncOp>(name))
    return task;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointAfter(kernel);
  auto task = builder.create<LLVM::LLVMFuncOp>(
      kernel.getLoc(), name,
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(builder.getContext()),
                                  {pointer, i64, i64}));
  task.setVisibility_(LLVM::Visibility::Hidden);
  task.setDsoLocal(true);
  symbols.insert(task);
  Block *entry = task.addEntryBlock(builder);
  builder.setInsertionPointToStart(entry);
  SmallVector<Value> operands;
  for (unsigned number = 0; number + 2 < kernel.getNumArguments(); ++number)
    operands.push_back(loadPointer(entry->getArgument(0), 8 * number));
  operands.push_back(entry->getArgument(1));
  operands.push_back(entry->getArgument(2));
  builder.create<LLVM::CallOp>(loc, kernel, operands);
  builder.create<LLVM::ReturnOp>(loc, ValueRange());
  return task;
}

LogicalResult HostLowering::lowerLaunch(kernel::LaunchOp launch) {
  auto kernel = symbols.lookup<LLVM::LLVMFuncOp>(launch.getCallee());
  auto tasks = kernel ? kernel->getAttrOfType<IntegerAttr>(kernel::kTasksAttr)
                      : IntegerAttr();
  if (!tasks)
    return launch.emitError("kernel ")
           << launch.getCalleeAttr() << " has not been lowered";
  if (tasks.getInt() == 0)
    return success();
  if (failed(fillSlots(launch)))
    return failure();
  LLVM::LLVMFuncOp task = getTaskFunction(kernel);
  auto work = kernel->getAttrOfType<IntegerAttr>(kernel::kWorkAttr);
  bool isSmall = work && work.getInt() < kSmallWork;
  if (tasks.getInt() == 1 || isSmall) {
    builder.create<LLVM::CallOp>(
        loc, task, ValueRange{slots, constant(0), constant(tasks.getInt())});
    return success();
  }
  Value parallelFor = loadPointer(exec, kParallelForOffset);
  Value taskAddress = builder.create<LLVM::AddressOfOp>(loc, task);
  auto type =
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(builder.getContext()),
                                  {pointer, pointer, pointer, i64});
  builder.create<LLVM::CallOp>(loc, type,
                               ValueRange{parallelFor, exec, taskAddress, slots,
                                          constant(tasks.getInt())});
  return success();
}

//===----------------------------------------------------------------------===//
// Runtime functions
//===----------------------------------------------------------------------===//

/// The address of a new constant of the module.
Value HostLowering::createGlobal(Type type, StringRef name, Attribute value) {
  LLVM::GlobalOp global;
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module.getBody());
    global = builder.create<LLVM::GlobalOp>(
        loc, type, /*isConstant=*/true, LLVM::Linkage::Private, name, value);
    symbols.insert(global);
  }
  return builder.create<LLVM::AddressOfOp>(loc, global);
}

/// The address of constant numbers, one array for all of the same content.
Value HostLowering::createNumbers(ArrayRef<int64_t> numbers) {
  // An empty array has no address in LLVM; nothing reads the one element.
  SmallVector<int64_t> values(numbers);
  if (values.empty())
    values.push_back(0);
  auto content = DenseIntElementsAttr::get(
      RankedTensorType::get(values.size(), i64), values);
  LLVM::GlobalOp &global = numberArrays[content];
  if (global)
    return builder.create<LLVM::AddressOfOp>(loc, global);
  Value address = createGlobal(LLVM::LLVMArrayType::get(i64, values.size()),
                               "numbers", content);
  global = symbols.lookup<LLVM::GlobalOp>(
      address.getDefiningOp<LLVM::AddressOfOp>().getGlobalName());
  return address;
}

/// Describes the op's operands in the array on the stack.
LogicalResult HostLowering::fillBuffers(kernel::ExternOp op) {
  if (!op.getResults().empty())
    return op.emitError("has results that it allocates");
  for (auto [number, operand] : llvm::enumerate(op->getOperands())) {
    FailureOr<Value> address = addressOf(op, operand);
    if (failed(address))
      return failure();
    auto type = cast<MemRefType>(operand.getType());
    int32_t dtype = op.getDtypes() ? (*op.getDtypes())[number]
                                   : kernel::getDtype(type.getElementType());
    int64_t place = kBufferBytes * number;
    builder.create<LLVM::StoreOp>(loc, *address, advance(buffers, place));
    builder.create<LLVM::StoreOp>(loc, createNumbers(type.getShape()),
                                  advance(buffers, place + kShapeOffset));
    // Both halves at once, on a little-endian machine.
    Value rankAndType = constant(type.getRank() | int64_t(dtype) << 32);
    builder.create<LLVM::StoreOp>(loc, rankAndType,
                                  advance(buffers, place + kRankOffset));
  }
  return success();
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
  Value argumentArray = createNumbers(op.getArguments());
  std::string node = getNodeName(op.getLoc()).str();
  node.push_back('\0');
  Value nodeName =
      createGlobal(LLVM::LLVMArrayType::get(builder.getI8Type(), node.size()),
                   "extern_node", builder.getStringAttr(node));

  Value status =
      builder
          .create<LLVM::CallOp>(
              loc, function,
              ValueRange{exec, buffers, argumentArray, nodeName})
          .getResult();
  Value ok =
      builder.create<LLVM::ConstantOp>(loc, i32, builder.getI32IntegerAttr(0));
  Value failed =
      builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::ne, status, ok);
  Block *here = builder.getInsertionBlock();
  Block *next = new Block();
  main.getBody().getBlocks().insert(exit->getIterator(), next);
  builder.setInsertionPointToEnd(here);
  builder.create<LLVM::CondBrOp>(loc, failed, exit, ValueRange{status}, next,
                                 ValueRange{});
  builder.setInsertionPointToEnd(next);
  return success();
}

//===----------------------------------------------------------------------===//
// Pass
//===----------------------------------------------------------------------===//

namespace {
struct LowerHost : public atrous::impl::LowerHostBase<LowerHost> {
  void runOnOperation() override {
    auto hosts = llvm::to_vector(getOperation().getOps<func::FuncOp>());
    if (hosts.size() != 1) {
      getOperation().emitError("expects one host function, got ")
          << hosts.size();
      return signalPassFailure();
    }
    if (failed(HostLowering(getOperation(), hosts[0]).lower()))
      signalPassFailure();
  }
};
} // namespace
