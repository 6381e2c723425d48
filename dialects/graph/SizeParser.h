//===- SizeParser.h - The tree of a size's expression -----------*- C++ -*-===//

#ifndef ATROUS_DIALECTS_GRAPH_SIZEPARSER_H
#define ATROUS_DIALECTS_GRAPH_SIZEPARSER_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <vector>

namespace atrous::graph {

/// A node of the grammar in SizeExpr.h.
struct SizeNode {
  enum Kind { number, name, add, sub, mul, div, max, bcast, scale };
  Kind kind = number;
  int64_t value = 0;     ///< of a number
  llvm::StringRef text;  ///< of a name
  float factor = 0;      ///< of scale
  std::vector<SizeNode> operands;
};

/// Nothing where `text`, which the tree refers to, is no expression.
std::optional<SizeNode> parseSize(llvm::StringRef text);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_SIZEPARSER_H
