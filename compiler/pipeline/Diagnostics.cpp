//===- Diagnostics.cpp - From MLIR diagnostics to messages ----------------===//

#include "compiler/pipeline/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <optional>

using namespace mlir;
using namespace atrous;

static constexpr size_t kLongestName = 200;
/// A model that is wrong everywhere says so a hundred times, not a million.
static constexpr unsigned kMostErrors = 100;

std::string atrous::printableName(StringRef name) {
  std::string text;
  for (unsigned char c : name.take_front(kLongestName)) {
    if (c < 0x20 || c == 0x7f)
      text += llvm::formatv("\\x{0:x-2}", static_cast<unsigned>(c)).str();
    else
      text.push_back(c);
  }
  if (name.size() > kLongestName)
    text += "...";
  return text;
}

/// NameLoc("conv_1", NameLoc("Conv:17")) as text.
static std::optional<std::string> describeNameLoc(NameLoc location) {
  auto child = dyn_cast<NameLoc>(location.getChildLoc());
  if (!child)
    return std::nullopt;
  auto [op, opset] = child.getName().getValue().rsplit(':');
  std::string text = llvm::formatv("{0} node '{1}'", printableName(op),
                                   printableName(location.getName()));
  if (!opset.empty())
    text += llvm::formatv(" (opset {0})", opset).str();
  return text;
}

std::string atrous::describeNode(Location location) {
  // Depth first, first found; locations nest as deep as functions were inlined
  // and ops were fused, so the walk keeps its own stack.
  SmallVector<Location> pending{location};
  while (!pending.empty()) {
    Location current = pending.pop_back_val();
    if (auto name = dyn_cast<NameLoc>(current)) {
      if (std::optional<std::string> text = describeNameLoc(name))
        return *text;
      pending.push_back(name.getChildLoc());
    } else if (auto fused = dyn_cast<FusedLoc>(current)) {
      for (Location part : llvm::reverse(fused.getLocations()))
        pending.push_back(part);
    } else if (auto call = dyn_cast<CallSiteLoc>(current)) {
      pending.push_back(call.getCaller());
      pending.push_back(call.getCallee());
    }
  }
  return "";
}

static StringRef getSeverityName(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return "error";
  case DiagnosticSeverity::Warning:
    return "warning";
  case DiagnosticSeverity::Remark:
    return "remark";
  case DiagnosticSeverity::Note:
    return "note";
  }
  return "error";
}

static std::string formatDiagnostic(Diagnostic &diagnostic) {
  Location location = diagnostic.getLocation();
  std::string line;
  std::string node = describeNode(location);
  auto file = location->findInstanceOf<FileLineColLoc>();
  if (node.empty() && file)
    line = llvm::formatv("{0}:{1}:{2}: ", file.getFilename().getValue(),
                         file.getLine(), file.getColumn());
  line += getSeverityName(diagnostic.getSeverity());
  line += ": ";
  if (!node.empty())
    line += node + ": ";
  return line + diagnostic.str() + "\n";
}

DiagnosticCollector::DiagnosticCollector(MLIRContext *context, bool verbose)
    : ScopedDiagnosticHandler(context) {
  context->printOpOnDiagnostic(false);
  setHandler([this, verbose](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() != DiagnosticSeverity::Remark || verbose)
      append(diagnostic);
    return success();
  });
}

void DiagnosticCollector::append(Diagnostic &diagnostic) {
  if (diagnostic.getSeverity() == DiagnosticSeverity::Error &&
      ++numErrors > kMostErrors) {
    if (numErrors == kMostErrors + 1)
      text += "error: too many errors; the rest is left out\n";
    return;
  }
  text += formatDiagnostic(diagnostic);
  for (Diagnostic &note : diagnostic.getNotes())
    text += formatDiagnostic(note);
}

void DiagnosticCollector::addError(const Twine &message) {
  ++numErrors;
  text += ("error: " + message + "\n").str();
}

void DiagnosticCollector::addWarning(const Twine &message) {
  text += ("warning: " + message + "\n").str();
}

void DiagnosticCollector::addNote(const Twine &message) {
  text += ("note: " + message + "\n").str();
}
