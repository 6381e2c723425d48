//===- LayerList.h - Layers as text -----------------------------*- C++ -*-===//

#ifndef ATROUS_TOOLS_ATROUS_LAYERLIST_H
#define ATROUS_TOOLS_ATROUS_LAYERLIST_H

#include "compiler/emit/LayerDescription.h"

namespace atrous {

/// Writes to standard output: a line for each layer, and indented ones for what
/// is known of it.
void printLayers(llvm::ArrayRef<LayerDescription> layers);

} // namespace atrous

#endif // ATROUS_TOOLS_ATROUS_LAYERLIST_H
