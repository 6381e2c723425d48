//===- Header.cpp - The C header of a compiled model ----------------------===//

#include "compiler/emit/Header.h"

#include "compiler/emit/Names.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include "runtime/abi/atrous_abi.h"

using namespace llvm;

namespace atrous {

namespace {

struct CType {
  int32_t dtype;
  StringLiteral name, meaning;
};

constexpr CType cTypes[] = {
    {ATROUS_FLOAT32, "float", "float32"},
    {ATROUS_UINT8, "uint8_t", "uint8"},
    {ATROUS_INT8, "int8_t", "int8"},
    {ATROUS_UINT16, "uint16_t", "uint16"},
    {ATROUS_INT16, "int16_t", "int16"},
    {ATROUS_INT32, "int32_t", "int32"},
    {ATROUS_INT64, "int64_t", "int64"},
    {ATROUS_BOOL, "uint8_t", "bool (0 or 1)"},
    {ATROUS_FLOAT16, "uint16_t", "float16 (its bits)"},
    {ATROUS_FLOAT64, "double", "float64"},
    {ATROUS_UINT32, "uint32_t", "uint32"},
    {ATROUS_UINT64, "uint64_t", "uint64"},
    {ATROUS_BFLOAT16, "uint16_t", "bfloat16 (its bits)"}};

struct Parameter {
  const TensorDescription &tensor;
  std::string name;
  const CType &type;
};

} // namespace

static std::vector<Parameter>
getParameters(const std::vector<TensorDescription> &tensors, StringRef kind) {
  std::vector<std::string> names = getParameterNames(tensors, kind);
  std::vector<Parameter> parameters;
  for (size_t i = 0; i < tensors.size(); ++i) {
    const CType *type = find_if(cTypes, [&](const CType &row) {
      return row.dtype == tensors[i].dtype;
    });
    parameters.push_back({tensors[i], names[i], *type});
  }
  return parameters;
}

static std::string joinShape(ArrayRef<int64_t> shape) {
  return join(map_range(shape, [](int64_t d) { return std::to_string(d); }),
              ", ");
}

/// Rank, size and, where there is one, shape of a tensor as macros.
static void writeMacros(raw_ostream &stream, const Parameter &parameter,
                        StringRef prefix) {
  std::string macro =
      StringRef(prefix.str() + "_" + parameter.name).upper();
  const std::vector<int64_t> &shape = parameter.tensor.shape;
  int64_t size = 1;
  for (int64_t dim : shape)
    size *= dim; // fits: the frontend has checked it
  stream << formatv("#define {0}_RANK {1}\n", macro, shape.size());
  if (!shape.empty())
    stream << formatv("#define {0}_SHAPE {{{1}}\n", macro, joinShape(shape));
  stream << formatv("#define {0}_SIZE INT64_C({1})\n", macro, size);
}

static void writeDocumentation(raw_ostream &stream,
                               ArrayRef<Parameter> parameters) {
  for (const Parameter &parameter : parameters)
    stream << formatv(" *   {0}: {1} [{2}], '{3}'\n", parameter.name,
                      parameter.type.meaning, joinShape(parameter.tensor.shape),
                      toComment(parameter.tensor.name));
}

std::string createHeader(const ModelDescription &description,
                         StringRef prefix) {
  std::vector<Parameter> inputs = getParameters(description.inputs, "in");
  std::vector<Parameter> outputs = getParameters(description.outputs, "out");
  std::string guard = ("ATROUS_COMPILED_" + prefix).str();
  guard = StringRef(guard).upper() + "_H";
  std::string text;
  raw_string_ostream stream(text);

  stream << formatv(R"(/* '{0}', compiled by atrous {1}. Written by the compiler: do not edit.
 *
 * Link with the compiled model and libc, libm; nothing else is needed. Tensors
 * are dense, in C order. An instance is used by one thread at a time; make one
 * for each thread.
 */
#ifndef {2}
#define {2}

#include <stdint.h>

#ifdef __cplusplus
extern "C" {{
#endif

)",
                    toComment(description.name), ATROUS_VERSION, guard);
  stream << "/* The shape as an initializer, and the number of elements. */\n";
  for (const Parameter &parameter : inputs)
    writeMacros(stream, parameter, prefix);
  for (const Parameter &parameter : outputs)
    writeMacros(stream, parameter, prefix);

  stream << formatv(R"(
typedef struct {0}_instance {0}_instance;

/* Makes an instance that runs on `threads` threads; 0: one per core. Null on
 * failure; the caller destroys it. */
{0}_instance *{0}_create(int32_t threads);

/* Runs the network once. Returns 0, or another number on failure.
 *
)",
                    prefix);
  writeDocumentation(stream, inputs);
  writeDocumentation(stream, outputs);
  stream << formatv(" */\nint32_t {0}_run({0}_instance *instance", prefix);
  for (const Parameter &parameter : inputs)
    stream << formatv(",\n    const {0} *{1}", parameter.type.name,
                      parameter.name);
  for (const Parameter &parameter : outputs)
    stream << formatv(",\n    {0} *{1}", parameter.type.name, parameter.name);
  stream << formatv(R"();

/* Null is allowed. */
void {0}_destroy({0}_instance *instance);

/* What the last failed call of this thread had to say. */
const char *{0}_error(void);

/* The model's table, for atrous_model_from_table of the runtime's own API. */
const struct atrous_model *{0}_model(void);

#ifdef __cplusplus
}
#endif
#endif /* {1} */
)",
                    prefix, guard);
  return text;
}

} // namespace atrous
