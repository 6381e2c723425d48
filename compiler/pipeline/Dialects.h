//===- Dialects.h - The dialects of a compilation ---------------*- C++ -*-===//

#ifndef ATROUS_COMPILER_PIPELINE_DIALECTS_H
#define ATROUS_COMPILER_PIPELINE_DIALECTS_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace atrous {

/// Registers our dialects, the upstream ones that the stages use, and the
/// interfaces that upstream attaches to them from outside.
void registerDialects(mlir::DialectRegistry &registry);

} // namespace atrous

#endif // ATROUS_COMPILER_PIPELINE_DIALECTS_H
