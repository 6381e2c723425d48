//===- LayerList.cpp - Layers as text -------------------------------------===//

#include "tools/atrous/LayerList.h"

#include "compiler/pipeline/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace atrous;

void atrous::printLayers(llvm::ArrayRef<LayerDescription> descriptions) {
  using Texts = std::vector<std::string>;
  auto printTexts = [](llvm::StringRef title, const Texts &texts) {
    llvm::outs() << "  " << title << ": "
                 << llvm::join(llvm::map_range(texts, printableName), ", ")
                 << '\n';
  };
  for (const auto &[number, layer] : llvm::enumerate(descriptions)) {
    llvm::outs() << "layer " << number << ": " << printableName(layer.kernel);
    if (!layer.hint.empty())
      llvm::outs() << " (shape hint " << printableName(layer.hint) << ')';
    llvm::outs() << '\n';
    printTexts("nodes", layer.nodes);
    printTexts("inputs", layer.inputs);
    printTexts("outputs", layer.outputs);
    if (!layer.schedule.empty())
      llvm::outs() << "  schedule: " << layer.schedule << '\n';
    if (layer.operations)
      llvm::outs() << llvm::formatv("  operations: {0:e3}\n",
                                    *layer.operations);
    if (layer.bytes)
      llvm::outs() << "  bytes: " << *layer.bytes << '\n';
    auto printError = [](llvm::StringRef title, std::optional<double> own,
                         std::optional<double> direct) {
      if (own && direct)
        llvm::outs() << llvm::formatv("  {0}: {1:e1} (direct {2:e1})\n", title,
                                      *own, *direct);
    };
    printError("error bound", layer.errorBound, layer.directErrorBound);
    printError("expected error", layer.expectedError,
               layer.directExpectedError);
  }
}
