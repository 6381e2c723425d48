//===- CpuRows.h - The table of CPU schedules -------------------*- C++ -*-===//
//
// A row says under which condition a kernel may run one way, how, and what that
// takes. The last one, `plain`, is legal for everything. The same rows are read
// by SelectSchedule, by the test that runs every row against the plain loop, by
// the kernel benchmark and by `atrous inspect --schedules`.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SCHEDULE_CPUROWS_H
#define ATROUS_PASSES_SCHEDULE_CPUROWS_H

#include "dialects/kernel/Kernel.h"
#include "passes/schedule/Winograd.h"
#include "passes/support/ConvAnalysis.h"
#include "passes/support/TransposeAnalysis.h"
#include <optional>

namespace atrous {

/// What guards and makers may look at.
struct KernelFacts {
  kernel::DefOp def;
  kernel::TargetAttr target;
  WinogradUse winograd;
  mlir::Operation *root;
  /// All elements that the root multiplies and adds are f32, and the
  /// epilogue's, too: what the register tiles are written for. Beside them
  /// there may be index operands.
  bool isF32 = false;
  /// The epilogue works on vectors along the output's last dimension.
  bool hasVectorEpilogue = false;
  /// At most one of these is set.
  std::optional<ConvShape> conv;
  std::optional<DepthwiseShape> depthwise;
  std::optional<MatMulShape> matmul;
  std::optional<TransposeShape> transpose;
};

/// Largest register tile of a row: [vectors of output channels, pixels] of a
/// convolution or [column panels, rows] of a matrix product, or [image rows,
/// columns] of a depthwise convolution. `plain` has [1, operations of the
/// reduction loops that are written out].
struct RegisterTile {
  int64_t rows, columns;
};

struct CpuScheduleRow {
  llvm::StringLiteral name;
  kernel::CpuIsa isa;
  bool anyIsa;
  RegisterTile tile;
  bool (*guard)(const KernelFacts &, RegisterTile);
  /// What it takes; null where the order of rows decides alone.
  double (*cost)(const KernelFacts &, RegisterTile);
  kernel::CpuScheduleAttr (*make)(const KernelFacts &, RegisterTile);

  bool admits(const KernelFacts &facts) const {
    return (anyIsa || facts.target.getIsa() == isa) && guard(facts, tile);
  }
};

/// The kernel's root must exist.
KernelFacts getKernelFacts(kernel::DefOp def, kernel::TargetAttr target,
                           WinogradUse winograd);

/// All rows, in order of preference.
llvm::ArrayRef<CpuScheduleRow> getCpuRows();

/// The row to take: the first that admits the kernel, or if that has a cost,
/// the first of least cost.
const CpuScheduleRow &chooseRow(const KernelFacts &facts);

} // namespace atrous

#endif // ATROUS_PASSES_SCHEDULE_CPUROWS_H
