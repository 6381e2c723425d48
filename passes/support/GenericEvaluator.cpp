//===- GenericEvaluator.cpp - The loop nest of a linalg.generic -----------===//

#include "passes/support/GenericEvaluator.h"
#include "passes/support/ElementAccess.h"
#include <cstring>

using namespace mlir;

namespace atrous {

namespace {

/// One of the parallel loops, after merging those that every operand walks as
/// one.
struct Loop {
  int64_t size;
  unsigned source;
};

struct Operand {
  ElementAccess access;
  Type type;
  const char *bytes = nullptr;
  char *mutableBytes = nullptr;
  int reg = -1;
  bool isRead = true;
  bool variesInReduction = false;
  /// Offset per step of each parallel loop.
  SmallVector<int64_t> steps;
  /// Where the lanes of the current block lie, without the reduction's part.
  LaneAddress address = {nullptr, 0, 0};
  std::vector<int64_t> offsets;
};

class GenericLoops {
public:
  GenericLoops(linalg::GenericOp op, const LaneProgram &program)
      : op(op), program(program), machine(program.makeMachine()) {}

  LogicalResult prepare(ArrayRef<TensorBuffer> inputs,
                        MutableArrayRef<TensorBuffer> outputs);
  LogicalResult run();

private:
  LogicalResult addOperand(OpOperand &use, const TensorBuffer &buffer);
  void chooseLoops();
  bool canMerge(unsigned outer, unsigned inner) const;
  void locateBlock();
  void locateRun(int64_t first, int64_t length);
  void advance(int64_t length);
  LogicalResult runReduction();
  LogicalResult load(Operand &operand);
  LogicalResult resolve(Operand &operand, LaneAddress &address);
  void keepYields();

  linalg::GenericOp op;
  const LaneProgram &program;
  LaneMachine machine;
  SmallVector<int64_t> sizes;
  SmallVector<unsigned> reductions;
  SmallVector<Loop> loops;
  SmallVector<int64_t> position;
  SmallVector<int64_t> reductionPoint;
  std::vector<Operand> inputs, outputs;
  /// Coordinates of the lanes, one array per source loop; empty where neither
  /// linalg.index nor a nonlinear map asks.
  std::vector<std::vector<int64_t>> coordinates;
  SmallVector<const int64_t *> coordinatePointers;
  std::vector<int64_t> scratch = std::vector<int64_t>(kLanes);
};

} // namespace

LogicalResult GenericLoops::addOperand(OpOperand &use,
                                       const TensorBuffer &buffer) {
  Operand operand;
  auto access = ElementAccess::create(op.getMatchingIndexingMap(&use), sizes,
                                      buffer.getShape());
  if (failed(access))
    return failure();
  operand.access = std::move(*access);
  operand.type = buffer.getElementType();
  operand.bytes = buffer.getBytes().data();
  operand.reg = program.getArguments()[use.getOperandNumber()];
  operand.isRead = !op.getMatchingBlockArgument(&use).use_empty();
  for (unsigned loop : reductions)
    operand.variesInReduction |= operand.access.usesLoop(loop);
  (op.isDpsInit(&use) ? outputs : inputs).push_back(std::move(operand));
  return success();
}

LogicalResult
GenericLoops::prepare(ArrayRef<TensorBuffer> inputBuffers,
                      MutableArrayRef<TensorBuffer> outputBuffers) {
  sizes = op.getStaticLoopRanges();
  for (auto [loop, kind] : llvm::enumerate(op.getIteratorTypesArray()))
    if (kind != utils::IteratorType::parallel)
      reductions.push_back(loop);
  for (auto [use, buffer] :
       llvm::zip_equal(op.getDpsInputOperands(), inputBuffers))
    if (failed(addOperand(*use, buffer)))
      return failure();
  for (auto [index, buffer] : llvm::enumerate(outputBuffers)) {
    // Making it writable may move it, so it comes before its address is taken.
    auto bytes = buffer.getMutableBytes();
    if (failed(bytes) ||
        failed(addOperand(*op.getDpsInitOperand(index), buffer)) ||
        outputs.back().variesInReduction)
      return failure();
    outputs.back().mutableBytes = bytes->data();
  }
  chooseLoops();
  return success();
}

void GenericLoops::chooseLoops() {
  bool needsCoordinates = !program.getIndices().empty();
  for (auto *operands : {&inputs, &outputs})
    for (Operand &operand : *operands)
      needsCoordinates |= !operand.access.isLinear();

  for (unsigned loop = 0; loop < sizes.size(); ++loop) {
    if (llvm::is_contained(reductions, loop))
      continue;
    if (!needsCoordinates && !loops.empty() &&
        canMerge(loops.back().source, loop))
      loops.back() = {loops.back().size * sizes[loop], loop};
    else
      loops.push_back({sizes[loop], loop});
  }
  for (auto *operands : {&inputs, &outputs})
    for (Operand &operand : *operands)
      for (Loop loop : loops)
        operand.steps.push_back(operand.access.coefficients[loop.source]);
  position.assign(loops.size(), 0);
  reductionPoint.assign(reductions.size(), 0);
  if (needsCoordinates) {
    coordinates.assign(sizes.size(), std::vector<int64_t>(kLanes));
    for (const std::vector<int64_t> &coordinate : coordinates)
      coordinatePointers.push_back(coordinate.data());
  }
}

/// A step of the outer loop is as far as a whole inner loop, in every operand.
bool GenericLoops::canMerge(unsigned outer, unsigned inner) const {
  auto walksAsOne = [&](const Operand &operand) {
    ArrayRef<int64_t> coefficients = operand.access.coefficients;
    return coefficients[outer] == coefficients[inner] * sizes[inner];
  };
  return llvm::all_of(inputs, walksAsOne) && llvm::all_of(outputs, walksAsOne);
}

/// Addresses of the next `machine.lanes` points, and moves past them.
void GenericLoops::locateBlock() {
  auto getStart = [&](const Operand &operand) {
    int64_t start = operand.access.base;
    for (auto [step, index] : llvm::zip(operand.steps, position))
      start += step * index;
    return start;
  };
  bool isOneRun =
      loops.empty() || position.back() + machine.lanes <= loops.back().size;
  for (auto *operands : {&inputs, &outputs})
    for (Operand &operand : *operands) {
      operand.address = {nullptr, getStart(operand),
                         loops.empty() ? 0 : operand.steps.back()};
      if (!isOneRun) {
        operand.offsets.resize(kLanes);
        operand.address.offsets = operand.offsets.data();
      }
    }
  for (int64_t first = 0; first < machine.lanes;) {
    int64_t length = machine.lanes - first;
    if (!loops.empty())
      length = std::min(length, loops.back().size - position.back());
    if (!isOneRun)
      for (auto *operands : {&inputs, &outputs})
        for (Operand &operand : *operands) {
          int64_t start = getStart(operand), step = operand.steps.back();
          for (int64_t i = 0; i < length; ++i)
            operand.offsets[first + i] = start + step * i;
        }
    locateRun(first, length);
    advance(length);
    first += length;
  }
}

void GenericLoops::locateRun(int64_t first, int64_t length) {
  if (coordinates.empty())
    return;
  for (auto [number, loop] : llvm::enumerate(loops)) {
    int64_t step = number + 1 == loops.size();
    for (int64_t i = 0; i < length; ++i)
      coordinates[loop.source][first + i] = position[number] + step * i;
  }
}

void GenericLoops::advance(int64_t length) {
  if (loops.empty())
    return;
  position.back() += length;
  for (unsigned i = loops.size() - 1; i > 0 && position[i] == loops[i].size;
       --i) {
    position[i] = 0;
    ++position[i - 1];
  }
}

/// The address of an operand at the current block and reduction point.
LogicalResult GenericLoops::resolve(Operand &operand, LaneAddress &address) {
  address = operand.address;
  if (!operand.access.isLinear()) {
    address.offsets = scratch.data();
    return success(operand.access.getOffsets(coordinatePointers, machine.lanes,
                                             scratch.data()));
  }
  int64_t shift = 0;
  for (auto [loop, index] : llvm::zip(reductions, reductionPoint))
    shift += operand.access.coefficients[loop] * index;
  if (shift == 0)
    return success();
  address.start += shift;
  if (address.offsets) {
    for (int64_t i = 0; i < machine.lanes; ++i)
      scratch[i] = address.offsets[i] + shift;
    address.offsets = scratch.data();
  }
  return success();
}

LogicalResult GenericLoops::load(Operand &operand) {
  LaneAddress address;
  if (!operand.isRead)
    return success();
  if (failed(resolve(operand, address)))
    return failure();
  loadLanes(machine.reg<int64_t>(operand.reg), operand.type, operand.bytes,
            address, machine.lanes);
  return success();
}

/// What the body yields becomes the outputs' value for the next step.
void GenericLoops::keepYields() {
  size_t bytes = machine.lanes * sizeof(int64_t);
  if (outputs.size() == 1) {
    std::memmove(machine.reg<int64_t>(outputs[0].reg),
                 machine.reg<int64_t>(program.getYields()[0]), bytes);
    return;
  }
  // A yield may name another output's argument: gather all, then write.
  SmallVector<std::vector<int64_t>, 1> values;
  for (int reg : program.getYields())
    values.emplace_back(machine.reg<int64_t>(reg),
                        machine.reg<int64_t>(reg) + machine.lanes);
  for (auto [operand, value] : llvm::zip_equal(outputs, values))
    std::copy(value.begin(), value.end(), machine.reg<int64_t>(operand.reg));
}

LogicalResult GenericLoops::runReduction() {
  reductionPoint.assign(reductions.size(), 0);
  for (auto [dimension, reg] : program.getIndices())
    if (!llvm::is_contained(reductions, dimension))
      std::copy_n(coordinatePointers[dimension], machine.lanes,
                  machine.reg<int64_t>(reg));
  for (bool isFirst = true;; isFirst = false) {
    if (!coordinates.empty())
      for (auto [loop, index] : llvm::zip(reductions, reductionPoint))
        std::fill_n(coordinates[loop].begin(), machine.lanes, index);
    for (auto [dimension, reg] : program.getIndices())
      if (llvm::is_contained(reductions, dimension))
        std::copy_n(coordinatePointers[dimension], machine.lanes,
                    machine.reg<int64_t>(reg));
    for (Operand &operand : inputs)
      if ((isFirst || operand.variesInReduction) && failed(load(operand)))
        return failure();
    program.run(machine);
    if (machine.failed)
      return failure();
    unsigned digit = reductions.size();
    while (digit > 0 &&
           ++reductionPoint[digit - 1] == sizes[reductions[digit - 1]])
      reductionPoint[--digit] = 0;
    if (digit == 0)
      return success();
    keepYields();
  }
}

LogicalResult GenericLoops::run() {
  int64_t count = 1;
  for (Loop loop : loops)
    count *= loop.size;
  for (int64_t first = 0; first < count; first += kLanes) {
    machine.lanes = std::min(kLanes, count - first);
    reductionPoint.assign(reductions.size(), 0);
    locateBlock();
    for (Operand &operand : outputs)
      if (failed(load(operand)))
        return failure();
    if (failed(runReduction()))
      return failure();
    for (auto [operand, reg] : llvm::zip_equal(outputs, program.getYields())) {
      LaneAddress address;
      if (failed(resolve(operand, address)))
        return failure();
      storeLanes(machine.reg<int64_t>(reg), operand.type, operand.mutableBytes,
                 address, machine.lanes);
    }
  }
  return success();
}

LogicalResult
evaluateGeneric(linalg::GenericOp op, ArrayRef<TensorBuffer> inputs,
                MutableArrayRef<TensorBuffer> outputs,
                function_ref<const TensorBuffer *(Value)> lookup) {
  for (int64_t size : op.getStaticLoopRanges()) {
    if (ShapedType::isDynamic(size))
      return failure();
    if (size == 0)
      return success();
  }
  FailureOr<LaneProgram> program = LaneProgram::compile(*op.getBody(), lookup);
  if (failed(program))
    return failure();
  GenericLoops loops(op, *program);
  if (failed(loops.prepare(inputs, outputs)))
    return failure();
  return loops.run();
}

} // namespace atrous
