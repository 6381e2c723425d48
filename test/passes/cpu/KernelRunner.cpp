//===- KernelRunner.cpp - Compile and run kernels of a module -------------===//

#include "KernelRunner.h"

#include "passes/cpu/Passes.h"
#include "passes/cpu/Pipeline.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include <cmath>
#include <cstring>
#include <random>

using namespace mlir;

namespace atrous::test {

std::unique_ptr<MLIRContext> createContext() {
  DialectRegistry registry;
  registry.insert<affine::AffineDialect, arith::ArithDialect, func::FuncDialect,
                  kernel::KernelDialect, linalg::LinalgDialect,
                  LLVM::LLVMDialect, math::MathDialect, memref::MemRefDialect,
                  scf::SCFDialect, vector::VectorDialect>();
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  auto context =
      std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  context->loadAllAvailableDialects();
  return context;
}

bool hasIsa(kernel::CpuIsa isa) {
  static const llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  return features.lookup(isa == kernel::CpuIsa::avx512 ? "avx512bw" : "avx2");
}

std::unique_ptr<ExecutionEngine> compile(ModuleOp module) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto builder = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!builder)
    return nullptr;
  auto machine = builder->createTargetMachine();
  if (!machine)
    return nullptr;
  ExecutionEngineOptions options;
  options.transformer = makeOptimizingTransformer(
      /*optLevel=*/2, /*sizeLevel=*/0, machine->get());
  options.jitCodeGenOptLevel = llvm::CodeGenOptLevel::Default;
  auto engine = ExecutionEngine::create(module, options, std::move(*machine));
  if (!engine) {
    llvm::errs() << toString(engine.takeError()) << "\n";
    return nullptr;
  }
  return std::move(*engine);
}

//===----------------------------------------------------------------------===//
// Buffer
//===----------------------------------------------------------------------===//

static int64_t countElements(MemRefType type) {
  if (type.getNumElements() == 0)
    return 0;
  auto [strides, offset] = getStridesAndOffset(type);
  int64_t last = 0;
  for (auto [size, stride] : llvm::zip_equal(type.getShape(), strides)) {
    last += (size - 1) * stride;
  }
  return last + 1;
}

Buffer::Buffer(MemRefType memref, unsigned seed)
    : type(memref.getElementType()),
      width((type.getIntOrFloatBitWidth() + 7) / 8),
      bytes(2 * kGuard + countElements(memref) * width, 0x5a) {
  std::mt19937 random(seed);
  for (int64_t number = 0; number < count(); ++number) {
    void *place = bytes.data() + kGuard + number * width;
    if (auto floatType = dyn_cast<FloatType>(type)) {
      double value = std::uniform_real_distribution<double>(-2, 2)(random);
      llvm::APFloat element(value);
      bool lost;
      element.convert(floatType.getFloatSemantics(),
                      llvm::APFloat::rmNearestTiesToEven, &lost);
      uint64_t bits = element.bitcastToAPInt().getZExtValue();
      std::memcpy(place, &bits, width);
    } else {
      uint64_t bits = random() % (type.isInteger(1) ? 2 : 4);
      std::memcpy(place, &bits, width);
    }
  }
}

int64_t Buffer::count() const { return (bytes.size() - 2 * kGuard) / width; }

double Buffer::element(int64_t number) const {
  uint64_t bits = 0;
  std::memcpy(&bits, bytes.data() + kGuard + number * width, width);
  auto floatType = dyn_cast<FloatType>(type);
  if (!floatType)
    return static_cast<double>(static_cast<int64_t>(bits));
  llvm::APFloat value(floatType.getFloatSemantics(),
                      llvm::APInt(width * 8, bits));
  bool lost;
  value.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven,
                &lost);
  return value.convertToDouble();
}

std::string Buffer::difference(const Buffer &expected, bool ofLargest) const {
  for (size_t byte = 0; byte < bytes.size(); ++byte) {
    bool isGuard = byte < kGuard || byte >= bytes.size() - kGuard;
    if (isGuard && bytes[byte] != expected.bytes[byte])
      return "writes out of bounds at byte " +
             std::to_string(static_cast<int64_t>(byte - kGuard));
  }
  double tolerance = type.isBF16() ? 2e-2 : type.isF16() ? 4e-3 : 3e-5;
  if (type.isF64())
    tolerance = 1e-12;
  double largest = 1;
  for (int64_t number = 0; ofLargest && number < count(); ++number)
    largest = std::fmax(largest, std::abs(expected.element(number)));
  for (int64_t number = 0; number < count(); ++number) {
    double got = element(number), want = expected.element(number);
    if (got == want || (std::isnan(got) && std::isnan(want)))
      continue;
    double allowed = isa<FloatType>(type)
                         ? tolerance * std::max(largest, std::abs(want))
                         : 0;
    if (!(std::abs(got - want) <= allowed))
      return "element " + std::to_string(number) + " is " +
             std::to_string(got) + ", not " + std::to_string(want);
  }
  return "";
}

//===----------------------------------------------------------------------===//
// KernelRunner
//===----------------------------------------------------------------------===//

/// The kernel's body as a function of naive loops. Its arguments are those that
/// the emitted function has, without the range of tasks.
static void addNaiveFunction(kernel::DefOp def, ModuleOp module) {
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  Location loc = def.getLoc();
  SmallVector<Type> types;
  int64_t numSizes = 0;
  for (Type type : def.getArgumentTypes()) {
    auto memref = dyn_cast<MemRefType>(type);
    if (memref && !memref.hasStaticShape()) {
      numSizes += memref.getNumDynamicDims();
      type = MemRefType::get({}, memref.getElementType());
    } else if (memref && memref.getNumElements() == 0) {
      // LLVM's lowering wants written strides where there are no elements.
      SmallVector<int64_t> strides(memref.getRank(), 1);
      type = MemRefType::get(
          memref.getShape(), memref.getElementType(),
          StridedLayoutAttr::get(type.getContext(), 0, strides));
    }
    types.push_back(type);
  }
  size_t numOperands = types.size();
  types.append(numSizes, builder.getIndexType());
  auto func = builder.create<func::FuncOp>(loc, def.getSymName(),
                                           builder.getFunctionType(types, {}));
  func.setPrivate();
  func->setAttr(kernel::kTasksAttr, builder.getI64IntegerAttr(1));
  Block *entry = func.addEntryBlock();
  builder.setInsertionPointToEnd(entry);

  IRMapping mapping;
  auto sizes = entry->getArguments().drop_front(numOperands);
  for (auto [from, to] :
       llvm::zip(def.getBody().getArguments(), entry->getArguments())) {
    mapping.map(from, to);
    auto memref = dyn_cast<MemRefType>(from.getType());
    if (!memref || memref.hasStaticShape())
      continue;
    SmallVector<OpFoldResult> shape, strides(memref.getRank());
    for (int64_t size : memref.getShape()) {
      bool isDynamic = ShapedType::isDynamic(size);
      shape.push_back(isDynamic ? OpFoldResult(sizes.front())
                                : builder.getIndexAttr(size));
      sizes = sizes.drop_front(isDynamic ? 1 : 0);
    }
    auto one = builder.create<arith::ConstantIndexOp>(loc, 1);
    Value stride = one;
    for (int64_t dim = memref.getRank() - 1; dim >= 0; --dim) {
      strides[dim] = stride;
      Value size = getValueOrCreateConstantIndexOp(builder, loc, shape[dim]);
      stride = builder.create<arith::MulIOp>(loc, stride, size);
    }
    SmallVector<int64_t> unknown(memref.getRank(), ShapedType::kDynamic);
    auto strided = MemRefType::get(
        memref.getShape(), memref.getElementType(),
        StridedLayoutAttr::get(builder.getContext(), 0, unknown));
    mapping.map(from,
                builder.create<memref::ReinterpretCastOp>(
                    loc, strided, to, builder.getIndexAttr(0), shape, strides));
  }
  for (Operation &op : def.getBody().front().without_terminator())
    builder.clone(op, mapping);
  builder.create<func::ReturnOp>(loc);
}

/// The type of a buffer whose dynamic sizes are the first of `sizes`, which
/// are taken off.
static MemRefType withSizes(MemRefType type, ArrayRef<int64_t> &sizes) {
  SmallVector<int64_t> shape(type.getShape());
  for (int64_t &size : shape)
    if (ShapedType::isDynamic(size)) {
      size = sizes.front();
      sizes = sizes.drop_front();
    }
  return MemRefType::get(shape, type.getElementType(), type.getLayout());
}

/// The kernel as a schedule says.
struct KernelRunner::Emitted {
  llvm::Expected<int64_t> countTasks(StringRef name, ArrayRef<int64_t> sizes);

  std::unique_ptr<ExecutionEngine> engine;
  std::optional<int64_t> tasks; ///< absent where that is a function
  std::vector<std::pair<std::string, int64_t>> phases; ///< with their tasks
  /// Full of NaNs: kernels find anything there.
  std::optional<std::vector<float>> workspace, scratch;
  /// Tiles sum up in another order than the naive loops.
  bool hasTiles = false;
};

static std::optional<std::vector<float>> makeMemory(LLVM::LLVMFuncOp func,
                                                    StringRef attribute) {
  auto bytes = func->getAttrOfType<IntegerAttr>(attribute);
  if (!bytes)
    return std::nullopt;
  return std::vector<float>(bytes.getInt() / sizeof(float), std::nanf(""));
}

KernelRunner::KernelRunner(kernel::DefOp def)
    : def(def), name(def.getSymName().str()), types(def.getArgumentTypes()) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(def.getLoc());
  addNaiveFunction(def, *module);
  PassManager manager(def.getContext());
  manager.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  manager.addNestedPass<func::FuncOp>(createLowerAffinePass());
  manager.addPass(createLowerKernels());
  manager.addPass(createReconcileUnrealizedCastsPass());
  if (succeeded(manager.run(*module)))
    naive = compile(*module);
}

KernelRunner::Emitted KernelRunner::emit(kernel::CpuScheduleAttr schedule) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(def.getLoc());
  if (Attribute target =
          def->getParentOfType<ModuleOp>()->getAttr(kernel::kTargetAttr))
    (*module)->setAttr(kernel::kTargetAttr, target);
  auto copy = cast<kernel::DefOp>(def->clone());
  copy.setScheduleAttr(schedule);
  module->push_back(copy);
  PassManager manager(def.getContext());
  buildKernelLoweringPipeline(manager);
  Emitted emitted;
  emitted.hasTiles = schedule.getAlgo() != kernel::CpuAlgorithm::plain;
  if (failed(manager.run(*module)))
    return emitted;
  auto func = module->lookupSymbol<LLVM::LLVMFuncOp>(name);
  if (auto number = func->getAttrOfType<IntegerAttr>(kernel::kTasksAttr))
    emitted.tasks = number.getInt();
  emitted.workspace = makeMemory(func, kernel::kWorkspaceAttr);
  emitted.scratch = makeMemory(func, kernel::kScratchAttr);
  if (auto phases = func->getAttrOfType<ArrayAttr>(kernel::kPhasesAttr))
    for (auto phase : phases.getAsRange<FlatSymbolRefAttr>()) {
      auto tasks = module->lookupSymbol<LLVM::LLVMFuncOp>(phase.getValue())
                       ->getAttrOfType<IntegerAttr>(kernel::kTasksAttr);
      emitted.phases.push_back({phase.getValue().str(), tasks.getInt()});
    }
  // The engine finds no internal functions.
  for (auto function : module->getOps<LLVM::LLVMFuncOp>())
    function.setLinkage(LLVM::Linkage::External);
  emitted.engine = compile(*module);
  return emitted;
}

size_t KernelRunner::countSizes() const {
  size_t count = 0;
  for (Type type : types) {
    auto memref = dyn_cast<MemRefType>(type);
    count += memref ? memref.getNumDynamicDims() : type.isIndex();
  }
  return count;
}

llvm::Expected<int64_t>
KernelRunner::Emitted::countTasks(StringRef name, ArrayRef<int64_t> sizes) {
  if (tasks)
    return *tasks;
  int64_t result = 0;
  SmallVector<int64_t> values(sizes);
  SmallVector<void *> arguments;
  for (int64_t &value : values)
    arguments.push_back(&value);
  arguments.push_back(&result);
  if (llvm::Error error =
          engine->invokePacked((name + "__tasks").str(), arguments))
    return std::move(error);
  return result;
}

std::string KernelRunner::compare(kernel::CpuScheduleAttr schedule,
                                  unsigned seed,
                                  ArrayRef<ArrayRef<int64_t>> runs) {
  Emitted emitted = emit(schedule);
  if (!emitted.engine || !naive)
    return "does not compile";
  for (ArrayRef<int64_t> sizes : runs) {
    std::string difference = compareOnce(emitted, seed, sizes);
    if (difference.empty())
      continue;
    llvm::raw_string_ostream text(difference);
    llvm::interleaveComma(sizes, text << ", with sizes ");
    return difference;
  }
  return "";
}

std::string KernelRunner::compareOnce(Emitted &emitted, unsigned seed,
                                      ArrayRef<int64_t> sizes) {
  if (sizes.size() != countSizes())
    return "takes " + std::to_string(countSizes()) + " sizes";
  llvm::Expected<int64_t> count = emitted.countTasks(name, sizes);
  if (!count)
    return toString(count.takeError());

  // Index operands come first among the sizes.
  SmallVector<int64_t> values(sizes);
  int64_t *nextIndex = values.data();
  ArrayRef<int64_t> rest = ArrayRef(values).drop_front(
      llvm::count_if(types, [](Type type) { return type.isIndex(); }));
  ArrayRef<int64_t> dynamicSizes = rest;
  std::vector<Buffer> buffers, expected;
  for (auto [number, type] : llvm::enumerate(types))
    if (auto memref = dyn_cast<MemRefType>(type)) {
      MemRefType sized = withSizes(memref, rest);
      buffers.emplace_back(sized, seed + number);
      expected.emplace_back(sized, seed + number);
    }
  std::vector<void *> pointers, expectedPointers;
  for (size_t number = 0; number < buffers.size(); ++number) {
    pointers.push_back(buffers[number].data());
    expectedPointers.push_back(expected[number].data());
  }
  auto getArguments = [&](std::vector<void *> &buffersOf) {
    SmallVector<void *> arguments;
    void **nextBuffer = buffersOf.data();
    int64_t *index = nextIndex;
    for (Type type : types)
      arguments.push_back(
          isa<MemRefType>(type) ? static_cast<void *>(nextBuffer++) : index++);
    for (const int64_t &size : dynamicSizes)
      arguments.push_back(const_cast<int64_t *>(&size));
    return arguments;
  };

  auto getStart = [](std::optional<std::vector<float>> &memory) -> void * {
    return memory ? memory->data() : nullptr;
  };
  void *workspace = getStart(emitted.workspace);
  void *scratch = getStart(emitted.scratch);
  auto steps = emitted.phases;
  steps.emplace_back(name, *count);
  for (auto [function, tasks] : steps) {
    // Any split and any order of the tasks gives the same.
    int64_t cut = tasks / 3;
    for (auto [begin, end] :
         {std::pair(cut, tasks), std::pair(int64_t(0), cut)}) {
      SmallVector<void *> arguments = getArguments(pointers);
      int64_t range[] = {begin, end};
      if (workspace)
        arguments.push_back(&workspace);
      arguments.push_back(&range[0]);
      arguments.push_back(&range[1]);
      if (scratch)
        arguments.push_back(&scratch);
      if (llvm::Error error = emitted.engine->invokePacked(function, arguments))
        return toString(std::move(error));
    }
  }
  SmallVector<void *> arguments = getArguments(expectedPointers);
  if (llvm::Error error = naive->invokePacked(name, arguments))
    return toString(std::move(error));

  for (size_t number = 0; number < buffers.size(); ++number) {
    std::string difference = buffers[number].difference(
        expected[number], /*ofLargest=*/emitted.hasTiles);
    if (!difference.empty())
      return "buffer " + std::to_string(number) + ": " + difference;
  }
  return "";
}

} // namespace atrous::test
