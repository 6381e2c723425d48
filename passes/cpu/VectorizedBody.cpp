//===- VectorizedBody.cpp - Cloning a scalar body on vectors --------------===//

#include "passes/cpu/VectorizedBody.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace atrous::cpu {

SmallVector<Value> BodyCloner::clone(linalg::GenericOp op,
                                     ArrayRef<Value> args) {
  mapping.map(op.getBlock()->getArguments(), args);
  return cloneBlock(*op.getBlock());
}

SmallVector<Value> BodyCloner::cloneBlock(Block &block) {
  for (Operation &op : block.without_terminator())
    cloneOp(op);
  return llvm::map_to_vector(
      block.getTerminator()->getOperands(),
      [&](Value v) { return mapping.lookupOrDefault(v); });
}

void BodyCloner::cloneOp(Operation &op) {
  if (auto index = dyn_cast<linalg::IndexOp>(op))
    return cloneIndex(index);
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return cloneFor(loop);
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return cloneIf(branch);
  bool onVectors = llvm::any_of(
      op.getResults(), [&](Value result) { return isVarying(result); });
  if (!onVectors) {
    builder.clone(op, mapping);
    return;
  }
  if (auto load = dyn_cast<memref::LoadOp>(op))
    return cloneLoad(load);
  cloneOnVectors(op);
}

void BodyCloner::cloneOnVectors(Operation &op) {
  // An index computation without a vector form; loads ask for its first lane.
  if (isa<affine::AffineApplyOp>(op)) {
    mapping.map(op.getResult(0), countFrom(firstLane(op.getResult(0))));
    return;
  }
  OperationState state(loc, op.getName());
  for (OpOperand &operand : op.getOpOperands()) {
    Value value = mapping.lookupOrDefault(operand.get());
    // One condition for all lanes is a branch, not a mask.
    bool isScalar = isa<arith::SelectOp>(op) && operand.getOperandNumber() == 0;
    state.operands.push_back(isScalar ? value
                                      : toVector(builder, loc, value, lanes));
  }
  for (Type type : op.getResultTypes())
    state.types.push_back(VectorType::get({lanes}, type));
  state.attributes.append(op.getAttrs().begin(), op.getAttrs().end());
  Operation *vectorOp = builder.create(state);
  mapping.map(op.getResults(), vectorOp->getResults());
}

void BodyCloner::cloneIndex(linalg::IndexOp op) {
  Value iv = ivs[op.getDim()];
  mapping.map(op.getResult(), isVarying(op) ? countFrom(iv) : iv);
}

Value BodyCloner::countFrom(Value first) {
  auto type = VectorType::get({lanes}, builder.getIndexType());
  auto numbers = llvm::to_vector(llvm::seq<int64_t>(0, lanes));
  Value steps = builder.create<arith::ConstantOp>(
      loc, type,
      cast<DenseElementsAttr>(DenseIntElementsAttr::get(type, numbers)));
  return builder.create<arith::AddIOp>(
      loc, toVector(builder, loc, first, lanes), steps);
}

Value BodyCloner::firstLane(Value index) {
  if (!isVarying(index))
    return mapping.lookupOrDefault(index);
  Operation *op = index.getDefiningOp();
  if (isa<linalg::IndexOp>(op))
    return ivs[dim];
  IRMapping scalars;
  for (Value operand : op->getOperands())
    scalars.map(operand, firstLane(operand));
  return builder.clone(*op, scalars)->getResult(0);
}

void BodyCloner::cloneLoad(memref::LoadOp op) {
  SmallVector<Value> indices;
  for (Value index : op.getIndices().drop_back())
    indices.push_back(mapping.lookupOrDefault(index));
  indices.push_back(firstLane(op.getIndices().back()));
  mapping.map(op.getResult(),
              loadVector(builder, loc, mapping.lookupOrDefault(op.getMemRef()),
                         indices, lanes, mask));
}

void BodyCloner::cloneFor(scf::ForOp op) {
  SmallVector<Value> inits;
  for (auto [init, result] :
       llvm::zip_equal(op.getInitArgs(), op.getResults())) {
    Value value = mapping.lookupOrDefault(init);
    inits.push_back(isVarying(result) ? toVector(builder, loc, value, lanes)
                                      : value);
  }
  auto loop = builder.create<scf::ForOp>(
      loc, mapping.lookupOrDefault(op.getLowerBound()),
      mapping.lookupOrDefault(op.getUpperBound()),
      mapping.lookupOrDefault(op.getStep()), inits);
  mapping.map(op.getInductionVar(), loop.getInductionVar());
  mapping.map(op.getRegionIterArgs(), loop.getRegionIterArgs());
  mapping.map(op.getResults(), loop.getResults());

  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> yielded = cloneBlock(*op.getBody());
  for (auto [value, result] : llvm::zip_equal(yielded, op.getResults()))
    if (isVarying(result))
      value = toVector(builder, loc, value, lanes);
  // A loop without results has its terminator already.
  if (!yielded.empty())
    builder.create<scf::YieldOp>(loc, yielded);
}

void BodyCloner::cloneIf(scf::IfOp op) {
  auto types = llvm::map_to_vector(op.getResults(), [&](Value result) -> Type {
    return isVarying(result) ? VectorType::get({lanes}, result.getType())
                             : result.getType();
  });
  auto branch = builder.create<scf::IfOp>(
      loc, types, mapping.lookupOrDefault(op.getCondition()),
      /*addThenBlock=*/true, /*addElseBlock=*/!op.getElseRegion().empty());
  mapping.map(op.getResults(), branch.getResults());
  auto fill = [&](Region &from, Region &to) {
    if (from.empty())
      return;
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&to.front());
    SmallVector<Value> yielded = cloneBlock(from.front());
    for (auto [value, result] : llvm::zip_equal(yielded, op.getResults()))
      if (isVarying(result))
        value = toVector(builder, loc, value, lanes);
    if (to.front().empty() ||
        !to.front().back().hasTrait<OpTrait::IsTerminator>())
      builder.create<scf::YieldOp>(loc, yielded);
  };
  fill(op.getThenRegion(), branch.getThenRegion());
  fill(op.getElseRegion(), branch.getElseRegion());
}

} // namespace atrous::cpu
