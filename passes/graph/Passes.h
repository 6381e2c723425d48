//===- Passes.h - Passes on the graph dialect -------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_GRAPH_PASSES_H
#define ATROUS_PASSES_GRAPH_PASSES_H

#include "dialects/graph/Graph.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace atrous {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/graph/Passes.h.inc"

} // namespace atrous

#endif // ATROUS_PASSES_GRAPH_PASSES_H
