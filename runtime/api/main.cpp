//===- main.cpp - The standalone executable -------------------------------===//
//
// Linked, without a C++ library, in front of a compiled model: reads inputs
// from .npy and .npz, runs the network, writes outputs, prints the time.
//
//===----------------------------------------------------------------------===//

#include "runtime/api/npy.h"
#include "runtime/api/tensors.h"
#include "runtime/base/error.h"
#include "runtime/base/memory.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

using namespace atrous::runtime;

/// The model that this program was linked with.
extern "C" const atrous_model atrous_model_v3;
static const atrous_model &table = atrous_model_v3;

namespace {

struct Options {
  const char **inputs, **outputs; ///< values of --input and --output
  int32_t numInputs = 0, numOutputs = 0;
  int32_t threads = 0;
  long repeat = 1;
};

} // namespace

static void printTensor(const char *kind, const atrous_tensor_info &info) {
  printf("  %s '%s': %s [", kind, info.name, atrous_dtype_name(info.dtype));
  for (int32_t i = 0; i < info.rank; ++i) {
    const char *symbol = info.symbols ? info.symbols[i] : "";
    printf("%s", i ? ", " : "");
    if (info.shape[i] >= 0)
      printf("%lld", static_cast<long long>(info.shape[i]));
    else
      printf("%s", *symbol ? symbol : "?");
  }
  printf("]\n");
}

static void printHelp(const char *program) {
  printf("usage: %s --input [NAME=]FILE ... --output [NAME=]FILE ...\n\n"
         "Runs the network '%s', compiled by %s for %s",
         program, table.name, table.producer, table.cpu);
  for (int32_t i = 1; i < table.num_variants; ++i)
    printf(", %s", table.variants[i]->cpu);
  printf(".\n\n"
         "  --input [NAME=]x.npy   value of an input (NAME may be left out if "
         "there is one)\n"
         "  --input in.npz         values of the inputs that it names\n"
         "  --output [NAME=]y.npy  write one output\n"
         "  --output out.npz       write all outputs\n"
         "  --threads N            threads to use; 0, the default, is one per "
         "core\n"
         "  --repeat N             run N times and print the least time\n"
         "  --help                 print this\n\n");
  for (int32_t i = 0; i < table.num_inputs; ++i)
    printTensor("input", table.inputs[i]);
  for (int32_t i = 0; i < table.num_outputs; ++i)
    printTensor("output", table.outputs[i]);
}

static atrous_status parseNumber(const char *option, const char *text,
                                 long least, long most, long &value) {
  char *end;
  value = strtol(text, &end, 10);
  if (end == text || *end || value < least || value > most)
    return fail(ATROUS_ERROR_USAGE,
                "%s: expected a number from %ld to %ld, "
                "got '%.64s'",
                option, least, most, text);
  return ATROUS_OK;
}

static atrous_status parseOptions(int argc, char **argv, Options &options) {
  for (int i = 1; i < argc; ++i) {
    const char *name = argv[i], *value = nullptr;
    char option[16];
    size_t length = strcspn(name, "=");
    if (name[length] && length < sizeof(option)) {
      append(option, sizeof(option), 0, "%.*s", static_cast<int>(length), name);
      value = name + length + 1;
      name = option;
    }
    bool known = !strcmp(name, "--input") || !strcmp(name, "--output") ||
                 !strcmp(name, "--threads") || !strcmp(name, "--repeat");
    if (!known)
      return fail(ATROUS_ERROR_USAGE, "unknown option '%.64s'; try --help",
                  argv[i]);
    if (!value && ++i < argc)
      value = argv[i];
    if (!value)
      return fail(ATROUS_ERROR_USAGE, "%s: its value is missing", name);
    atrous_status status = ATROUS_OK;
    long number = 0;
    if (!strcmp(name, "--input")) {
      options.inputs[options.numInputs++] = value;
    } else if (!strcmp(name, "--output")) {
      options.outputs[options.numOutputs++] = value;
    } else if (!strcmp(name, "--threads")) {
      status = parseNumber(name, value, 0, 1024, number);
      options.threads = static_cast<int32_t>(number);
    } else {
      status = parseNumber(name, value, 1, 1000000000, options.repeat);
    }
    if (status)
      return status;
  }
  return ATROUS_OK;
}

static int32_t findTensor(const atrous_tensor_info *infos, int32_t count,
                          const char *name, size_t length) {
  for (int32_t i = 0; i < count; ++i)
    if (strlen(infos[i].name) == length && !memcmp(infos[i].name, name, length))
      return i;
  return -1;
}

/// Splits "NAME=FILE" where NAME is one of the tensors; else all is the file.
static const char *splitName(const char *value, const atrous_tensor_info *infos,
                             int32_t count, int32_t &index) {
  index = count == 1 ? 0 : -1;
  for (const char *sign = value; (sign = strchr(sign, '=')); ++sign) {
    int32_t found =
        findTensor(infos, count, value, static_cast<size_t>(sign - value));
    if (found >= 0) {
      index = found;
      return sign + 1;
    }
  }
  return value;
}

static bool endsWith(const char *text, const char *end) {
  size_t length = strlen(text), tail = strlen(end);
  return length >= tail && !strcmp(text + length - tail, end);
}

/// Moves the arrays of one --input to their places in `tensors`.
static atrous_status readInput(const char *value, atrous_tensor *tensors) {
  const atrous_tensor_info *infos = table.inputs;
  int32_t index, count = table.num_inputs, arrayCount;
  const char *path = splitName(value, infos, count, index);
  atrous_array *arrays;
  if (atrous_status status = atrous_arrays_read(path, &arrays, &arrayCount))
    return status;
  bool lone = arrayCount == 1 && !*arrays[0].name;
  atrous_status status = ATROUS_OK;
  for (int32_t i = 0; i < arrayCount && !status; ++i) {
    const char *name = arrays[i].name;
    int32_t place = lone ? index : findTensor(infos, count, name, strlen(name));
    if (place < 0 && lone)
      status = fail(ATROUS_ERROR_USAGE,
                    "--input %.200s: the network has %d inputs: say "
                    "--input NAME=FILE",
                    path, count);
    else if (place < 0)
      status = fail(ATROUS_ERROR_INPUT,
                    "'%.200s': the network has no input "
                    "'%.200s'",
                    path, name);
    else if (tensors[place].data)
      status = fail(ATROUS_ERROR_USAGE, "input '%.200s' is given twice",
                    infos[place].name);
    if (!status) {
      tensors[place] = arrays[i].tensor;
      arrays[i].tensor.data = nullptr;
      arrays[i].tensor.shape = nullptr;
    }
  }
  atrous_arrays_free(arrays, arrayCount);
  return status;
}

static atrous_status readInputs(const Options &options,
                                atrous_tensor *tensors) {
  for (int32_t i = 0; i < options.numInputs; ++i)
    if (atrous_status status = readInput(options.inputs[i], tensors))
      return status;
  for (int32_t i = 0; i < table.num_inputs; ++i)
    if (!tensors[i].data)
      return fail(ATROUS_ERROR_USAGE,
                  "input '%.200s' is missing; say --input NAME=FILE",
                  table.inputs[i].name);
  return ATROUS_OK;
}

static atrous_status writeOutput(const char *value, atrous_array *arrays) {
  int32_t index, count = table.num_outputs;
  const char *path = splitName(value, table.outputs, count, index);
  if (path == value && endsWith(path, ".npz"))
    return atrous_npz_write(path, arrays, count);
  if (index < 0)
    return fail(ATROUS_ERROR_USAGE,
                "--output %.200s: the network has %d outputs: say --output "
                "NAME=FILE or a .npz",
                path, count);
  return endsWith(path, ".npz") ? atrous_npz_write(path, arrays + index, 1)
                                : atrous_npy_write(path, &arrays[index].tensor);
}

static double seconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) +
         1e-9 * static_cast<double>(now.tv_nsec);
}

/// Views among the outputs live as long as the context, which is freed by the
/// end of the program.
static atrous_status runModel(const Options &options,
                              const atrous_tensor *inputs,
                              atrous_tensor *outputs) {
  atrous_loaded_model *model;
  atrous_context *context;
  if (atrous_status status = atrous_model_from_table(&table, &model))
    return status;
  atrous_status status =
      atrous_context_create(model, options.threads, &context);
  atrous_model_destroy(model);
  if (status)
    return status;
  double least = 0;
  for (long i = 0; i < options.repeat && !status; ++i) {
    double start = seconds();
    status = atrous_context_run(context, inputs, table.num_inputs, outputs,
                                table.num_outputs);
    double taken = seconds() - start;
    least = i == 0 || taken < least ? taken : least;
  }
  if (!status)
    printf("%s: %.3f ms on %d thread%s%s\n", table.name, least * 1e3,
           atrous_context_threads(context),
           atrous_context_threads(context) == 1 ? "" : "s",
           options.repeat > 1 ? ", least of all runs" : "");
  return status;
}

static atrous_status runProgram(int argc, char **argv) {
  size_t words = static_cast<size_t>(argc) + 1;
  size_t inputs = static_cast<size_t>(table.num_inputs) + 1;
  size_t outputs = static_cast<size_t>(table.num_outputs) + 1;
  Options options;
  // Freed by the end of the program.
  options.inputs = static_cast<const char **>(calloc(words, sizeof(char *)));
  options.outputs = static_cast<const char **>(calloc(words, sizeof(char *)));
  auto *given =
      static_cast<atrous_tensor *>(calloc(inputs, sizeof(atrous_tensor)));
  auto *results =
      static_cast<atrous_tensor *>(calloc(outputs, sizeof(atrous_tensor)));
  auto *arrays =
      static_cast<atrous_array *>(calloc(outputs, sizeof(atrous_array)));
  if (!options.inputs || !options.outputs || !given || !results || !arrays)
    return fail(ATROUS_ERROR_RESOURCE, "no memory");
  if (atrous_status status = parseOptions(argc, argv, options))
    return status;
  if (atrous_status status = readInputs(options, given))
    return status;
  for (int32_t i = 0; i < table.num_outputs; ++i) {
    const atrous_tensor_info &info = table.outputs[i];
    size_t bytes = 0;
    if (isDynamic(info))
      continue;
    if (!tensorBytes(info.shape, info.rank, atrous_dtype_size(info.dtype),
                     bytes))
      return fail(ATROUS_ERROR_INPUT, "output '%.200s' is too large",
                  info.name);
    results[i] = {allocateAligned(bytes), info.dtype, info.rank, info.shape};
    if (!results[i].data)
      return fail(ATROUS_ERROR_RESOURCE, "no memory for output '%.200s'",
                  info.name);
  }
  if (atrous_status status = runModel(options, given, results))
    return status;
  for (int32_t i = 0; i < table.num_outputs; ++i)
    arrays[i] = {const_cast<char *>(table.outputs[i].name), results[i]};
  for (int32_t i = 0; i < options.numOutputs; ++i)
    if (atrous_status status = writeOutput(options.outputs[i], arrays))
      return status;
  return ATROUS_OK;
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; ++i)
    if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
      printHelp(argv[0]);
      return 0;
    }
  atrous_status status = runProgram(argc, argv);
  if (status)
    fprintf(stderr, "error: %s\n", lastError());
  return status;
}
