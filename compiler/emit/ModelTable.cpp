//===- ModelTable.cpp - The table and C functions of a model --------------===//

#include "compiler/emit/ModelTable.h"

#include "compiler/emit/Names.h"
#include "llvm/IR/IRBuilder.h"
#include "runtime/abi/atrous_abi.h"

using namespace llvm;

namespace atrous {

static constexpr StringLiteral kProducer = "atrous " ATROUS_VERSION;

std::string getConstantsSymbol(StringRef prefix) {
  return (prefix + "_constants").str();
}

namespace {

class TableBuilder {
public:
  TableBuilder(Module &module, const ModelDescription &description,
               const EmitOptions &options, StringRef prefix)
      : module(module), description(description), options(options),
        prefix(prefix), builder(module.getContext()),
        pointer(builder.getPtrTy()), i32(builder.getInt32Ty()),
        i64(builder.getInt64Ty()) {}

  void build() {
    buildTable();
    if (options.kind == EmitKind::Library || options.kind == EmitKind::Object)
      buildFunctions();
  }

private:
  Constant *number32(uint64_t value) { return ConstantInt::get(i32, value); }
  Constant *number64(uint64_t value) { return ConstantInt::get(i64, value); }

  /// The address of a private constant.
  Constant *place(Constant *value) {
    auto *global = new GlobalVariable(module, value->getType(),
                                      /*isConstant=*/true,
                                      GlobalValue::PrivateLinkage, value);
    global->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
    return global;
  }
  Constant *text(StringRef value) {
    // C strings end at the first zero; a name may have one.
    return place(ConstantDataArray::getString(
        module.getContext(), value.take_until([](char c) { return !c; })));
  }

  /// The address of an array; null for an empty one.
  Constant *numbers(const std::vector<int64_t> &values) {
    if (values.empty())
      return ConstantPointerNull::get(pointer);
    SmallVector<uint64_t> bits(values.begin(), values.end());
    return place(ConstantDataArray::get(module.getContext(), ArrayRef(bits)));
  }
  Constant *texts(const std::vector<std::string> &values) {
    if (values.empty())
      return ConstantPointerNull::get(pointer);
    SmallVector<Constant *> pointers;
    for (const std::string &value : values)
      pointers.push_back(text(value));
    auto *type = ArrayType::get(pointer, pointers.size());
    return place(ConstantArray::get(type, pointers));
  }
  Constant *tensors(const std::vector<TensorDescription> &descriptions);
  void buildTable();
  void buildFunctions();
  void buildRun();

  Function *startFunction(StringRef name, Type *result,
                          ArrayRef<Type *> parameters);
  FunctionCallee runtimeFunction(StringRef name, Type *result,
                                 ArrayRef<Type *> parameters);

  Module &module;
  const ModelDescription &description;
  const EmitOptions &options;
  StringRef prefix;
  IRBuilder<> builder;
  PointerType *pointer;
  IntegerType *i32, *i64;
  GlobalVariable *table = nullptr;
};

} // namespace

Constant *
TableBuilder::tensors(const std::vector<TensorDescription> &descriptions) {
  SmallVector<Constant *> infos;
  Constant *null = ConstantPointerNull::get(pointer);
  for (const TensorDescription &tensor : descriptions) {
    infos.push_back(ConstantStruct::getAnon(
        {text(tensor.name), number32(tensor.dtype),
         number32(tensor.shape.size()), numbers(tensor.shape),
         texts(tensor.symbols), numbers(tensor.minShape),
         numbers(tensor.maxShape)}));
  }
  if (infos.empty())
    return null;
  auto *type = ArrayType::get(infos.front()->getType(), infos.size());
  return place(ConstantArray::get(type, infos));
}

void TableBuilder::buildTable() {
  Constant *constants = ConstantPointerNull::get(pointer);
  if (description.constantsSize) {
    auto *global = new GlobalVariable(
        module, builder.getInt8Ty(), /*isConstant=*/true,
        GlobalValue::ExternalLinkage, nullptr, getConstantsSymbol(prefix));
    global->setVisibility(GlobalValue::HiddenVisibility);
    global->setCodeModel(CodeModel::Large);
    constants = global;
  }
  Function *run = Function::Create(
      FunctionType::get(i32, {pointer, pointer, pointer, pointer, pointer},
                        /*isVarArg=*/false),
      GlobalValue::ExternalLinkage, "atrous_main", module);
  run->setVisibility(GlobalValue::HiddenVisibility);

  // The fields of struct atrous_model, in its order.
  Constant *value = ConstantStruct::getAnon(
      {number32(sizeof(atrous_model)), number32(ATROUS_ABI_VERSION),
       text(description.name), text(kProducer), text(options.optionsJson),
       text(options.target.cpu), text(options.target.requiredFeatures),
       number32(description.inputs.size()),
       number32(description.outputs.size()), tensors(description.inputs),
       tensors(description.outputs), number64(description.arenaSize), constants,
       number64(description.constantsSize), run,
       number64(description.scratchSize), text(description.layersJson),
       number32(description.numProfiledLayers), number32(0)});
  table = new GlobalVariable(module, value->getType(), /*isConstant=*/true,
                             GlobalValue::ExternalLinkage, value,
                             ATROUS_MODEL_SYMBOL);
  table->setAlignment(Align(8));
  if (options.kind != EmitKind::Library)
    table->setVisibility(GlobalValue::HiddenVisibility);
}

Function *TableBuilder::startFunction(StringRef name, Type *result,
                                      ArrayRef<Type *> parameters) {
  Function *function = Function::Create(
      FunctionType::get(result, parameters, /*isVarArg=*/false),
      GlobalValue::ExternalLinkage, prefix + "_" + name, module);
  function->addFnAttr(Attribute::NoUnwind);
  builder.SetInsertPoint(
      BasicBlock::Create(module.getContext(), "", function));
  return function;
}

FunctionCallee TableBuilder::runtimeFunction(StringRef name, Type *result,
                                             ArrayRef<Type *> parameters) {
  FunctionCallee callee = module.getOrInsertFunction(
      name, FunctionType::get(result, parameters, /*isVarArg=*/false));
  cast<Function>(callee.getCallee())
      ->setVisibility(GlobalValue::HiddenVisibility);
  return callee;
}

void TableBuilder::buildRun() {
  // Each tensor is a parameter, followed by its shape where that is not known.
  auto count = [](const std::vector<TensorDescription> &tensors) {
    return tensors.size() + count_if(tensors, [](auto &tensor) {
             return tensor.isDynamic();
           });
  };
  SmallVector<Type *> parameters(
      1 + count(description.inputs) + count(description.outputs), pointer);
  Function *function = startFunction("run", i32, parameters);
  Argument *next = function->arg_begin() + 1;
  // Arrays of at least one, so that each has an address.
  auto gather = [&](const std::vector<TensorDescription> &tensors) {
    auto *type = ArrayType::get(pointer, std::max<size_t>(tensors.size(), 1));
    Value *data = builder.CreateAlloca(type);
    Value *shapes = builder.CreateAlloca(type);
    for (auto [i, tensor] : enumerate(tensors)) {
      builder.CreateStore(next++,
                          builder.CreateConstGEP2_32(type, data, 0, i));
      Value *shape = ConstantPointerNull::get(pointer);
      if (tensor.isDynamic())
        shape = next++;
      builder.CreateStore(shape,
                          builder.CreateConstGEP2_32(type, shapes, 0, i));
    }
    return std::make_pair(data, shapes);
  };
  auto [inputs, inputShapes] = gather(description.inputs);
  auto [outputs, outputShapes] = gather(description.outputs);
  builder.CreateRet(builder.CreateCall(
      runtimeFunction("atrous_capi_run", i32,
                      {pointer, pointer, pointer, pointer, pointer}),
      {function->getArg(0), inputs, inputShapes, outputs, outputShapes}));
}

void TableBuilder::buildFunctions() {
  Function *create = startFunction("create", pointer, {i32});
  builder.CreateRet(builder.CreateCall(
      runtimeFunction("atrous_capi_create", pointer, {pointer, i32}),
      {table, create->getArg(0)}));
  buildRun();
  Type *none = builder.getVoidTy();
  Function *destroy = startFunction("destroy", none, {pointer});
  builder.CreateCall(runtimeFunction("atrous_capi_destroy", none, {pointer}),
                     {destroy->getArg(0)});
  builder.CreateRetVoid();
  startFunction("error", pointer, {});
  builder.CreateRet(
      builder.CreateCall(runtimeFunction("atrous_last_error", pointer, {})));
  startFunction("model", pointer, {});
  builder.CreateRet(table);
}

ContextAndModule createModelTable(const ModelDescription &description,
                                  const EmitOptions &options,
                                  StringRef prefix) {
  ContextAndModule result = createModule("atrous");
  result.module->setPICLevel(PICLevel::BigPIC);
  TableBuilder(*result.module, description, options, prefix).build();
  return result;
}

} // namespace atrous
