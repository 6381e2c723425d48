//===- LaneOps.h - What the Lane*.cpp files share ---------------*- C++ -*-===//

#ifndef ATROUS_PASSES_SUPPORT_LANEOPS_H
#define ATROUS_PASSES_SUPPORT_LANEOPS_H

#include "passes/support/LaneProgram.h"

namespace atrous {

inline int64_t signExtend(int64_t value, int shift) {
  return static_cast<int64_t>(static_cast<uint64_t>(value) << shift) >> shift;
}
inline int64_t zeroExtend(int64_t value, int shift) {
  return static_cast<int64_t>((static_cast<uint64_t>(value) << shift) >> shift);
}
/// How `value` lies in a register, cut to its type.
inline int64_t canonical(int64_t value, int shift) {
  return shift == 63 ? value & 1 : signExtend(value, shift);
}

template <bool isSigned> inline int64_t extend(int64_t value, int shift) {
  return isSigned ? signExtend(value, shift) : zeroExtend(value, shift);
}

/// Functions of operations whose first operand is of that kind; null where
/// the operation is not known.
LaneFunction selectIntFunction(mlir::Operation *op);
LaneFunction selectFloatFunction(mlir::Operation *op, LaneKind kind);
/// Casts, bitcasts and powers by integers.
LaneFunction selectCastFunction(mlir::Operation *op);
/// arith.select between registers of 8-byte or 4-byte lanes.
LaneFunction getLaneSelect(bool isWide);
void runLaneIf(const LaneInstruction &in, LaneMachine &m, LaneMask mask);
void runLaneFor(const LaneInstruction &in, LaneMachine &m, LaneMask mask);
void runLaneExtract(const LaneInstruction &in, LaneMachine &m, LaneMask mask);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_LANEOPS_H
