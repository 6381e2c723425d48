//===- Module.cpp - The native half of the Python package -----------------===//
//
// Binds the C APIs of compiler and runtime; NumPy is handled in Python
// (atrous/_model.py). Only this file is compiled with exceptions: both APIs
// return statuses.
//
//===----------------------------------------------------------------------===//

#include "python/LoadedModel.h"

#include "compiler/capi/atrous_compile.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;
using namespace atrous::python;

namespace {
/// A Python callback that is called from threads of the compiler. What it
/// raises is kept, and raised when the compilation is over.
struct Progress {
  nb::object callback;
  std::optional<nb::python_error> error;

  static void call(void *user, const char *what, int32_t done, int32_t total) {
    auto *self = static_cast<Progress *>(user);
    nb::gil_scoped_acquire gil;
    if (self->error)
      return;
    try {
      self->callback(what, done, total);
    } catch (nb::python_error &error) {
      self->error.emplace(std::move(error));
    }
  }
};
} // namespace

static const char *orNull(const std::optional<std::string> &text) {
  return text ? text->c_str() : nullptr;
}

/// The messages without the last line's end; a lone error without its
/// "error: ".
static std::string getMessages() {
  std::string text = atrous_compile_messages();
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  constexpr size_t prefix = sizeof("error: ") - 1;
  if (text.compare(0, prefix, "error: ") == 0)
    text.erase(0, prefix);
  return text;
}

static std::vector<const char *>
getPointers(const std::vector<std::string> &texts) {
  std::vector<const char *> pointers;
  for (const std::string &text : texts)
    pointers.push_back(text.c_str());
  return pointers;
}

static void compile(std::optional<std::string> inputPath,
                    std::optional<nb::bytes> inputBytes,
                    std::optional<std::string> dataFolder,
                    std::string outputPath, bool writeHeader, bool temporary,
                    int threads, int jobs, std::string cpu, std::string emit,
                    std::vector<std::string> shapes,
                    std::vector<std::string> shapeHints, std::string winograd,
                    std::string memory,
                    bool profile, bool tune,
                    std::optional<std::string> saveStages,
                    std::optional<std::string> cacheDir, bool verbose,
                    nb::object callback) {
  std::vector<const char *> shapeTexts = getPointers(shapes);
  std::vector<const char *> hintTexts = getPointers(shapeHints);
  Progress progress{callback, std::nullopt};

  atrous_compile_options options;
  atrous_compile_options_init(&options);
  options.input_path = orNull(inputPath);
  if (inputBytes) {
    options.input_bytes = inputBytes->c_str();
    options.input_size = inputBytes->size();
  }
  options.data_folder = orNull(dataFolder);
  options.output_path = outputPath.c_str();
  options.write_header = writeHeader;
  options.temporary = temporary;
  options.threads = threads;
  options.jobs = jobs;
  options.cpu = cpu.c_str();
  options.emit = emit.c_str();
  options.shapes = shapeTexts.data();
  options.num_shapes = static_cast<int32_t>(shapeTexts.size());
  options.shape_hints = hintTexts.data();
  options.num_shape_hints = static_cast<int32_t>(hintTexts.size());
  options.winograd = winograd.c_str();
  options.memory = memory.c_str();
  options.profile = profile;
  options.tune = tune;
  options.save_stages = orNull(saveStages);
  options.cache_dir = orNull(cacheDir);
  options.verbose = verbose;
  if (!callback.is_none()) {
    options.progress = Progress::call;
    options.progress_user = &progress;
  }

  atrous_status status;
  {
    nb::gil_scoped_release release;
    status = atrous_compile(&options);
  }
  if (progress.error)
    throw std::move(*progress.error);
  if (status != ATROUS_OK)
    throw CompileError(getMessages());
}

NB_MODULE(_atrous, m) {
  m.attr("__version__") = ATROUS_VERSION;
  nb::exception<Error> error(m, "Error");
  nb::exception<CompileError>(m, "CompileError", error);
  nb::exception<InputError>(m, "InputError", error);
  // They are raised as members of the package.
  for (const char *name : {"Error", "CompileError", "InputError"})
    m.attr(name).attr("__module__") = "atrous";

  nb::class_<LoadedModel>(m, "LoadedModel")
      .def(nb::init<const std::string &, int>(), nb::arg("path"),
           nb::arg("threads"))
      .def_prop_ro("name", &LoadedModel::getName)
      .def_prop_ro("cpu", &LoadedModel::getCpu)
      .def_prop_ro("inputs", &LoadedModel::getInputs)
      .def_prop_ro("outputs", &LoadedModel::getOutputs)
      .def_prop_ro("layers", &LoadedModel::getLayers)
      .def_prop_ro("num_layers", &LoadedModel::countLayers)
      .def("run", &LoadedModel::run, nb::arg("inputs"), nb::arg("outputs"),
           nb::arg("shapes"), nb::arg("times").none());

  m.def("compile", &compile, nb::kw_only(), nb::arg("input_path").none(),
        nb::arg("input_bytes").none(), nb::arg("data_folder").none(),
        nb::arg("output_path"), nb::arg("write_header"), nb::arg("temporary"),
        nb::arg("threads"), nb::arg("jobs"), nb::arg("cpu"), nb::arg("emit"),
        nb::arg("shapes"), nb::arg("shape_hints"), nb::arg("winograd"),
        nb::arg("memory"),
        nb::arg("profile"), nb::arg("tune"), nb::arg("save_stages").none(),
        nb::arg("cache_dir").none(), nb::arg("verbose"),
        nb::arg("progress").none());
}
