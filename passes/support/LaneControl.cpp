//===- LaneControl.cpp - Control flow and tensor reads on lanes -----------===//

#include "passes/support/LaneOps.h"
#include <array>

using namespace mlir;

namespace atrous {

void runLaneBlock(const LaneBlock &block, LaneMachine &machine, LaneMask mask) {
  for (const LaneInstruction &in : block) {
    if (machine.failed)
      return;
    in.run(in, machine, mask);
  }
}

template <typename T>
static void runSelect(const LaneInstruction &in, LaneMachine &m, LaneMask) {
  T *d = m.reg<T>(in.result);
  const int64_t *condition = m.reg<int64_t>(in.a);
  const T *b = m.reg<T>(in.b);
  const T *c = m.reg<T>(in.c);
  for (int64_t i = 0; i < m.lanes; ++i)
    d[i] = condition[i] ? b[i] : c[i];
}

LaneFunction getLaneSelect(bool isWide) {
  return isWide ? LaneFunction(runSelect<int64_t>) : runSelect<float>;
}

/// result = a in the lanes of the mask. `isWide` registers hold 8-byte lanes.
static void moveLanes(LaneMachine &m, int result, int a, bool isWide,
                      LaneMask mask) {
  auto move = [&](auto *to, const auto *from) {
    for (int64_t i = 0; i < m.lanes; ++i)
      if (!mask || mask[i])
        to[i] = from[i];
  };
  if (isWide)
    move(m.reg<int64_t>(result), m.reg<int64_t>(a));
  else
    move(m.reg<int32_t>(result), m.reg<int32_t>(a));
}

using MaskStorage = std::array<uint8_t, kLanes>;

/// The lanes of `mask` where `holds(lane)`; true if there is any.
template <typename Predicate>
static bool narrowMask(LaneMachine &m, LaneMask mask, MaskStorage &narrowed,
                       Predicate holds) {
  bool any = false;
  for (int64_t i = 0; i < m.lanes; ++i) {
    narrowed[i] = (!mask || mask[i]) && holds(i);
    any |= narrowed[i];
  }
  return any;
}

void runLaneIf(const LaneInstruction &in, LaneMachine &m, LaneMask mask) {
  const LaneDetail &detail = *in.detail;
  const int64_t *condition = m.reg<int64_t>(in.a);
  auto runBranch = [&](const LaneRegion &branch, bool when) {
    MaskStorage active;
    if (!narrowMask(m, mask, active,
                    [&](int64_t i) { return (condition[i] != 0) == when; }))
      return;
    runLaneBlock(branch.block, m, active.data());
    for (size_t i = 0; i < detail.results.size(); ++i)
      moveLanes(m, detail.results[i], branch.yields[i], detail.isWide[i],
                active.data());
  };
  runBranch(detail.first, true);
  runBranch(detail.second, false);
}

/// Each lane counts by itself and drops out at its own upper bound. Registers:
/// a, b, c are lower, upper, step; `arguments` are the counter, then the
/// carried values; `results` are copies that a yield goes through, since it
/// may name another carried value.
void runLaneFor(const LaneInstruction &in, LaneMachine &m, LaneMask mask) {
  const LaneDetail &detail = *in.detail;
  int64_t *counter = m.reg<int64_t>(detail.arguments[0]);
  const int64_t *upper = m.reg<int64_t>(in.b);
  const int64_t *step = m.reg<int64_t>(in.c);
  moveLanes(m, detail.arguments[0], in.a, /*isWide=*/true, nullptr);
  for (size_t i = 0; i < detail.results.size(); ++i)
    moveLanes(m, detail.arguments[i + 1], detail.operands[i], detail.isWide[i],
              nullptr);
  MaskStorage active;
  while (!m.failed && narrowMask(m, mask, active, [&](int64_t i) {
    return counter[i] < upper[i];
  })) {
    runLaneBlock(detail.first.block, m, active.data());
    for (size_t i = 0; i < detail.results.size(); ++i)
      moveLanes(m, detail.results[i], detail.first.yields[i], detail.isWide[i],
                active.data());
    for (size_t i = 0; i < detail.results.size(); ++i)
      moveLanes(m, detail.arguments[i + 1], detail.results[i], detail.isWide[i],
                active.data());
    for (int64_t i = 0; i < m.lanes; ++i) {
      if (!active[i])
        continue;
      m.failed |= step[i] <= 0;
      if (__builtin_add_overflow(counter[i], step[i], &counter[i]))
        counter[i] = upper[i];
    }
  }
  for (size_t i = 0; i < detail.results.size(); ++i)
    moveLanes(m, detail.results[i], detail.arguments[i + 1], detail.isWide[i],
              nullptr);
}

void runLaneExtract(const LaneInstruction &in, LaneMachine &m, LaneMask mask) {
  const LaneDetail &detail = *in.detail;
  int64_t offsets[kLanes] = {};
  for (auto [dimension, reg] : llvm::enumerate(detail.operands)) {
    int64_t size = detail.tensor.getShape()[dimension];
    const int64_t *index = m.reg<int64_t>(reg);
    for (int64_t i = 0; i < m.lanes; ++i) {
      bool active = !mask || mask[i];
      bool inside = index[i] >= 0 && index[i] < size;
      m.failed |= active && !inside;
      offsets[i] = offsets[i] * size + (inside ? index[i] : 0);
    }
  }
  // A lane that does not run reads element 0, if there is one.
  if (m.failed || detail.tensor.getBytes().empty())
    return;
  loadLanes(m.reg<int64_t>(in.result), detail.tensor.getElementType(),
            detail.tensor.getBytes().data(), {offsets, 0, 0}, m.lanes);
}

} // namespace atrous
