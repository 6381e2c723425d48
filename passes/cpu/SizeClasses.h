//===- SizeClasses.h - Which sizes of a kernel are the same -----*- C++ -*-===//

#ifndef ATROUS_PASSES_CPU_SIZECLASSES_H
#define ATROUS_PASSES_CPU_SIZECLASSES_H

#include "dialects/kernel/Kernel.h"
#include "llvm/ADT/EquivalenceClasses.h"

namespace atrous::cpu {

/// The dimensions of a kernel's buffers that one loop walks have one size,
/// although the types say so only where it is known in all of them:
///
///   (d0, d1) -> (d0, d1) of memref<?x16xf32>, (d0) of memref<?xf32>
///   → the two sizes `?` are one
class SizeClasses {
public:
  /// Looks at the linalg.generics of `def`, which is on buffers.
  explicit SizeClasses(kernel::DefOp def);

  /// A dimension of an argument of the kernel.
  struct Dimension {
    unsigned argument, position;
    bool operator<(const Dimension &other) const {
      return std::pair(argument, position) <
             std::pair(other.argument, other.position);
    }
    bool operator==(const Dimension &other) const {
      return argument == other.argument && position == other.position;
    }
  };

  /// The size of the class that `dimension` is in, or kDynamic.
  int64_t getKnownSize(Dimension dimension) const;
  /// The first of the dimensions of its class whose types have no size.
  Dimension getFirst(Dimension dimension) const;

private:
  int64_t getSizeInType(Dimension dimension) const;

  kernel::DefOp def;
  llvm::EquivalenceClasses<Dimension> classes;
};

} // namespace atrous::cpu

#endif // ATROUS_PASSES_CPU_SIZECLASSES_H
