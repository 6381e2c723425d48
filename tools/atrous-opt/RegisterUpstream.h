//===- RegisterUpstream.h - Upstream dialects and passes --------*- C++ -*-===//

#ifndef ATROUS_TOOLS_ATROUS_OPT_REGISTERUPSTREAM_H
#define ATROUS_TOOLS_ATROUS_OPT_REGISTERUPSTREAM_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace atrous {

/// Registers all of MLIR's dialects, extensions and passes.
void registerUpstream(mlir::DialectRegistry &registry);

} // namespace atrous

#endif // ATROUS_TOOLS_ATROUS_OPT_REGISTERUPSTREAM_H
