//===- PrepareAtLoad.cpp - Weights transformed when a model is loaded -----===//

#include "passes/schedule/Passes.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/IR/Matchers.h"
#include "passes/schedule/Memory.h"
#include "passes/support/KernelBody.h"
#include "passes/support/KernelMemory.h"
#include "passes/support/TensorBuffer.h"

namespace atrous {
#define GEN_PASS_DEF_PREPAREATLOAD
#include "passes/schedule/Passes.h.inc"
} // namespace atrous

using namespace mlir;
using namespace atrous;

/// Prepared bytes for a byte of the network's constants, at most.
static constexpr double kBalancedShare = 0.5;

namespace {
/// A kernel that transforms weights.
struct Candidate {
  kernel::DefOp def;
  int64_t argument;            ///< the weights
  SetVector<Attribute> values; ///< of all launches
  int64_t outputs = 0;         ///< elements of its results
  int64_t bytes = 0;           ///< to prepare, for all values
};
} // namespace

/// The weights of a kernel that transforms them, and the memory of that.
static std::optional<Candidate> getCandidate(kernel::DefOp def) {
  auto schedule =
      dyn_cast_or_null<kernel::CpuScheduleAttr>(def.getScheduleAttr());
  auto root = dyn_cast_or_null<linalg::GenericOp>(getRoot(def));
  if (!schedule || !root || root.getNumDpsInputs() < 2)
    return std::nullopt;
  auto weights = dyn_cast<BlockArgument>(root.getDpsInputOperand(1)->get());
  if (!weights)
    return std::nullopt;
  Candidate candidate{def, weights.getArgNumber(), {}};
  // What it would need is known once it is marked.
  Builder builder(def.getContext());
  def->setAttr(kernel::kAtLoadAttr,
               builder.getI64IntegerAttr(candidate.argument));
  candidate.bytes = getKernelMemory(def, schedule).prepared;
  def->removeAttr(kernel::kAtLoadAttr);
  if (candidate.bytes == 0)
    return std::nullopt;
  for (Type type : def.getResultTypes())
    if (auto shaped = dyn_cast<ShapedType>(type))
      candidate.outputs +=
          shaped.hasStaticShape() ? shaped.getNumElements() : INT32_MAX;
  return candidate;
}

/// Candidates whose weights are constants wherever they are launched.
static SmallVector<Candidate> getCandidates(ModuleOp module) {
  llvm::MapVector<StringAttr, Candidate> byName;
  for (auto def : module.getOps<kernel::DefOp>())
    if (std::optional<Candidate> candidate = getCandidate(def))
      byName.insert({def.getSymNameAttr(), *candidate});
  module.walk([&](kernel::LaunchOp launch) {
    auto it = byName.find(launch.getCalleeAttr().getAttr());
    if (it == byName.end())
      return;
    Attribute value;
    if (matchPattern(launch.getInputs()[it->second.argument],
                     m_Constant(&value)))
      it->second.values.insert(value);
    else
      byName.erase(it);
  });
  SmallVector<Candidate> candidates;
  for (auto &[name, candidate] : byName) {
    candidate.bytes *= candidate.values.size();
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

/// Bytes of the constants that launches read.
static int64_t countConstantBytes(ModuleOp module) {
  llvm::SetVector<Attribute> values;
  module.walk([&](kernel::LaunchOp launch) {
    for (Value input : launch.getInputs()) {
      Attribute value;
      if (matchPattern(input, m_Constant(&value)) && isa<ElementsAttr>(value))
        values.insert(value);
    }
  });
  int64_t bytes = 0;
  for (Attribute value : values)
    if (FailureOr<int64_t> size =
            getTensorBytes(cast<ElementsAttr>(value).getShapedType());
        succeeded(size))
      bytes += *size;
  return bytes;
}

static void prepareAtLoad(ModuleOp module, MemoryUse use) {
  if (use == MemoryUse::Low)
    return;
  SmallVector<Candidate> candidates = getCandidates(module);
  // A byte saves the same time in all; of small maps it is a larger part.
  llvm::stable_sort(candidates, [](const Candidate &a, const Candidate &b) {
    return a.outputs < b.outputs;
  });
  int64_t limit = use == MemoryUse::Fast
                      ? INT64_MAX
                      : int64_t(kBalancedShare * countConstantBytes(module));
  Builder builder(module.getContext());
  for (Candidate &candidate : candidates) {
    if (candidate.bytes > limit)
      continue;
    limit -= candidate.bytes;
    candidate.def->setAttr(kernel::kAtLoadAttr,
                           builder.getI64IntegerAttr(candidate.argument));
  }
}

namespace {
struct PrepareAtLoad : public atrous::impl::PrepareAtLoadBase<PrepareAtLoad> {
  using PrepareAtLoadBase::PrepareAtLoadBase;

  void runOnOperation() override {
    std::optional<MemoryUse> use = parseMemoryUse(memory);
    if (!use) {
      getOperation().emitError("memory is low, balanced or fast, not '")
          << memory.getValue() << "'";
      return signalPassFailure();
    }
    prepareAtLoad(getOperation(), *use);
  }
};
} // namespace
