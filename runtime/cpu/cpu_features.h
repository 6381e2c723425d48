//===- cpu_features.h - Which code of a model can this CPU run? -*- C++ -*-===//

#ifndef ATROUS_RUNTIME_CPU_CPU_FEATURES_H
#define ATROUS_RUNTIME_CPU_CPU_FEATURES_H

#include "runtime/abi/atrous_abi.h"

namespace atrous::runtime {

/// The last of the table's variants, or the table itself, whose list of LLVM
/// feature names ("avx2,fma") CPUID and the registers that the operating system
/// saves allow. The environment variable ATROUS_MAX_CPU, "x86-64-v3", takes
/// what is above that level away. The error lists what the table holds, what is
/// missing and, apart from that, names that this runtime does not know.
atrous_status chooseVariant(const atrous_model &table,
                            const atrous_model *&chosen);

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_CPU_CPU_FEATURES_H
