//===- LoadedModel.cpp - A model and its contexts -------------------------===//

#include "python/LoadedModel.h"

#include <optional>

namespace nb = nanobind;
using namespace atrous::python;

/// Throws the runtime's last error.
[[noreturn]] static void throwError(atrous_status status) {
  if (status == ATROUS_ERROR_INPUT || status == ATROUS_ERROR_USAGE)
    throw InputError(atrous_last_error());
  throw Error(atrous_last_error());
}

namespace {
/// The bytes of a Python object, held while this lives.
class Bytes {
public:
  Bytes(nb::handle object, bool writable) {
    if (PyObject_GetBuffer(object.ptr(), &view,
                           writable ? PyBUF_WRITABLE : PyBUF_SIMPLE))
      throw nb::python_error();
  }
  Bytes(Bytes &&other) noexcept : view(other.view) { other.view.obj = nullptr; }
  ~Bytes() {
    if (view.obj)
      PyBuffer_Release(&view);
  }
  void *data() const { return view.buf; }
  size_t size() const { return static_cast<size_t>(view.len); }

private:
  Py_buffer view;
};
} // namespace

/// Whether `bytes` are as many as the tensor has.
static bool fits(const Bytes &bytes, const atrous_tensor &tensor) {
  size_t size = atrous_dtype_size(tensor.dtype);
  for (int32_t i = 0; i < tensor.rank; ++i)
    if (tensor.shape[i] < 0 ||
        __builtin_mul_overflow(size, tensor.shape[i], &size))
      return false;
  return size == bytes.size();
}

static nb::list describe(const atrous_tensor_info *infos, int32_t count) {
  nb::list result;
  for (int32_t i = 0; i < count; ++i) {
    nb::list shape;
    for (int32_t d = 0; d < infos[i].rank; ++d) {
      const char *symbol = infos[i].symbols ? infos[i].symbols[d] : "";
      if (infos[i].shape[d] >= 0)
        shape.append(infos[i].shape[d]);
      else
        shape.append(*symbol ? symbol : "?");
    }
    result.append(nb::make_tuple(infos[i].name, shape,
                                 atrous_dtype_name(infos[i].dtype)));
  }
  return result;
}

LoadedModel::LoadedModel(const std::string &path, int threads)
    : threads(threads) {
  nb::gil_scoped_release release;
  atrous_loaded_model *loaded = nullptr;
  if (atrous_status status = atrous_model_load(path.c_str(), &loaded))
    throwError(status);
  model.reset(loaded);
  // Says now that this many threads will not do.
  idle.push_back(takeContext());
}

std::string LoadedModel::getName() const { return table().name; }

std::string LoadedModel::getCpu() const { return table().cpu; }

nb::list LoadedModel::getInputs() const {
  return describe(table().inputs, table().num_inputs);
}

nb::list LoadedModel::getOutputs() const {
  return describe(table().outputs, table().num_outputs);
}

std::string LoadedModel::getLayers() const {
  const char *json = table().layers_json;
  return json ? json : "[]";
}

int LoadedModel::countLayers() const { return table().num_layers; }

LoadedModel::Context LoadedModel::takeContext() {
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (!idle.empty()) {
      Context context = std::move(idle.back());
      idle.pop_back();
      return context;
    }
  }
  atrous_context *context = nullptr;
  if (atrous_status status =
          atrous_context_create(model.get(), threads, &context))
    throwError(status);
  return Context(context);
}

/// A copy of the tensor: a bytearray and its shape.
static nb::object copyOut(const atrous_tensor &tensor) {
  size_t size = atrous_dtype_size(tensor.dtype);
  nb::list shape;
  for (int32_t i = 0; i < tensor.rank; ++i) {
    size *= static_cast<size_t>(tensor.shape[i]);
    shape.append(tensor.shape[i]);
  }
  nb::object bytes = nb::steal(PyByteArray_FromStringAndSize(
      static_cast<const char *>(tensor.data), static_cast<Py_ssize_t>(size)));
  if (!bytes.is_valid())
    throw nb::python_error();
  return nb::make_tuple(bytes, shape);
}

nb::list LoadedModel::run(nb::list inputs, nb::list outputs,
                          const std::vector<std::vector<int64_t>> &shapes,
                          nb::object times) {
  const atrous_model &table = this->table();
  if (inputs.size() != size_t(table.num_inputs) ||
      outputs.size() != size_t(table.num_outputs) ||
      shapes.size() != inputs.size())
    throw InputError("wrong number of inputs or outputs");

  std::vector<Bytes> bytes;
  std::vector<atrous_tensor> tensors;
  auto add = [&](nb::handle object, const atrous_tensor_info &info,
                 const int64_t *shape, size_t rank, bool writable) {
    bytes.emplace_back(object, writable);
    tensors.push_back(
        {bytes.back().data(), info.dtype, static_cast<int32_t>(rank), shape});
    if (!fits(bytes.back(), tensors.back()))
      throw InputError(std::string("tensor '") + info.name +
                       "' does not have the bytes of its shape");
  };
  for (size_t i = 0; i < shapes.size(); ++i)
    add(inputs[i], table.inputs[i], shapes[i].data(), shapes[i].size(), false);
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].is_none())
      tensors.push_back({});
    else
      add(outputs[i], table.outputs[i], table.outputs[i].shape,
          table.outputs[i].rank, true);
  }

  std::optional<Bytes> layerTimes;
  if (!times.is_none()) {
    layerTimes.emplace(times, /*writable=*/true);
    if (layerTimes->size() != table.num_layers * sizeof(uint64_t))
      throw InputError("times do not have the bytes of the layers");
  }

  Context context;
  atrous_tensor *results = tensors.data() + table.num_inputs;
  {
    nb::gil_scoped_release release;
    context = takeContext();
    atrous_status status =
        atrous_context_run(context.get(), tensors.data(), table.num_inputs,
                           results, table.num_outputs);
    if (!status && layerTimes)
      status = atrous_context_layer_times(
          context.get(), static_cast<uint64_t *>(layerTimes->data()),
          table.num_layers);
    if (status) {
      giveBack(std::move(context));
      throwError(status);
    }
  }
  // Views are the context's: copied before another thread runs it.
  nb::list made;
  for (size_t i = 0; i < outputs.size(); ++i)
    made.append(outputs[i].is_none() ? copyOut(results[i]) : nb::none());
  giveBack(std::move(context));
  return made;
}

void LoadedModel::giveBack(Context context) {
  std::lock_guard<std::mutex> lock(mutex);
  idle.push_back(std::move(context));
}
