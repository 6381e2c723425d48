//===- ModelHints.h - The shape hints of a compiled model -------*- C++ -*-===//

#ifndef ATROUS_TOOLS_ATROUS_MODELHINTS_H
#define ATROUS_TOOLS_ATROUS_MODELHINTS_H

#include "runtime/api/atrous.h"

#include "llvm/ADT/StringMap.h"

#include <string>
#include <vector>

namespace atrous {

/// The hints that a model was compiled with, as --shape-hint spells them.
std::vector<std::string> getShapeHints(const atrous_model &table);

/// Sizes of symbols of the inputs for which the model's first hint is made;
/// those that it leaves open, or that have no name, are not among them.
llvm::StringMap<int64_t> getHintedSizes(const atrous_model &table);

} // namespace atrous

#endif // ATROUS_TOOLS_ATROUS_MODELHINTS_H
