//===- OpTable.cpp - The operators that the importer reads ----------------===//

#include "frontends/onnx/OpTable.h"
#include "llvm/ADT/STLExtras.h"

namespace atrous::onnx_frontend {

#define ATROUS_ONNX_OP(NAME, DOMAIN, SINCE, LAST, CLASS, IMPORT)               \
  void IMPORT(NodeImport &node);
#include "frontends/onnx/OpTable.inc"

static constexpr OpRow kOpTable[] = {
#define ATROUS_ONNX_OP(NAME, DOMAIN, SINCE, LAST, CLASS, IMPORT)               \
  {#NAME, DOMAIN, SINCE, LAST, OpClass::CLASS, IMPORT},
#include "frontends/onnx/OpTable.inc"
};

llvm::ArrayRef<OpRow> getOpTable() { return kOpTable; }

const OpRow *findOp(llvm::StringRef domain, llvm::StringRef name) {
  const OpRow *row =
      llvm::lower_bound(kOpTable, name, [](const OpRow &row, auto name) {
        return row.name < name;
      });
  for (; row != std::end(kOpTable) && row->name == name; ++row)
    if (row->domain == domain)
      return row;
  return nullptr;
}

} // namespace atrous::onnx_frontend
