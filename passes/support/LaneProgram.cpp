//===- LaneProgram.cpp - Compiling a region to lane instructions ----------===//

#include "passes/support/LaneProgram.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "passes/support/LaneOps.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace atrous {

LaneKind getLaneKind(Type type) {
  if (type.isF64())
    return LaneKind::Double;
  return isa<FloatType>(type) ? LaneKind::Float : LaneKind::Int;
}

int getLaneShift(Type type) {
  return isa<IntegerType>(type) ? 64 - int(type.getIntOrFloatBitWidth()) : 0;
}

class LaneCompiler {
public:
  LaneCompiler(LaneProgram &program,
               function_ref<const TensorBuffer *(Value)> lookup)
      : program(program), lookup(lookup) {}

  int newRegister(Value value) {
    registers[value] = program.numRegisters;
    return program.numRegisters++;
  }

  LogicalResult compileBlock(Block &block, LaneRegion &region);

private:
  /// The register of a scalar; -1 for a value that nothing gives.
  int getRegister(Value value);
  LogicalResult compileOp(Operation &op, LaneBlock &block);
  LogicalResult compileIf(scf::IfOp op, LaneBlock &block);
  LogicalResult compileFor(scf::ForOp op, LaneBlock &block);
  LogicalResult compileExtract(tensor::ExtractOp op, LaneBlock &block);
  LogicalResult compileScalar(Operation &op, LaneBlock &block);
  void addResults(Operation *op, LaneDetail &detail);

  LaneProgram &program;
  function_ref<const TensorBuffer *(Value)> lookup;
  DenseMap<Value, int> registers;
};

static bool isWideType(Type type) {
  return getLaneKind(type) != LaneKind::Float;
}

int LaneCompiler::getRegister(Value value) {
  if (auto it = registers.find(value); it != registers.end())
    return it->second;
  const TensorBuffer *captured = lookup(value);
  if (!captured || !captured->getShape().empty())
    return -1;
  int reg = newRegister(value);
  program.constants.emplace_back(reg, *captured);
  return reg;
}

void LaneCompiler::addResults(Operation *op, LaneDetail &detail) {
  for (Value result : op->getResults()) {
    detail.results.push_back(newRegister(result));
    detail.isWide.push_back(isWideType(result.getType()));
  }
}

LogicalResult LaneCompiler::compileBlock(Block &block, LaneRegion &region) {
  for (Operation &op : block.without_terminator())
    if (failed(compileOp(op, region.block)))
      return failure();
  for (Value value : block.getTerminator()->getOperands()) {
    region.yields.push_back(getRegister(value));
    if (region.yields.back() < 0)
      return failure();
  }
  return success();
}

LogicalResult LaneCompiler::compileOp(Operation &op, LaneBlock &block) {
  return TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](arith::ConstantOp op) {
        TypedAttr attr = op.getValue();
        if (!isa<FloatAttr, IntegerAttr>(attr))
          return failure();
        auto type = RankedTensorType::get({}, op.getType());
        auto buffer =
            TensorBuffer::fromAttr(DenseElementsAttr::get(type, attr));
        if (failed(buffer))
          return failure();
        program.constants.emplace_back(newRegister(op.getResult()),
                                       std::move(*buffer));
        return success();
      })
      .Case([&](linalg::IndexOp op) {
        program.indices.emplace_back(op.getDim(), newRegister(op.getResult()));
        return success();
      })
      .Case([&](scf::IfOp op) { return compileIf(op, block); })
      .Case([&](scf::ForOp op) { return compileFor(op, block); })
      .Case([&](tensor::ExtractOp op) { return compileExtract(op, block); })
      .Default([&](Operation *op) { return compileScalar(*op, block); });
}

LogicalResult LaneCompiler::compileIf(scf::IfOp op, LaneBlock &block) {
  LaneInstruction in;
  in.run = runLaneIf;
  in.detail = std::make_shared<LaneDetail>();
  in.a = getRegister(op.getCondition());
  if (in.a < 0 || failed(compileBlock(*op.thenBlock(), in.detail->first)))
    return failure();
  if (op.elseBlock() &&
      failed(compileBlock(*op.elseBlock(), in.detail->second)))
    return failure();
  addResults(op, *in.detail);
  block.push_back(std::move(in));
  return success();
}

LogicalResult LaneCompiler::compileFor(scf::ForOp op, LaneBlock &block) {
  LaneInstruction in;
  in.run = runLaneFor;
  in.detail = std::make_shared<LaneDetail>();
  in.a = getRegister(op.getLowerBound());
  in.b = getRegister(op.getUpperBound());
  in.c = getRegister(op.getStep());
  if (in.a < 0 || in.b < 0 || in.c < 0)
    return failure();
  for (Value init : op.getInitArgs()) {
    in.detail->operands.push_back(getRegister(init));
    if (in.detail->operands.back() < 0)
      return failure();
  }
  for (Value argument : op.getBody()->getArguments())
    in.detail->arguments.push_back(newRegister(argument));
  if (failed(compileBlock(*op.getBody(), in.detail->first)))
    return failure();
  addResults(op, *in.detail);
  block.push_back(std::move(in));
  return success();
}

LogicalResult LaneCompiler::compileExtract(tensor::ExtractOp op,
                                           LaneBlock &block) {
  const TensorBuffer *tensor = lookup(op.getTensor());
  if (!tensor)
    return failure();
  LaneInstruction in;
  in.run = runLaneExtract;
  in.detail = std::make_shared<LaneDetail>();
  in.detail->tensor = *tensor;
  for (Value index : op.getIndices()) {
    in.detail->operands.push_back(getRegister(index));
    if (in.detail->operands.back() < 0)
      return failure();
  }
  in.result = newRegister(op.getResult());
  block.push_back(std::move(in));
  return success();
}

static LaneInstruction selectInstruction(Operation *op) {
  LaneInstruction in;
  if (op->getNumResults() != 1 || op->getNumOperands() == 0 ||
      op->getNumOperands() > 3)
    return in;
  Type from = op->getOperand(0).getType(), to = op->getResult(0).getType();
  if (getElementBytes(from) == 0 || getElementBytes(to) == 0)
    return in;
  in.operandShift = getLaneShift(from);
  in.resultShift = getLaneShift(to);
  if (isa<arith::SelectOp>(op))
    in.run = getLaneSelect(isWideType(to));
  else if (LaneFunction cast = selectCastFunction(op))
    in.run = cast;
  else if (getLaneKind(from) == LaneKind::Int)
    in.run = selectIntFunction(op);
  else
    in.run = selectFloatFunction(op, getLaneKind(from));
  return in;
}

LogicalResult LaneCompiler::compileScalar(Operation &op, LaneBlock &block) {
  LaneInstruction in = selectInstruction(&op);
  if (!in.run)
    return failure();
  int *slots[] = {&in.a, &in.b, &in.c};
  for (auto [slot, operand] : llvm::zip(slots, op.getOperands())) {
    *slot = getRegister(operand);
    if (*slot < 0)
      return failure();
  }
  in.result = newRegister(op.getResult(0));
  LaneInstruction rounding;
  rounding.result = in.result;
  rounding.run = getLaneRounding(op.getResult(0).getType());
  block.push_back(std::move(in));
  if (rounding.run)
    block.push_back(std::move(rounding));
  return success();
}

FailureOr<LaneProgram>
LaneProgram::compile(Block &body,
                     function_ref<const TensorBuffer *(Value)> lookup) {
  LaneProgram program;
  LaneCompiler compiler(program, lookup);
  for (Value argument : body.getArguments())
    program.arguments.push_back(compiler.newRegister(argument));
  if (failed(compiler.compileBlock(body, program.region)))
    return failure();
  return program;
}

LaneMachine LaneProgram::makeMachine() const {
  LaneMachine machine(numRegisters);
  for (const auto &[reg, tensor] : constants)
    loadLanes(machine.reg<int64_t>(reg), tensor.getElementType(),
              tensor.getBytes().data(), {nullptr, 0, 0}, kLanes);
  return machine;
}

void LaneProgram::run(LaneMachine &machine) const {
  runLaneBlock(region.block, machine, nullptr);
}

} // namespace atrous
