//===- Kernel.h - The kernel dialect ----------------------------*- C++ -*-===//
//
// Kernels (kernel.def), their launches in the host function, the schedule that
// says how each runs, and the target it is compiled for.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_KERNEL_KERNEL_H
#define ATROUS_DIALECTS_KERNEL_KERNEL_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/kernel/KernelDialect.h.inc"
#include "dialects/kernel/KernelEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/kernel/KernelAttributes.h.inc"
#define GET_OP_CLASSES
#include "dialects/kernel/KernelOps.h.inc"

namespace atrous::kernel {

/// Module attribute: the TargetAttr that the module is compiled for.
constexpr llvm::StringLiteral kTargetAttr = "kernel.target";
/// Result attribute of the host function at stage `plan`: which output of the
/// network it is (i64). Arguments marked kOutputAttr are the others, in order.
constexpr llvm::StringLiteral kOutputNumberAttr = "kernel.output_number";
/// Argument attributes of the host function at stage `plan`.
constexpr llvm::StringLiteral kOutputAttr = "kernel.output";
constexpr llvm::StringLiteral kArenaAttr = "kernel.arena";
constexpr llvm::StringLiteral kConstantsAttr = "kernel.constants";
/// Function attribute of an emitted kernel: its number of tasks (i64).
constexpr llvm::StringLiteral kTasksAttr = "kernel.tasks";
/// Function attribute of an emitted kernel: scalar operations of one run, about
/// (i64); small ones are not worth a second thread.
constexpr llvm::StringLiteral kWorkAttr = "kernel.work";
/// The same of a kernel with dynamic sizes: the function that computes the
/// number of tasks (symbol), and the scalar operations of one task (i64).
constexpr llvm::StringLiteral kTasksFunctionAttr = "kernel.tasks_function";
constexpr llvm::StringLiteral kWorkPerTaskAttr = "kernel.work_per_task";

/// Attribute of an emitted kernel: bytes that each thread needs while it runs
/// tasks (i64). From stage `plan` on, attribute of a module: the most of these.
constexpr llvm::StringLiteral kScratchAttr = "kernel.scratch";
/// Attribute of a kernel at stage `plan` and of its function: bytes that a
/// launch needs, which all threads share (i64).
constexpr llvm::StringLiteral kWorkspaceAttr = "kernel.workspace";
/// Function attribute of an emitted kernel: functions of the same arguments,
/// with tasks of their own, that a launch runs before it (array of symbols).
constexpr llvm::StringLiteral kPhasesAttr = "kernel.phases";

/// Attribute of a kernel from stage `schedule` on: what it computes from this
/// one of its arguments (i64), a constant in all launches, is computed once,
/// when the model is loaded.
constexpr llvm::StringLiteral kAtLoadAttr = "kernel.at_load";
/// Where that lies, i64. Attribute of a kernel at stage `plan`, and of its
/// function: its bytes. Of a launch: its offset in the memory that the model has
/// for all. Of a module: the size of this memory.
constexpr llvm::StringLiteral kPreparedAttr = "kernel.prepared";
/// Function attribute of an emitted kernel: phases that read of their arguments
/// only the constant one, write the prepared memory, and run at load.
constexpr llvm::StringLiteral kLoadPhasesAttr = "kernel.load_phases";

/// Attribute of a launch or of a runtime function's call at stage `plan`: the
/// layer's number (i32), which the runtime is told before and after it.
constexpr llvm::StringLiteral kLayerAttr = "kernel.layer";
/// Module attributes from stage `codegen` on: the layers, as JSON, and how many
/// of them have numbers (i32), if they have.
constexpr llvm::StringLiteral kLayersAttr = "kernel.layers";
constexpr llvm::StringLiteral kNumLayersAttr = "kernel.num_layers";

/// The module's target; null where the driver has not set one.
TargetAttr getTarget(mlir::ModuleOp module);

/// The type that a kernel knows a buffer of `type` by: the launch passes the
/// address of the first element, so the offset is dropped; strides that are
/// those of a dense buffer are no layout. Other types stay.
mlir::Type getKernelArgumentType(mlir::Type type);

/// The ONNX number (onnx.TensorProto.DataType) of an element type, signless
/// integers as signed ones; 0 where there is none.
int32_t getDtype(mlir::Type elementType);

} // namespace atrous::kernel

#endif // ATROUS_DIALECTS_KERNEL_KERNEL_H
