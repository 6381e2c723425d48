//===- LoadedModel.h - A model and its contexts -----------------*- C++ -*-===//

#ifndef ATROUS_PYTHON_LOADEDMODEL_H
#define ATROUS_PYTHON_LOADEDMODEL_H

#include "runtime/api/atrous.h"

#include <nanobind/nanobind.h>

#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace atrous::python {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct CompileError : Error {
  using Error::Error;
};
struct InputError : Error {
  using Error::Error;
};

/// A model of the runtime's C API with as many contexts as threads have run it
/// at once.
class LoadedModel {
public:
  LoadedModel(const std::string &path, int threads);

  std::string getName() const;
  std::string getCpu() const;
  /// Tuples of name, list of sizes (a symbol's name, or "?", where not static)
  /// and NumPy's name of the element type.
  nanobind::list getInputs() const;
  nanobind::list getOutputs() const;

  /// atrous_model::layers_json, and how many layers a run measures.
  std::string getLayers() const;
  int countLayers() const;

  /// Runs on buffers of bytes, contiguous in C order. Element types are those
  /// of the model; `shapes` are the inputs' shapes, checked by the runtime. An
  /// output whose sizes come out of the run is None, and a tuple of a bytearray
  /// and its shape in what is returned, where the others are None. `times`, if
  /// not None, has room for the nanoseconds (uint64) of each layer.
  nanobind::list run(nanobind::list inputs, nanobind::list outputs,
                     const std::vector<std::vector<int64_t>> &shapes,
                     nanobind::object times);

private:
  struct Destroy {
    void operator()(atrous_loaded_model *model) const {
      atrous_model_destroy(model);
    }
    void operator()(atrous_context *context) const {
      atrous_context_destroy(context);
    }
  };
  using Context = std::unique_ptr<atrous_context, Destroy>;

  Context takeContext();
  void giveBack(Context context);
  const atrous_model &table() const { return *atrous_model_table(model.get()); }

  std::unique_ptr<atrous_loaded_model, Destroy> model;
  int threads;
  std::mutex mutex;
  std::vector<Context> idle;
};

} // namespace atrous::python

#endif // ATROUS_PYTHON_LOADEDMODEL_H
