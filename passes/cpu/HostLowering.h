//===- HostLowering.h - The host function on pointers -----------*- C++ -*-===//
//
// atrous-lower-host works in two steps. This one takes buffers apart:
//
//   memref<4x?xf32>  →  !llvm.ptr (the block of the heap, or null),
//                       !llvm.ptr (the base that offsets count from), index
//
// and writes what kernel ops mean as calls of the runtime's ABI; what a type
// tells costs no op. Scalars and branches are left as they are, and go to the
// LLVM dialect by the upstream conversions.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_CPU_HOSTLOWERING_H
#define ATROUS_PASSES_CPU_HOSTLOWERING_H

#include "dialects/kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"

namespace mlir::arith {
class SelectOp;
} // namespace mlir::arith

namespace mlir::memref {
class CopyOp;
class DimOp;
class LoadOp;
class StoreOp;
class ReinterpretCastOp;
class SubViewOp;
class ViewOp;
} // namespace mlir::memref

namespace atrous::cpu {

/// A buffer taken apart. Sizes, strides and the offset count elements; each is
/// a number or an index value.
struct HostBuffer {
  /// What kernel.retain and kernel.release get.
  mlir::Value block;
  /// What the offset counts from.
  mlir::Value base;
  mlir::OpFoldResult offset;
  llvm::SmallVector<mlir::OpFoldResult> sizes, strides;
};

/// What a type tells: offset and strides, ShapedType::kDynamic where it does
/// not. No strides for a dense buffer.
struct HostLayout {
  int64_t offset = 0;
  llvm::SmallVector<int64_t> strides;
};

/// Nothing for a layout without strides.
std::optional<HostLayout> getLayout(mlir::MemRefType type);

/// A phase of a kernel that runs when the model is loaded.
struct LoadPhase {
  mlir::LLVM::LLVMFuncOp task; ///< its atrous_task_fn
  int64_t tasks;
  /// The slots of its constant and of the prepared memory, and offsets there.
  int64_t constantSlot, constantOffset, preparedSlot, preparedOffset;
};

/// Turns a host function into one of ABI 2: five pointers to a status. Loops
/// are branches already, kernels functions of the LLVM dialect.
class HostLowering {
public:
  /// `made` are the outputs whose memory the caller leaves to the network. What
  /// its kernels want to have run at load is added to `loadPhases`, once.
  HostLowering(mlir::ModuleOp module, mlir::func::FuncOp host,
               llvm::ArrayRef<int64_t> made,
               llvm::SmallVectorImpl<LoadPhase> &loadPhases);
  mlir::LogicalResult lower();

private:
  // HostFunction.cpp: the function, its arguments and results, branches.
  mlir::LogicalResult addArguments();
  mlir::Value makeOutput(mlir::MemRefType type, int64_t number);
  mlir::LogicalResult splitBlockArguments();
  mlir::LogicalResult lowerOp(mlir::Operation *op);
  void enterLayer(mlir::Operation *op, bool isOver);
  void lowerBranch(mlir::Operation *op);
  mlir::LogicalResult lowerReturn(mlir::func::ReturnOp op);
  void addStackArrays();

  // HostBuffers.cpp: buffers and accesses.
  HostBuffer getBuffer(mlir::Value memref);
  mlir::Value getAddress(mlir::Value memref);
  mlir::LogicalResult describe(mlir::Operation *user, mlir::Type type,
                               mlir::ValueRange dynamic, HostBuffer &buffer);
  llvm::SmallVector<mlir::Value> getDynamicParts(mlir::MemRefType type,
                                                 const HostBuffer &buffer);
  /// The strides, computed for a dense buffer.
  llvm::SmallVector<mlir::OpFoldResult> getStrides(const HostBuffer &buffer);
  mlir::LogicalResult lowerDim(mlir::memref::DimOp op);
  void lowerLoad(mlir::memref::LoadOp op);
  void lowerStore(mlir::memref::StoreOp op);
  mlir::LogicalResult lowerCopy(mlir::memref::CopyOp op);
  mlir::Value getElement(mlir::Value memref, mlir::ValueRange indices);

  // HostViews.cpp: views.
  void lowerView(mlir::memref::ViewOp op);
  void lowerReinterpretCast(mlir::memref::ReinterpretCastOp op);
  void lowerSubView(mlir::memref::SubViewOp op);
  mlir::LogicalResult lowerAlias(mlir::Operation *op, mlir::Value source);
  mlir::LogicalResult lowerSelect(mlir::arith::SelectOp op);

  // HostLaunches.cpp: kernels.
  mlir::LogicalResult lowerLaunch(kernel::LaunchOp op);
  mlir::LogicalResult lowerDynamicLaunch(kernel::LaunchOp op,
                                         mlir::LLVM::LLVMFuncOp kernel);
  void runTasks(mlir::LLVM::LLVMFuncOp kernel, int64_t tasks);
  /// One of the functions that a kernel wants to have run before it.
  struct Phase {
    mlir::LLVM::LLVMFuncOp function;
    int64_t tasks;
  };
  mlir::FailureOr<Phase> findPhase(mlir::LLVM::LLVMFuncOp kernel,
                                   mlir::SymbolRefAttr name);
  mlir::LogicalResult runPhases(mlir::LLVM::LLVMFuncOp kernel);
  mlir::LogicalResult addLoadPhases(kernel::LaunchOp op,
                                    mlir::LLVM::LLVMFuncOp kernel);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  fillSlots(kernel::LaunchOp op);
  mlir::LLVM::LLVMFuncOp getTaskFunction(mlir::LLVM::LLVMFuncOp kernel);
  mlir::LLVM::LLVMFuncOp getLaunchFunction();
  void callParallelFor(mlir::Value context, mlir::Value task, mlir::Value slots,
                       mlir::Value tasks);

  // HostExterns.cpp: runtime functions and the heap.
  mlir::LogicalResult lowerExtern(kernel::ExternOp op);
  mlir::LogicalResult fillBuffers(kernel::ExternOp op);
  void takeResults(kernel::ExternOp op);
  void lowerAlloc(kernel::AllocOp op);
  mlir::Value allocate(mlir::MemRefType type,
                       llvm::ArrayRef<mlir::OpFoldResult> shape);
  void lowerCount(mlir::Value memref, int64_t place);
  void lowerCheck(kernel::CheckOp op);
  void enterNode(mlir::Value name);
  mlir::Value getNodeName();
  void leaveIf(mlir::Value condition, mlir::Value status);
  void failIf(mlir::Value condition, llvm::StringRef message);
  void storeSizes(llvm::ArrayRef<mlir::OpFoldResult> sizes, mlir::Value array,
                  int64_t first);

  // HostValues.cpp: constants, addresses, calls.
  mlir::Value constant(int64_t value);
  mlir::Value constant32(int32_t value);
  mlir::Value null();
  mlir::Value toI64(mlir::OpFoldResult size);
  mlir::Value toIndex(mlir::OpFoldResult size);
  mlir::OpFoldResult multiply(mlir::OpFoldResult lhs, mlir::OpFoldResult rhs);
  mlir::OpFoldResult add(mlir::OpFoldResult lhs, mlir::OpFoldResult rhs);
  mlir::OpFoldResult number(int64_t value) {
    return builder.getIndexAttr(value);
  }
  mlir::Value advance(mlir::Value base, int64_t bytes);
  mlir::Value advance(mlir::Value base, mlir::OpFoldResult bytes);
  mlir::Value load(mlir::Type type, mlir::Value base, int64_t bytes);
  void store(mlir::Value value, mlir::Value base, int64_t bytes);
  mlir::Value loadSize(mlir::Value sizes, int64_t number);
  /// Calls a member of struct atrous_exec at the given place.
  mlir::Value callMember(mlir::Value context, int64_t place, mlir::Type result,
                         mlir::ValueRange arguments);
  mlir::Value createGlobal(mlir::Type type, llvm::StringRef name,
                           mlir::Attribute value);
  mlir::Value getNumbers(llvm::ArrayRef<int64_t> numbers);
  mlir::Value getText(llvm::StringRef text);

  mlir::ModuleOp module;
  mlir::func::FuncOp host;
  mlir::SymbolTable symbols;
  mlir::OpBuilder builder;
  mlir::Type pointer, i32, i64, index;
  /// Of the op that is lowered.
  mlir::Location loc;

  mlir::Value exec, inputs, outputs;
  /// Arrays on the stack, made last, when it is known how much they hold.
  mlir::Value slots, buffers, sizes;
  int64_t numSlots = 0, numBuffers = 0, numSizes = 0;
  /// Returns its argument, a status.
  mlir::Block *exit = nullptr;
  llvm::DenseMap<mlir::Value, HostBuffer> taken;
  llvm::DenseMap<mlir::Attribute, mlir::LLVM::GlobalOp> globals;
  /// Numbers of the outputs that the results are, and of all that the caller
  /// leaves to the network.
  llvm::SmallVector<int64_t> resultNumbers, made;
  llvm::SmallVectorImpl<LoadPhase> &loadPhases;
};

/// `run` of the model's table.
constexpr llvm::StringLiteral kHostName = "atrous_main";

/// A host function that has been lowered to the LLVM dialect, and the types
/// that the network's inputs had there.
struct LoweredHost {
  std::string name;
  llvm::SmallVector<mlir::ShapedType> inputs;
};

/// Adds @atrous_main, which runs the first one of `hinted` that is for the
/// sizes of its inputs, else `any`.
void createDispatch(mlir::ModuleOp module, const LoweredHost &any,
                    llvm::ArrayRef<LoweredHost> hinted);

constexpr llvm::StringLiteral kPrepareName = "atrous_prepare";

/// Adds @atrous_prepare, which runs the phases: `prepare` of the model's table.
void createPrepare(mlir::ModuleOp module, llvm::ArrayRef<LoadPhase> phases);

/// struct atrous_exec, struct atrous_buffer and statuses (runtime/abi).
constexpr int64_t kParallelForPlace = 8, kFailPlace = 16, kAllocatePlace = 24,
                  kRetainPlace = 32, kReleasePlace = 40, kNodePlace = 48,
                  kScratchPlace = 64, kEnterLayerPlace = 72,
                  kPreparedPlace = 80;
constexpr int64_t kBufferBytes = 24, kShapePlace = 8, kRankPlace = 16;
constexpr int32_t kErrorInput = 1, kErrorResource = 4;

/// Bytes that an element takes in memory.
int64_t getElementBytes(mlir::Type type);

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_HOSTLOWERING_H
