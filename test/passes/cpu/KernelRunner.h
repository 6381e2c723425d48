//===- KernelRunner.h - Compile and run kernels of a module -----*- C++ -*-===//
//
// Execution tests of CPU code generation: a kernel is run as its schedule says
// and as the naive loops that its linalg ops stand for, on the same data.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_TEST_PASSES_CPU_KERNELRUNNER_H
#define ATROUS_TEST_PASSES_CPU_KERNELRUNNER_H

#include "dialects/kernel/Kernel.h"

#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/IR/OwningOpRef.h"
#include <memory>
#include <string>
#include <vector>

namespace atrous::test {

/// A context with all that kernels need.
std::unique_ptr<mlir::MLIRContext> createContext();

/// Whether this machine runs code for `isa`.
bool hasIsa(kernel::CpuIsa isa);

/// A module in the LLVM dialect as code of this process; null on failure.
std::unique_ptr<mlir::ExecutionEngine> compile(mlir::ModuleOp module);

/// The memory of one buffer, with guard bytes around it.
class Buffer {
public:
  /// Random elements: small ones, so that integers serve as indices. Static
  /// shapes only.
  Buffer(mlir::MemRefType type, unsigned seed);

  void *data() { return bytes.data() + kGuard; }
  /// Empty if the buffers hold the same, floats up to rounding, of the largest
  /// element where `ofLargest`; else where they differ. Guards and gaps between
  /// rows must not have been written.
  std::string difference(const Buffer &expected, bool ofLargest) const;

private:
  static constexpr size_t kGuard = 256;
  int64_t count() const;
  double element(int64_t number) const;

  mlir::Type type;
  unsigned width;
  std::vector<char> bytes;
};

/// A kernel, and the naive loops that its ops stand for.
class KernelRunner {
public:
  explicit KernelRunner(kernel::DefOp def);

  /// Runs the kernel as `schedule` says and as naive loops on the same random
  /// data; gives what differs, or nothing. Each of `runs` has the index
  /// operands, in order, then the dynamic sizes of the buffers.
  std::string compare(kernel::CpuScheduleAttr schedule, unsigned seed,
                      llvm::ArrayRef<llvm::ArrayRef<int64_t>> runs);

private:
  struct Emitted;
  Emitted emit(kernel::CpuScheduleAttr schedule);
  std::string compareOnce(Emitted &emitted, unsigned seed,
                          llvm::ArrayRef<int64_t> sizes);
  size_t countSizes() const;

  kernel::DefOp def;
  std::string name;
  std::vector<mlir::Type> types;
  std::unique_ptr<mlir::ExecutionEngine> naive;
};

} // namespace atrous::test

#endif // ATROUS_TEST_PASSES_CPU_KERNELRUNNER_H
