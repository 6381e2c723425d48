//===- ModelTable.cpp - The table and C functions of a model --------------===//

#include "compiler/emit/ModelTable.h"

#include "compiler/emit/Names.h"
#include "runtime/abi/atrous_abi.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;

namespace atrous {

static constexpr StringLiteral kProducer = "atrous " ATROUS_VERSION;

std::string getConstantsSymbol(StringRef prefix) {
  return (prefix + "_constants").str();
}

std::string getVariantSuffix(ArrayRef<ModelCode> variants, size_t number) {
  if (variants.size() == 1)
    return "";
  std::string name = "__" + variants[number].target.cpu;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

namespace {

class TableBuilder {
public:
  TableBuilder(Module &module, ArrayRef<ModelCode> variants,
               const EmitOptions &options, StringRef prefix)
      : module(module), variants(variants),
        description(variants.front().description), options(options),
        prefix(prefix), builder(module.getContext()),
        pointer(builder.getPtrTy()), i32(builder.getInt32Ty()),
        i64(builder.getInt64Ty()) {}

  void build() {
    buildTables();
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
  Constant *buildConstants();
  Function *declareRun(size_t number);
  Constant *declarePrepare(size_t number);
  void buildTables();
  void buildFunctions();
  void buildRun();

  Function *startFunction(StringRef name, Type *result,
                          ArrayRef<Type *> parameters);
  FunctionCallee runtimeFunction(StringRef name, Type *result,
                                 ArrayRef<Type *> parameters);

  Module &module;
  ArrayRef<ModelCode> variants;
  /// Of tensors: all variants have the same.
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

Constant *TableBuilder::buildConstants() {
  if (!variants.back().description.constantsSize)
    return ConstantPointerNull::get(pointer);
  auto *global = new GlobalVariable(
      module, builder.getInt8Ty(), /*isConstant=*/true,
      GlobalValue::ExternalLinkage, nullptr, getConstantsSymbol(prefix));
  global->setVisibility(GlobalValue::HiddenVisibility);
  global->setCodeModel(CodeModel::Large);
  return global;
}

Function *TableBuilder::declareRun(size_t number) {
  Function *run = Function::Create(
      FunctionType::get(i32, {pointer, pointer, pointer, pointer, pointer},
                        /*isVarArg=*/false),
      GlobalValue::ExternalLinkage,
      "atrous_main" + getVariantSuffix(variants, number), module);
  run->setVisibility(GlobalValue::HiddenVisibility);
  return run;
}

Constant *TableBuilder::declarePrepare(size_t number) {
  Function *prepare = Function::Create(
      FunctionType::get(builder.getVoidTy(), {pointer, pointer, pointer},
                        /*isVarArg=*/false),
      GlobalValue::ExternalLinkage,
      "atrous_prepare" + getVariantSuffix(variants, number), module);
  prepare->setVisibility(GlobalValue::HiddenVisibility);
  return prepare;
}

void TableBuilder::buildTables() {
  Constant *constants = buildConstants();
  Constant *null = ConstantPointerNull::get(pointer);
  Constant *name = text(description.name), *producer = text(kProducer);
  Constant *how = text(options.optionsJson);
  Constant *inputs = tensors(description.inputs);
  Constant *outputs = tensors(description.outputs);
  // The tables point to the list of all of them.
  size_t count = variants.size();
  GlobalVariable *list = nullptr;
  auto *listType = ArrayType::get(pointer, count);
  if (count > 1)
    list = new GlobalVariable(module, listType, /*isConstant=*/true,
                              GlobalValue::PrivateLinkage, nullptr);

  // The fields of struct atrous_model, in its order.
  SmallVector<Constant *> tables;
  for (auto [number, code] : enumerate(variants)) {
    const ModelDescription &own = code.description;
    Constant *value = ConstantStruct::getAnon(
        {number32(sizeof(atrous_model)),
         number32(ATROUS_ABI_VERSION),
         name,
         producer,
         how,
         text(code.target.cpu),
         text(code.target.requiredFeatures),
         number32(description.inputs.size()),
         number32(description.outputs.size()),
         inputs,
         outputs,
         number64(own.arenaSize),
         own.constantsSize ? constants : null,
         number64(own.constantsSize),
         declareRun(number),
         number64(own.scratchSize),
         text(own.layersJson),
         number32(own.numProfiledLayers),
         number32(list ? count : 0),
         list ? list : null,
         number64(own.preparedSize),
         own.preparedSize ? declarePrepare(number) : null});
    auto *global =
        new GlobalVariable(module, value->getType(), /*isConstant=*/true,
                           GlobalValue::PrivateLinkage, value);
    global->setAlignment(Align(8));
    tables.push_back(global);
  }
  if (list)
    list->setInitializer(ConstantArray::get(listType, tables));
  table = cast<GlobalVariable>(tables.front());
  table->setLinkage(GlobalValue::ExternalLinkage);
  table->setName(ATROUS_MODEL_SYMBOL);
  if (options.kind != EmitKind::Library)
    table->setVisibility(GlobalValue::HiddenVisibility);
}

Function *TableBuilder::startFunction(StringRef name, Type *result,
                                      ArrayRef<Type *> parameters) {
  Function *function = Function::Create(
      FunctionType::get(result, parameters, /*isVarArg=*/false),
      GlobalValue::ExternalLinkage, prefix + "_" + name, module);
  function->addFnAttr(Attribute::NoUnwind);
  builder.SetInsertPoint(BasicBlock::Create(module.getContext(), "", function));
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
    return tensors.size() +
           count_if(tensors, [](auto &tensor) { return tensor.isDynamic(); });
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
      builder.CreateStore(next++, builder.CreateConstGEP2_32(type, data, 0, i));
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

ContextAndModule createModelTable(ArrayRef<ModelCode> variants,
                                  const EmitOptions &options,
                                  StringRef prefix) {
  ContextAndModule result = createModule("atrous");
  result.module->setPICLevel(PICLevel::BigPIC);
  TableBuilder(*result.module, variants, options, prefix).build();
  return result;
}

} // namespace atrous
