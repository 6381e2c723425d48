//===- Uniformity.cpp - Which values differ between lanes -----------------===//

#include "passes/cpu/VectorizedBody.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace atrous::cpu {

/// Vector units have no integer division, and lanes that are masked off would
/// divide by zero.
static bool isIntegerDivision(Operation &op) {
  return isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp,
             arith::CeilDivSIOp, arith::CeilDivUIOp, arith::FloorDivSIOp>(op);
}

Uniformity::Uniformity(linalg::GenericOp op, unsigned dim,
                       ArrayRef<BlockArgument> varyingArgs)
    : dim(dim) {
  varying.insert(varyingArgs.begin(), varyingArgs.end());
  // Values only ever become varying, so this ends; loops need more rounds.
  size_t before;
  do {
    before = varying.size();
    propagate(*op.getBlock());
  } while (varying.size() != before);
  check(*op.getBlock());
}

void Uniformity::propagate(Block &block) {
  auto anyVarying = [&](ValueRange values) {
    return llvm::any_of(values, [&](Value v) { return isVarying(v); });
  };
  for (Operation &op : block.without_terminator()) {
    if (auto index = dyn_cast<linalg::IndexOp>(op)) {
      if (index.getDim() == dim)
        varying.insert(index);
      continue;
    }
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      for (auto [init, arg, yielded, result] :
           llvm::zip_equal(loop.getInitArgs(), loop.getRegionIterArgs(),
                           loop.getYieldedValues(), loop.getResults()))
        if (isVarying(init) || isVarying(yielded) || isVarying(arg)) {
          varying.insert(arg);
          varying.insert(result);
        }
      propagate(*loop.getBody());
      continue;
    }
    if (auto branch = dyn_cast<scf::IfOp>(op)) {
      for (Region *region : branch.getRegions())
        if (!region->empty())
          propagate(region->front());
      for (OpResult result : branch.getResults()) {
        unsigned number = result.getResultNumber();
        if (isVarying(branch.getCondition()) ||
            isVarying(branch.thenYield().getOperand(number)) ||
            isVarying(branch.elseYield().getOperand(number)))
          varying.insert(result);
      }
      continue;
    }
    if (anyVarying(op.getOperands()))
      varying.insert(op.result_begin(), op.result_end());
  }
}

bool Uniformity::isUnitStrideIndex(Value index) const {
  Operation *op = index.getDefiningOp();
  if (!op || !isVarying(index))
    return false;
  if (isa<linalg::IndexOp>(op))
    return true;
  if (isa<arith::IndexCastOp>(op))
    return isUnitStrideIndex(op->getOperand(0));
  if (isa<arith::AddIOp>(op)) {
    Value lhs = op->getOperand(0), rhs = op->getOperand(1);
    return isVarying(lhs) != isVarying(rhs) &&
           isUnitStrideIndex(isVarying(lhs) ? lhs : rhs);
  }
  if (isa<arith::SubIOp>(op))
    return !isVarying(op->getOperand(1)) &&
           isUnitStrideIndex(op->getOperand(0));
  if (auto apply = dyn_cast<affine::AffineApplyOp>(op)) {
    AffineMap map = apply.getAffineMap();
    if (map.getNumSymbols() != 0)
      return false;
    for (auto [number, operand] : llvm::enumerate(apply.getMapOperands())) {
      if (!isVarying(operand))
        continue;
      AffineExpr rest =
          map.getResult(0) - getAffineDimExpr(number, map.getContext());
      rest = simplifyAffineExpr(rest, map.getNumDims(), 0);
      if (rest.isFunctionOfDim(number) || !isUnitStrideIndex(operand))
        return false;
      // A second varying operand would be found in `rest`.
      for (unsigned other = 0; other < map.getNumDims(); ++other)
        if (other != number && isVarying(apply.getMapOperands()[other]))
          return false;
    }
    return true;
  }
  return false;
}

void Uniformity::checkLoad(memref::LoadOp load) {
  if (load.getIndices().empty() || !isVarying(load.getResult()))
    return;
  MemRefType type = load.getMemRefType();
  for (Value index : load.getIndices().drop_back())
    if (isVarying(index)) {
      reason = "loads from a row that differs between lanes";
      return;
    }
  if (!isUnitStrideIndex(load.getIndices().back()) ||
      !isInnermostContiguous(type))
    reason = "loads elements that are not adjacent";
  else if (type.getElementType().isInteger(1))
    reason = "loads booleans";
}

void Uniformity::check(Block &block) {
  for (Operation &op : block.without_terminator()) {
    if (!reason.empty())
      return;
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      if (isVarying(loop.getLowerBound()) || isVarying(loop.getUpperBound()) ||
          isVarying(loop.getStep()))
        reason = "has a loop whose bounds differ between lanes";
      else
        check(*loop.getBody());
    } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
      if (isVarying(branch.getCondition()))
        reason = "has a branch that differs between lanes";
      for (Region *region : branch.getRegions())
        if (!region->empty() && reason.empty())
          check(region->front());
    } else if (auto load = dyn_cast<memref::LoadOp>(op)) {
      checkLoad(load);
    } else if (op.getNumRegions() != 0 || !isMemoryEffectFree(&op)) {
      reason = ("holds " + op.getName().getStringRef()).str();
    } else if (op.getNumResults() == 0 || !isVarying(op.getResult(0)) ||
               isa<linalg::IndexOp>(op)) {
      continue;
    } else if (isIntegerDivision(op) &&
               !matchPattern(op.getOperand(1), m_Constant())) {
      reason = "divides integers";
    } else if (!OpTrait::hasElementwiseMappableTraits(&op) &&
               !isUnitStrideIndex(op.getResult(0))) {
      reason = (op.getName().getStringRef() + " has no vector form").str();
    }
  }
}

} // namespace atrous::cpu
