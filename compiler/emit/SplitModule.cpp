//===- SplitModule.cpp - One module per kernel ----------------------------===//

#include "compiler/emit/SplitModule.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace atrous {

static constexpr llvm::StringLiteral kTaskSuffix = "__task";
static constexpr llvm::StringLiteral kHost = "atrous_main";

/// Whether each module that uses the symbol needs its own copy.
static bool isLocal(Operation *op) {
  LLVM::Linkage linkage;
  if (auto function = dyn_cast<LLVM::LLVMFuncOp>(op))
    linkage = function.getLinkage();
  else if (auto global = dyn_cast<LLVM::GlobalOp>(op))
    linkage = global.getLinkage();
  else
    return true;
  return linkage == LLVM::Linkage::Private ||
         linkage == LLVM::Linkage::Internal;
}

/// The kernel that a function belongs to, or the host.
static StringRef partOf(LLVM::LLVMFuncOp function, SymbolTable &symbols) {
  StringRef name = function.getSymName();
  if (symbols.lookup((name + kTaskSuffix).str()))
    return name;
  StringRef kernel = name;
  if (kernel.consume_back(kTaskSuffix) && symbols.lookup(kernel))
    return kernel;
  return kHost;
}

/// Adds what the members use: local symbols, which become members, and others,
/// which are declared.
static void collectUses(SymbolTable &symbols, SetVector<Operation *> &members,
                        DenseSet<Operation *> &declared) {
  for (size_t i = 0; i < members.size(); ++i) {
    auto uses = SymbolTable::getSymbolUses(members[i]);
    if (!uses)
      continue;
    for (SymbolTable::SymbolUse use : *uses) {
      Operation *symbol =
          symbols.lookup(use.getSymbolRef().getRootReference());
      if (!symbol || members.contains(symbol))
        continue;
      if (isLocal(symbol))
        members.insert(symbol);
      else
        declared.insert(symbol);
    }
  }
}

static void declare(Operation *symbol, OpBuilder &builder) {
  Operation *copy = symbol->cloneWithoutRegions();
  builder.insert(copy);
  if (auto function = dyn_cast<LLVM::LLVMFuncOp>(copy)) {
    function.setLinkage(LLVM::Linkage::External);
  } else if (auto global = dyn_cast<LLVM::GlobalOp>(copy)) {
    global.setLinkage(LLVM::Linkage::External);
    global.removeValueAttr();
  }
}

void dropForeignAttributes(ModuleOp module) {
  for (NamedAttribute attribute : llvm::to_vector(module->getAttrs())) {
    StringRef dialect = attribute.getNameDialect()
                            ? attribute.getNameDialect()->getNamespace()
                            : attribute.getName().strref().split('.').first;
    if (dialect == "kernel" || dialect == "graph" || dialect == "atrous")
      module->removeAttr(attribute.getName());
  }
}

std::vector<ModulePart> splitModule(ModuleOp module) {
  SymbolTable symbols(module);
  llvm::MapVector<StringRef, SetVector<Operation *>> members;
  for (Operation &op : *module.getBody()) {
    auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
    if (function ? !function.isExternal() && !isLocal(function)
                 : isa<LLVM::GlobalOp>(op) && !isLocal(&op))
      members[function ? partOf(function, symbols) : StringRef(kHost)].insert(
          &op);
  }
  std::vector<ModulePart> parts;
  for (auto &[name, defined] : members) {
    DenseSet<Operation *> declared;
    collectUses(symbols, defined, declared);
    OwningOpRef<ModuleOp> part = ModuleOp::create(module.getLoc());
    (*part)->setAttrs(module->getAttrs());
    dropForeignAttributes(*part);
    OpBuilder builder = OpBuilder::atBlockEnd(part->getBody());
    for (Operation &op : *module.getBody()) {
      if (defined.contains(&op))
        builder.clone(op);
      else if (declared.contains(&op))
        declare(&op, builder);
    }
    parts.push_back({name.str(), std::move(part)});
  }
  return parts;
}

} // namespace atrous
