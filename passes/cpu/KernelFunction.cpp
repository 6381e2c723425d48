//===- KernelFunction.cpp - The function of a kernel ----------------------===//

#include "passes/cpu/KernelFunction.h"

#include "passes/cpu/SizeClasses.h"
#include "passes/cpu/Sizes.h"
#include "passes/support/KernelMemory.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace atrous::cpu {

static bool isDynamic(Type type) {
  auto memref = dyn_cast<MemRefType>(type);
  return memref && !memref.hasStaticShape();
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

/// A buffer of dynamic sizes comes as the address of its first element.
static Type getArgumentType(Type type) {
  auto memref = dyn_cast<MemRefType>(type);
  if (!memref)
    return type;
  if (isDynamic(type))
    return MemRefType::get({}, memref.getElementType(), AffineMap(),
                           memref.getMemorySpace());
  if (memref.getNumElements() != 0)
    return type;
  // LLVM's lowering gives up on buffers without elements and without written
  // strides.
  SmallVector<int64_t> strides(memref.getRank(), 1);
  return MemRefType::get(memref.getShape(), memref.getElementType(),
                         StridedLayoutAttr::get(type.getContext(), 0, strides),
                         memref.getMemorySpace());
}

static func::FuncOp createFunction(OpBuilder &builder, kernel::DefOp def,
                                   kernel::CpuScheduleAttr schedule,
                                   int64_t numSizes, KernelMemory memory,
                                   bool noalias) {
  auto types = llvm::map_to_vector(def.getArgumentTypes(), getArgumentType);
  Type bytes = MemRefType::get({}, builder.getF32Type());
  types.append(numSizes, builder.getIndexType());
  if (memory.workspace)
    types.push_back(bytes);
  if (memory.prepared)
    types.push_back(bytes);
  types.append(2, builder.getIndexType());
  if (memory.scratch)
    types.push_back(bytes);
  auto func = builder.create<func::FuncOp>(def.getLoc(), def.getSymName(),
                                           builder.getFunctionType(types, {}));
  func.setPrivate();
  // Attributes of the LLVM function. Kernels stay functions of their own, which
  // keeps their noalias arguments; some CPUs' tuning prefers narrower vectors.
  SmallVector<Attribute> attributes{builder.getStringAttr("noinline"),
                                    builder.getStringAttr("nounwind")};
  if (schedule.getIsa() == kernel::CpuIsa::avx512)
    attributes.push_back(
        builder.getStrArrayAttr({"prefer-vector-width", "512"}));
  func->setAttr("passthrough", builder.getArrayAttr(attributes));
  if (noalias)
    for (auto [number, type] : llvm::enumerate(def.getArgumentTypes()))
      if (isa<MemRefType>(type))
        func.setArgAttr(number, LLVM::LLVMDialect::getNoAliasAttrName(),
                        builder.getUnitAttr());
  if (memory.workspace)
    func->setAttr(kernel::kWorkspaceAttr,
                  builder.getI64IntegerAttr(memory.workspace));
  if (memory.prepared)
    for (StringRef name : {kernel::kPreparedAttr, kernel::kAtLoadAttr})
      func->setAttr(name, def->getAttr(name));
  if (memory.scratch)
    func->setAttr(kernel::kScratchAttr,
                  builder.getI64IntegerAttr(memory.scratch));
  return func;
}

/// Gives the buffers of dynamic sizes these, which are arguments of the
/// function from `firstSize` on.
static void mapDynamicBuffers(OpBuilder &builder, KernelContext &context,
                              unsigned firstSize) {
  kernel::DefOp def = context.def;
  SizeClasses classes(def);
  Block *entry = &context.func.getBody().front();
  std::map<SizeClasses::Dimension, Value> sizeOf;
  for (auto [number, type] : llvm::enumerate(def.getArgumentTypes()))
    if (isDynamic(type))
      for (auto [position, size] :
           llvm::enumerate(cast<MemRefType>(type).getShape()))
        if (ShapedType::isDynamic(size))
          sizeOf[{unsigned(number), unsigned(position)}] =
              entry->getArgument(firstSize++);

  for (BlockArgument arg : def.getBody().getArguments()) {
    if (!isDynamic(arg.getType()))
      continue;
    auto type = cast<MemRefType>(arg.getType());
    SmallVector<OpFoldResult> sizes;
    for (unsigned position = 0; position < type.getRank(); ++position) {
      SizeClasses::Dimension here{arg.getArgNumber(), position};
      int64_t known = classes.getKnownSize(here);
      if (ShapedType::isDynamic(known))
        sizes.push_back(sizeOf.at(classes.getFirst(here)));
      else
        sizes.push_back(builder.getIndexAttr(known));
    }
    Value view = createDenseView(builder, arg.getLoc(),
                                 entry->getArgument(arg.getArgNumber()), sizes);
    arg.setType(view.getType());
    context.mapping.map(arg, view);
  }
}

/// Sets what the last arguments of context.func are; returns the operands and
/// the sizes, which stand before.
static ArrayRef<BlockArgument> takeLastArguments(KernelContext &context) {
  ArrayRef<BlockArgument> arguments = context.func.getArguments();
  auto take = [&] {
    Value last = arguments.back();
    arguments = arguments.drop_back();
    return last;
  };
  if (context.func->hasAttr(kernel::kScratchAttr))
    context.scratch = take();
  context.end = take();
  context.begin = take();
  if (context.func->hasAttr(kernel::kPreparedAttr))
    context.prepared = take();
  if (context.func->hasAttr(kernel::kWorkspaceAttr))
    context.workspace = take();
  return arguments;
}

void createKernelFunction(OpBuilder &builder, KernelContext &context,
                          bool noalias) {
  kernel::DefOp def = context.def;
  int64_t numSizes = 0;
  for (Type type : def.getArgumentTypes()) {
    context.hasDynamicSizes |= isDynamic(type);
    if (isDynamic(type))
      numSizes += cast<MemRefType>(type).getNumDynamicDims();
  }
  KernelMemory memory = getKernelMemory(def, context.schedule);
  context.func =
      createFunction(builder, def, context.schedule, numSizes, memory, noalias);
  Block *entry = context.func.addEntryBlock();
  unsigned numOperands = def.getArgumentTypes().size();
  ArrayRef<BlockArgument> arguments = takeLastArguments(context);
  for (auto [number, arg] : llvm::enumerate(arguments))
    if (number >= numOperands || arg.getType().isIndex())
      context.sizeArguments.push_back(arg);
  context.mapping.map(def.getBody().getArguments(),
                      arguments.take_front(numOperands));

  builder.setInsertionPointToEnd(entry);
  auto end = builder.create<func::ReturnOp>(def.getLoc());
  builder.setInsertionPoint(end);
  if (context.hasDynamicSizes)
    mapDynamicBuffers(builder, context, numOperands);
}

static func::FuncOp createPhaseFunction(OpBuilder &builder, func::FuncOp kernel,
                                        StringRef name, StringRef list) {
  builder.setInsertionPoint(kernel);
  auto phase = builder.create<func::FuncOp>(
      kernel.getLoc(), (kernel.getSymName() + "__" + name).str(),
      kernel.getFunctionType());
  phase.setPrivate();
  if (ArrayAttr attributes = kernel.getArgAttrsAttr())
    phase.setArgAttrsAttr(attributes);
  for (StringRef attribute :
       {StringRef("passthrough"), StringRef(kernel::kWorkspaceAttr),
        StringRef(kernel::kScratchAttr), StringRef(kernel::kPreparedAttr)})
    if (Attribute value = kernel->getAttr(attribute))
      phase->setAttr(attribute, value);
  SmallVector<Attribute> phases;
  if (auto others = kernel->getAttrOfType<ArrayAttr>(list))
    llvm::append_range(phases, others);
  phases.push_back(FlatSymbolRefAttr::get(phase));
  kernel->setAttr(list, builder.getArrayAttr(phases));
  return phase;
}

KernelContext createPhase(OpBuilder &builder, const KernelContext &context,
                          StringRef name, int64_t tasks, int64_t work,
                          bool atLoad) {
  KernelContext phase = context;
  phase.func = createPhaseFunction(builder, phase.func, name,
                                   atLoad ? kernel::kLoadPhasesAttr
                                          : kernel::kPhasesAttr);
  phase.func->setAttr(kernel::kTasksAttr, builder.getI64IntegerAttr(tasks));
  phase.func->setAttr(kernel::kWorkAttr, builder.getI64IntegerAttr(work));
  builder.setInsertionPointToEnd(phase.func.addEntryBlock());
  auto end = builder.create<func::ReturnOp>(phase.func.getLoc());
  builder.setInsertionPoint(end);

  takeLastArguments(phase);
  phase.mapping.clear();
  Block &body = phase.def.getBody().front();
  for (BlockArgument from : body.getArguments())
    if (!isDynamic(from.getType()))
      phase.mapping.map(from, phase.func.getArgument(from.getArgNumber()));
  // What takeApart has cloned into the kernel.
  for (Operation &op : body) {
    auto isInKernel = [&](Value value) {
      return context.mapping.contains(value);
    };
    auto isHere = [&](Value value) { return phase.mapping.contains(value); };
    if (op.getNumResults() != 0 && llvm::all_of(op.getResults(), isInKernel) &&
        llvm::all_of(op.getOperands(), isHere))
      builder.clone(op, phase.mapping);
  }
  return phase;
}

} // namespace atrous::cpu
