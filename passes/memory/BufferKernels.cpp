//===- BufferKernels.cpp - Kernels on buffers -----------------------------===//

#include "passes/memory/BufferKernels.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "passes/memory/KernelConversion.h"
#include "passes/support/KernelBody.h"
#include "passes/support/KernelMemory.h"

using namespace mlir;
using namespace atrous;

BufferKernels::BufferKernels(ModuleOp module) : module(module) {
  for (auto def : module.getOps<kernel::DefOp>())
    tensorKernels[def.getSymNameAttr()] = def;
}

kernel::DefOp BufferKernels::create(Location loc, StringRef name,
                                    ArrayRef<Type> types, Operation *before) {
  OpBuilder builder(before);
  std::string unique = name.str();
  if (unsigned clashes = names[name]++)
    unique += "_" + std::to_string(clashes);
  auto def = builder.create<kernel::DefOp>(
      loc, unique, builder.getFunctionType(types, {}), StringAttr(),
      ArrayAttr(), ArrayAttr(), Attribute());
  Block &block = def.getBody().emplaceBlock();
  for (Type type : types)
    block.addArgument(type, loc);
  return def;
}

static FunctionType getSignature(MLIRContext *context, TypeRange buffers) {
  SmallVector<Type> types;
  for (Type type : buffers)
    types.push_back(kernel::getKernelArgumentType(type));
  return FunctionType::get(context, types, {});
}

static bool hasStrides(FunctionType signature) {
  return llvm::any_of(signature.getInputs(), [](Type type) {
    auto memref = dyn_cast<MemRefType>(type);
    return memref && !memref.getLayout().isIdentity();
  });
}

/// The workspace is of the kernel, the scratch memory enough for all of the
/// module's.
static void noteMemory(kernel::DefOp def, KernelMemory memory) {
  Builder builder(def.getContext());
  if (memory.prepared)
    def->setAttr(kernel::kPreparedAttr,
                 builder.getI64IntegerAttr(memory.prepared));
  if (memory.workspace)
    def->setAttr(kernel::kWorkspaceAttr,
                 builder.getI64IntegerAttr(memory.workspace));
  auto module = def->getParentOfType<ModuleOp>();
  auto known = module->getAttrOfType<IntegerAttr>(kernel::kScratchAttr);
  if (memory.scratch > (known ? known.getInt() : 0))
    module->setAttr(kernel::kScratchAttr,
                    builder.getI64IntegerAttr(memory.scratch));
}

FailureOr<kernel::DefOp> BufferKernels::get(kernel::DefOp def,
                                            TypeRange buffers) {
  FunctionType signature = getSignature(module.getContext(), buffers);
  kernel::DefOp &result = kernels[{def, signature}];
  if (result)
    return result;
  std::string name = def.getSymName().str();
  if (hasStrides(signature))
    name += "_strided";
  result = create(def.getLoc(), name, signature.getInputs(), def);
  result.setScheduleAttr(def.getScheduleAttr());
  if (Attribute argument = def->getAttr(kernel::kAtLoadAttr))
    result->setAttr(kernel::kAtLoadAttr, argument);
  kernel::DefOp made = result;
  if (failed(convertBody(def, made)))
    return failure();
  if (auto schedule = dyn_cast_or_null<kernel::CpuScheduleAttr>(
          made.getScheduleAttr()))
    noteMemory(made, getKernelMemory(made, schedule));
  return made;
}

int64_t BufferKernels::getPrepared(kernel::DefOp def, Attribute constant) {
  auto known = module->getAttrOfType<IntegerAttr>(kernel::kPreparedAttr);
  int64_t size = known ? known.getInt() : 0;
  auto [it, isNew] = prepared.try_emplace({def, constant}, size);
  auto bytes = def->getAttrOfType<IntegerAttr>(kernel::kPreparedAttr);
  if (isNew)
    module->setAttr(kernel::kPreparedAttr,
                    Builder(module).getI64IntegerAttr(size + bytes.getInt()));
  return it->second;
}

/// A schedule that is legal for every kernel; null without a target.
static Attribute getPlainSchedule(ModuleOp module, int64_t parallel) {
  kernel::TargetAttr target = kernel::getTarget(module);
  if (!target)
    return {};
  return kernel::CpuScheduleAttr::get(
      module.getContext(), kernel::CpuAlgorithm::plain, target.getIsa(),
      target.getLanes(), /*tile=*/{}, /*unroll=*/1, parallel, /*block=*/{});
}

static std::string getCopyName(MemRefType type) {
  std::string name;
  llvm::raw_string_ostream stream(name);
  stream << "copy__" << type.getElementType() << "__rank" << type.getRank()
         << "__";
  // "n" is a size that is not known.
  auto print = [&](int64_t size) {
    if (ShapedType::isDynamic(size))
      stream << "n";
    else
      stream << size;
  };
  llvm::interleave(type.getShape(), stream, print, "x");
  return name;
}

kernel::DefOp BufferKernels::getCopy(MemRefType from, MemRefType to) {
  Type buffers[] = {from, to};
  FunctionType signature = getSignature(module.getContext(), buffers);
  kernel::DefOp &result = kernels[{nullptr, signature}];
  if (result)
    return result;
  result = create(UnknownLoc::get(module.getContext()), getCopyName(to),
                  signature.getInputs(), &module.getBody()->front());
  result.setScheduleAttr(getPlainSchedule(module, to.getRank()));
  auto builder = OpBuilder::atBlockEnd(&result.getBody().front());
  SmallVector<AffineMap> maps(2, builder.getMultiDimIdentityMap(to.getRank()));
  SmallVector<utils::IteratorType> iterators(to.getRank(),
                                             utils::IteratorType::parallel);
  Block &block = result.getBody().front();
  builder.create<linalg::GenericOp>(
      result.getLoc(), block.getArgument(0), block.getArgument(1), maps,
      iterators, [](OpBuilder &body, Location loc, ValueRange elements) {
        body.create<linalg::YieldOp>(loc, elements[0]);
      });
  builder.create<kernel::YieldOp>(result.getLoc(), ValueRange());
  return result;
}

void BufferKernels::eraseTensorKernels() {
  for (auto &[name, def] : tensorKernels)
    def.erase();
  tensorKernels.clear();
}
