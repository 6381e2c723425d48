//===- Pipeline.h - The stage `simplify` ------------------------*- C++ -*-===//

#ifndef ATROUS_PASSES_GRAPH_PIPELINE_H
#define ATROUS_PASSES_GRAPH_PIPELINE_H

#include <cstdint>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace atrous {

struct SimplifyOptions {
  /// Largest constant that folding may create from smaller ones, in bytes.
  int64_t maxFoldedBytes = 65536;
};

/// Adds the passes from stage `import` to stage `simplify`, on a module whose
/// `kernel.target` is set.
void buildSimplifyPipeline(mlir::OpPassManager &manager,
                           const SimplifyOptions &options = {});

/// `atrous-simplify` on the command line of atrous-opt.
void registerSimplifyPipeline();

} // namespace atrous

#endif // ATROUS_PASSES_GRAPH_PIPELINE_H
