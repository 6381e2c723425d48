//===- LowerControl.h - What goes in and out of control flow ----*- C++ -*-===//

#ifndef ATROUS_PASSES_FUSION_LOWERCONTROL_H
#define ATROUS_PASSES_FUSION_LOWERCONTROL_H

#include "dialects/graph/Graph.h"

namespace atrous {

/// The physical type of a value: of a ranked tensor (getPhysicalType), or the
/// type itself.
mlir::Type getPhysicalValueType(mlir::Type type);

/// Whether `op` is one of graph.check, graph.item, graph.retype and
/// graph.empty_scan, which become ops of the host function.
bool isControlOp(mlir::Operation *op);

/// The results of such an op on physical operands.
llvm::SmallVector<mlir::Value> lowerControlOp(mlir::OpBuilder &builder,
                                              mlir::Operation *op,
                                              mlir::ValueRange operands);

} // namespace atrous

#endif // ATROUS_PASSES_FUSION_LOWERCONTROL_H
