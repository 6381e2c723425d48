//===- Epilogue.cpp - The epilogue of a kernel, in registers --------------===//

#include "passes/cpu/Epilogue.h"

#include "passes/cpu/VectorizedBody.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace atrous::cpu {

/// The epilogue ops over output number `output`, in order.
static SmallVector<linalg::GenericOp> getEpilogue(const KernelContext &context,
                                                  unsigned output) {
  linalg::GenericOp root = context.root;
  Value buffer = root.getDpsInits()[output];
  return llvm::to_vector(
      llvm::make_filter_range(context.epilogue, [&](linalg::GenericOp op) {
        return op.getDpsInits()[0] == buffer;
      }));
}

static Access classifyOperand(linalg::GenericOp op, OpOperand &operand,
                              unsigned dim) {
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return Access::uniform;
  return classifyAccess(op.getMatchingIndexingMap(&operand), dim, type);
}

/// The block arguments of `op` that are vectors along `dim`: the value so far,
/// and operands that depend on `dim`.
static SmallVector<BlockArgument> getVaryingArgs(linalg::GenericOp op,
                                                 unsigned dim) {
  Value buffer = op.getDpsInits()[0];
  SmallVector<BlockArgument> args;
  for (OpOperand &operand : op->getOpOperands())
    if (operand.get() == buffer ||
        classifyOperand(op, operand, dim) != Access::uniform)
      args.push_back(op.getMatchingBlockArgument(&operand));
  return args;
}

bool canVectorizeEpilogue(const KernelContext &context, unsigned output,
                          std::string *reason) {
  auto refuse = [&](StringRef why) {
    if (reason)
      *reason = why.str();
    return false;
  };
  for (linalg::GenericOp op : getEpilogue(context, output)) {
    if (op.getNumLoops() == 0)
      return refuse("a scalar output has no dimension to vectorize");
    unsigned dim = op.getNumLoops() - 1;
    for (OpOperand &operand : op->getOpOperands())
      if (operand.get() != op.getDpsInits()[0] &&
          classifyOperand(op, operand, dim) == Access::other)
        return refuse("reads an epilogue operand across its rows");
    Uniformity uniformity(op, dim, getVaryingArgs(op, dim));
    if (!uniformity.refusal().empty())
      return refuse(uniformity.refusal());
  }
  return true;
}

LogicalResult requireVectorEpilogue(const KernelContext &context) {
  std::string reason;
  if (canVectorizeEpilogue(context, /*output=*/0, &reason))
    return success();
  kernel::DefOp def = context.def;
  return def.emitError("epilogue cannot run on vectors: ") << reason;
}

/// The values of `op`'s block arguments at `indices`.
static SmallVector<Value> loadArgs(OpBuilder &builder, Location loc,
                                   const KernelContext &context,
                                   linalg::GenericOp op, Value current,
                                   ArrayRef<Value> indices, int64_t lanes,
                                   Value mask) {
  SmallVector<Value> args;
  for (OpOperand &operand : op->getOpOperands()) {
    if (operand.get() == op.getDpsInits()[0]) {
      args.push_back(current);
      continue;
    }
    Value source = context.bufferFor(operand.get());
    if (!isa<MemRefType>(source.getType())) {
      args.push_back(source);
      continue;
    }
    // The body may not read what it does not need, such as outputs.
    if (op.getMatchingBlockArgument(&operand).use_empty()) {
      args.push_back(current);
      continue;
    }
    SmallVector<Value> at =
        applyMap(builder, loc, op.getMatchingIndexingMap(&operand), indices);
    bool isVector =
        lanes > 1 && classifyOperand(op, operand, op.getNumLoops() - 1) ==
                         Access::contiguous;
    if (isVector)
      args.push_back(loadVector(builder, loc, source, at, lanes, mask));
    else
      args.push_back(builder.create<memref::LoadOp>(loc, source, at));
  }
  return args;
}

Value emitEpilogue(OpBuilder &builder, Location loc, KernelContext &context,
                   Value value, ArrayRef<Value> indices, int64_t lanes,
                   Value mask, unsigned output) {
  for (linalg::GenericOp op : getEpilogue(context, output)) {
    SmallVector<Value> args =
        loadArgs(builder, loc, context, op, value, indices, lanes, mask);
    if (lanes == 1) {
      BodyCloner cloner(builder, loc, indices, context.mapping);
      value = cloner.clone(op, args).front();
      continue;
    }
    unsigned dim = op.getNumLoops() - 1;
    Uniformity uniformity(op, dim, getVaryingArgs(op, dim));
    BodyCloner cloner(builder, loc, indices, context.mapping, &uniformity, dim,
                      lanes, mask);
    value = toVector(builder, loc, cloner.clone(op, args).front(), lanes);
  }
  return value;
}

void emitOutput(OpBuilder &builder, Location loc, KernelContext &context,
                Value sum, ArrayRef<Value> ivs) {
  linalg::GenericOp root = context.root;
  auto type = cast<VectorType>(sum.getType());
  SmallVector<Value> indices =
      applyMap(builder, loc, root.getIndexingMapsArray().back(), ivs);
  Value output = context.bufferFor(root.getDpsInits()[0]);
  Value init = context.initValues[0];
  if (!init || !matchPattern(init, m_AnyZeroFloat())) {
    Value start =
        init ? builder.create<vector::BroadcastOp>(loc, type, init).getResult()
             : builder.create<vector::LoadOp>(loc, type, output, indices);
    sum = builder.create<arith::AddFOp>(loc, sum, start);
  }
  Value value =
      emitEpilogue(builder, loc, context, sum, indices, type.getNumElements());
  builder.create<vector::StoreOp>(loc, value, output, indices);
}

} // namespace atrous::cpu
