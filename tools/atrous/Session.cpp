//===- Session.cpp - A model that runs ------------------------------------===//

#include "tools/atrous/Session.h"
#include "tools/atrous/CompileFlags.h"
#include "tools/atrous/ModelHints.h"
#include "tools/atrous/Verbs.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <random>

using namespace atrous;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

atrous_status Arrays::read(llvm::StringRef path) {
  clear();
  return atrous_arrays_read(path.str().c_str(), &arrays, &count);
}

void Arrays::clear() {
  atrous_arrays_free(arrays, count);
  arrays = nullptr;
  count = 0;
}

TemporaryFile::TemporaryFile(llvm::StringRef suffix) {
  llvm::SmallString<128> name;
  if (!llvm::sys::fs::createTemporaryFile("atrous", suffix, name))
    path = name.str().str();
}

TemporaryFile::~TemporaryFile() {
  if (!path.empty())
    llvm::sys::fs::remove(path);
}

atrous_status atrous::reportRuntimeError(atrous_status status) {
  return reportError(status, atrous_last_error());
}

static llvm::ArrayRef<atrous_tensor_info> inputsOf(const atrous_model &m) {
  return {m.inputs, static_cast<size_t>(m.num_inputs)};
}

static llvm::ArrayRef<atrous_tensor_info> outputsOf(const atrous_model &m) {
  return {m.outputs, static_cast<size_t>(m.num_outputs)};
}

//===----------------------------------------------------------------------===//
// Session
//===----------------------------------------------------------------------===//

Session::~Session() {
  atrous_context_destroy(context);
  atrous_model_destroy(model);
}

atrous_status Session::load(llvm::StringRef path) {
  std::string library = path.str();
  // Now, for the linker resets the options of llvm::cl.
  unsigned threads = getThreads();
  std::optional<TemporaryFile> temporary;
  if (!path.ends_with(".so")) {
    temporary.emplace("so");
    if (temporary->path.empty())
      return reportError(ATROUS_ERROR_RESOURCE, "cannot make a temporary file");
    library = temporary->path;
    llvm::Expected<CompileOptions> options = getCompileOptions();
    if (!options)
      return reportError(ATROUS_ERROR_USAGE,
                         llvm::toString(options.takeError()));
    options->inputPath = path.str();
    options->outputPath = library;
    options->writeHeader = false;
    if (atrous_status status = compileAndReport(*options))
      return status;
  }
  if (atrous_status status = atrous_model_load(library.c_str(), &model))
    return reportRuntimeError(status);
  if (atrous_status status = atrous_context_create(model, threads, &context))
    return reportRuntimeError(status);
  allocateOutputs();
  return ATROUS_OK;
}

static size_t getBytes(const atrous_tensor &tensor) {
  size_t size = atrous_dtype_size(tensor.dtype);
  for (int32_t i = 0; i < tensor.rank; ++i)
    size *= tensor.shape[i];
  return size;
}

static bool isStatic(const atrous_tensor_info &info) {
  return llvm::all_of(llvm::ArrayRef(info.shape, info.rank),
                      [](int64_t size) { return size >= 0; });
}

/// Outputs of other sizes are views of the context's memory.
void Session::allocateOutputs() {
  for (const atrous_tensor_info &info : outputsOf(table())) {
    outputs.push_back({nullptr, info.dtype, info.rank, info.shape});
    if (!isStatic(info))
      continue;
    memory.emplace_back(getBytes(outputs.back()));
    outputs.back().data = memory.back().data();
  }
}

atrous_status Session::setInput(llvm::StringRef name,
                                const atrous_tensor &tensor,
                                llvm::StringRef source) {
  llvm::ArrayRef<atrous_tensor_info> infos = inputsOf(table());
  if (name.empty() && infos.size() == 1)
    name = infos.front().name;
  for (auto [index, info] : llvm::enumerate(infos)) {
    if (name != info.name)
      continue;
    if (inputs[index].dtype)
      return reportError(ATROUS_ERROR_USAGE,
                         "input '" + name + "' is given twice");
    inputs[index] = tensor;
    return ATROUS_OK;
  }
  std::vector<std::string> names;
  for (const atrous_tensor_info &info : infos)
    names.push_back(("'" + llvm::StringRef(info.name) + "'").str());
  return reportError(ATROUS_ERROR_INPUT, source + ": the model has no input '" +
                                             name + "'; its inputs are " +
                                             llvm::join(names, ", "));
}

atrous_status Session::readInputs(llvm::ArrayRef<std::string> arguments) {
  inputs.assign(table().num_inputs, atrous_tensor{});
  files = std::vector<Arrays>(arguments.size());
  for (auto [argument, arrays] : llvm::zip(arguments, files)) {
    // Names of inputs may hold '=', paths hardly do.
    auto [name, path] = llvm::StringRef(argument).rsplit('=');
    if (path.empty())
      std::swap(name, path);
    if (atrous_status status = arrays.read(path))
      return reportRuntimeError(status);
    for (const atrous_array &array : arrays.get()) {
      llvm::StringRef input = name.empty() ? array.name : name;
      if (atrous_status status = setInput(input, array.tensor, path))
        return status;
    }
  }
  for (auto [index, info] : llvm::enumerate(inputsOf(table())))
    if (!inputs[index].dtype)
      return reportError(ATROUS_ERROR_USAGE, "input '" +
                                                 llvm::Twine(info.name) +
                                                 "' is missing: --input " +
                                                 info.name + "=file.npy");
  return ATROUS_OK;
}

template <typename T>
static void fillWith(const atrous_tensor &tensor, size_t bytes,
                     llvm::function_ref<T()> next) {
  auto *values = static_cast<T *>(tensor.data);
  for (size_t i = 0, e = bytes / sizeof(T); i < e; ++i)
    values[i] = next();
}

/// Sizes that are known at run time only are those of the first shape hint,
/// else the least that are allowed.
atrous_status Session::makeShapes() {
  llvm::StringMap<int64_t> least, sizes = getHintedSizes(table());
  for (const atrous_tensor_info &info : inputsOf(table()))
    for (int32_t i = 0; info.symbols && info.min_shape && i < info.rank; ++i)
      least[info.symbols[i]] =
          std::max(least[info.symbols[i]], info.min_shape[i]);
  for (const auto &entry : least)
    if (entry.second > 0)
      sizes.try_emplace(entry.getKey(), entry.second);
  for (const atrous_tensor_info &info : inputsOf(table())) {
    std::vector<int64_t> &shape =
        shapes.emplace_back(info.shape, info.shape + info.rank);
    for (int32_t i = 0; i < info.rank; ++i) {
      if (shape[i] >= 0)
        continue;
      auto size = info.symbols ? sizes.find(info.symbols[i]) : sizes.end();
      if (size == sizes.end())
        return reportError(
            ATROUS_ERROR_USAGE,
            "input '" + llvm::Twine(info.name) +
                "' has sizes of any value; give it with --input");
      shape[i] = size->second;
    }
    inputs.push_back({nullptr, info.dtype, info.rank, shape.data()});
    memory.emplace_back(getBytes(inputs.back()));
    inputs.back().data = memory.back().data();
  }
  return ATROUS_OK;
}

atrous_status Session::makeInputs() {
  size_t first = memory.size();
  if (atrous_status status = makeShapes())
    return status;
  std::mt19937 random(1);
  auto real = [&] { return (random() >> 8) * 0x1p-24; };
  for (size_t i = 0; i < inputs.size(); ++i) {
    size_t bytes = memory[first + i].size();
    switch (inputs[i].dtype) {
    case ATROUS_FLOAT32:
      fillWith<float>(inputs[i], bytes, [&] { return real(); });
      break;
    case ATROUS_FLOAT64:
      fillWith<double>(inputs[i], bytes, [&] { return real(); });
      break;
    case ATROUS_INT64:
    case ATROUS_UINT64:
      fillWith<int64_t>(inputs[i], bytes, [&] { return random() % 8; });
      break;
    case ATROUS_INT32:
    case ATROUS_UINT32:
      fillWith<int32_t>(inputs[i], bytes, [&] { return random() % 8; });
      break;
    case ATROUS_INT8:
    case ATROUS_UINT8:
      fillWith<int8_t>(inputs[i], bytes, [&] { return random() % 8; });
      break;
    case ATROUS_BOOL:
      fillWith<int8_t>(inputs[i], bytes, [&] { return random() % 2; });
      break;
    default:
      return reportError(ATROUS_ERROR_UNSUPPORTED,
                         llvm::Twine("cannot make up values of type ") +
                             atrous_dtype_name(inputs[i].dtype) +
                             "; give them with --input");
    }
  }
  return ATROUS_OK;
}

atrous_status Session::run() {
  atrous_status status = atrous_context_run(
      context, inputs.data(), inputs.size(), outputs.data(), outputs.size());
  return status ? reportRuntimeError(status) : ATROUS_OK;
}

static atrous_status write(const std::string &path,
                           llvm::ArrayRef<atrous_tensor_info> infos,
                           llvm::ArrayRef<atrous_tensor> tensors) {
  atrous_status status;
  if (llvm::StringRef(path).ends_with(".npy")) {
    if (tensors.size() != 1)
      return reportError(ATROUS_ERROR_USAGE,
                         "'" + path + "' holds one array; write a .npz");
    status = atrous_npy_write(path.c_str(), &tensors.front());
  } else {
    std::vector<atrous_array> arrays;
    for (auto [info, tensor] : llvm::zip(infos, tensors))
      arrays.push_back({const_cast<char *>(info.name), tensor});
    status = atrous_npz_write(path.c_str(), arrays.data(), arrays.size());
  }
  return status ? reportRuntimeError(status) : ATROUS_OK;
}

atrous_status Session::writeOutputs(const std::string &path) const {
  return write(path, outputsOf(table()), outputs);
}

atrous_status Session::writeInputs(const std::string &path) const {
  return write(path, inputsOf(table()), inputs);
}
