//===- LaneProgram.h - A scalar region, run on many elements ----*- C++ -*-===//
//
// The body of a linalg.generic, compiled to instructions whose registers hold
// up to kLanes elements:
//
//   %0 = arith.mulf %x, %w : f32        r3[0..n) = r0[0..n) * r1[0..n)
//   %1 = arith.addf %0, %acc : f32      r4[0..n) = r3[0..n) + r2[0..n)
//
// Integers of any width and index lie sign-extended in int64 (i1 as 0 or 1);
// f32, f16 and bf16 lie in float, rounded to their type after each operation;
// f64 lies in double. Control flow that differs between lanes runs under a
// mask. Undefined operations (division by zero, a float that does not fit an
// integer, an over-long shift) give a defined value and never trap.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_PASSES_SUPPORT_LANEPROGRAM_H
#define ATROUS_PASSES_SUPPORT_LANEPROGRAM_H

#include "mlir/IR/Block.h"
#include "mlir/IR/Operation.h"
#include "passes/support/TensorBuffer.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>
#include <vector>

namespace atrous {

constexpr int64_t kLanes = 256;

/// How elements of a type lie in a register.
enum class LaneKind { Int, Float, Double };

struct LaneInstruction;
using LaneBlock = std::vector<LaneInstruction>;

/// A running program: its registers and how many lanes are in use.
class LaneMachine {
public:
  explicit LaneMachine(int numRegisters)
      : storage(static_cast<size_t>(numRegisters) * kLanes) {}

  template <typename T> T *reg(int index) {
    return reinterpret_cast<T *>(storage.data() + index * kLanes);
  }

  int64_t lanes = 0;
  /// Set where a tensor.extract left its tensor or a loop had no positive step.
  bool failed = false;

private:
  std::vector<int64_t> storage;
};

/// Which lanes run: null for all of them.
using LaneMask = const uint8_t *;
using LaneFunction = void (*)(const LaneInstruction &, LaneMachine &, LaneMask);

struct LaneRegion {
  LaneBlock block;
  std::vector<int> yields;
};

/// The parts of scf.if, scf.for and tensor.extract.
struct LaneDetail {
  LaneRegion first, second;
  std::vector<int> operands, arguments, results;
  std::vector<bool> isWide;
  TensorBuffer tensor;
};

struct LaneInstruction {
  LaneFunction run = nullptr;
  int result = -1, a = -1, b = -1, c = -1;
  /// Unused high bits of the operand's and the result's integer type.
  int operandShift = 0, resultShift = 0;
  std::shared_ptr<LaneDetail> detail;
};

class LaneProgram {
public:
  /// Compiles a block that ends in a yield. `lookup` gives the value of what
  /// the block captures from outside (scalars as rank-0 buffers), or null.
  /// Failure: an operation that it does not know.
  static llvm::FailureOr<LaneProgram>
  compile(mlir::Block &body,
          llvm::function_ref<const TensorBuffer *(mlir::Value)> lookup);

  /// Registers of the block's arguments and of what it yields.
  llvm::ArrayRef<int> getArguments() const { return arguments; }
  llvm::ArrayRef<int> getYields() const { return region.yields; }
  /// (dimension, register) of each linalg.index.
  llvm::ArrayRef<std::pair<int64_t, int>> getIndices() const { return indices; }

  LaneMachine makeMachine() const;
  void run(LaneMachine &machine) const;

private:
  friend class LaneCompiler;
  LaneRegion region;
  std::vector<int> arguments;
  std::vector<std::pair<int64_t, int>> indices;
  /// Registers that hold one value for good: (register, rank-0 buffer).
  std::vector<std::pair<int, TensorBuffer>> constants;
  int numRegisters = 0;
};

LaneKind getLaneKind(mlir::Type type);
/// 64 less the width of an integer; 0 for floats and index.
int getLaneShift(mlir::Type type);

/// Rounds a register to f16 or bf16 in place; null for other types.
LaneFunction getLaneRounding(mlir::Type type);

void runLaneBlock(const LaneBlock &block, LaneMachine &machine, LaneMask mask);

/// Elements between a buffer and a register. Lane i is the element at
/// `offsets[i]`, or at `start + i * stride` where `offsets` is null.
struct LaneAddress {
  const int64_t *offsets;
  int64_t start, stride;
};
void loadLanes(void *reg, mlir::Type type, const char *bytes,
               LaneAddress address, int64_t lanes);
void storeLanes(const void *reg, mlir::Type type, char *bytes,
                LaneAddress address, int64_t lanes);

float halfToFloat(uint16_t bits);
uint16_t floatToHalf(float value);
float bfloatToFloat(uint16_t bits);
uint16_t floatToBfloat(float value);

} // namespace atrous

#endif // ATROUS_PASSES_SUPPORT_LANEPROGRAM_H
