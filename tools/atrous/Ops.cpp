//===- Ops.cpp - atrous ops: which ONNX operators are read ----------------===//

#include "tools/atrous/Verbs.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace atrous;
namespace cl = llvm::cl;

cl::SubCommand &atrous::getOpsCommand() {
  static cl::SubCommand command("ops", "List the supported ONNX operators");
  return command;
}

namespace {
enum class Format { Text, Markdown, Json };

struct Row {
  llvm::StringLiteral name, domain;
  int since, last;
  llvm::StringLiteral kind;

  llvm::StringRef printedDomain() const {
    return domain.empty() ? llvm::StringRef("ai.onnx")
                          : llvm::StringRef(domain);
  }
};
} // namespace

static cl::opt<Format> format(
    "format", cl::sub(getOpsCommand()), cl::cat(getCategory()),
    cl::desc("How to print the table"), cl::init(Format::Text),
    cl::values(clEnumValN(Format::Text, "text", "Aligned columns"),
               clEnumValN(Format::Markdown, "markdown", "A table for docs"),
               clEnumValN(Format::Json, "json", "For programs")));

static constexpr Row kRows[] = {
#define ATROUS_ONNX_OP(NAME, DOMAIN, SINCE, LAST, CLASS, IMPORT)               \
  {#NAME, DOMAIN, SINCE, LAST, #CLASS},
#include "frontends/onnx/OpTable.inc"
};

static void printText(llvm::raw_ostream &os) {
  os << llvm::formatv("{0,-28} {1,-12} {2,5} {3,5}  {4}\n", "operator",
                      "domain", "since", "last", "class");
  for (const Row &row : kRows)
    os << llvm::formatv("{0,-28} {1,-12} {2,5} {3,5}  {4}\n", row.name,
                        row.printedDomain(), row.since, row.last, row.kind);
}

static void printMarkdown(llvm::raw_ostream &os) {
  os << "| operator | domain | since opset | newest version read | class |\n"
        "|---|---|---:|---:|---|\n";
  for (const Row &row : kRows)
    os << llvm::formatv("| {0} | {1} | {2} | {3} | {4} |\n", row.name,
                        row.printedDomain(), row.since, row.last, row.kind);
}

static void printJson(llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/1);
  json.array([&] {
    for (const Row &row : kRows)
      json.object([&] {
        json.attribute("name", llvm::StringRef(row.name));
        json.attribute("domain", llvm::StringRef(row.domain));
        json.attribute("since", row.since);
        json.attribute("last", row.last);
        json.attribute("class", llvm::StringRef(row.kind));
      });
  });
  os << '\n';
}

atrous_status atrous::runOps() {
  switch (format) {
  case Format::Text:
    printText(llvm::outs());
    break;
  case Format::Markdown:
    printMarkdown(llvm::outs());
    break;
  case Format::Json:
    printJson(llvm::outs());
    break;
  }
  return ATROUS_OK;
}
