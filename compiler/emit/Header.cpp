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

/// A tensor, and the name of its parameter; `<name>_shape` is that of its shape.
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

/// "1, 3, height (256 to 1024), ?".
static std::string describeShape(const TensorDescription &tensor) {
  std::vector<std::string> sizes;
  for (auto [i, size] : enumerate(tensor.shape)) {
    if (size >= 0) {
      sizes.push_back(std::to_string(size));
      continue;
    }
    std::string text =
        tensor.symbols.empty() ? "" : toComment(tensor.symbols[i]);
    text = text.empty() ? "?" : text;
    int64_t most = tensor.maxShape.empty() ? -1 : tensor.maxShape[i];
    int64_t least = tensor.minShape.empty() ? 0 : tensor.minShape[i];
    if (most >= 0)
      text += " (" + std::to_string(least) + " to " + std::to_string(most) +
              ")";
    else if (least > 0)
      text += " (at least " + std::to_string(least) + ")";
    sizes.push_back(text);
  }
  return join(sizes, ", ");
}

/// Rank and, where there are any, size and shape of a tensor as macros.
static void writeMacros(raw_ostream &stream, const Parameter &parameter,
                        StringRef prefix) {
  std::string macro =
      StringRef(prefix.str() + "_" + parameter.name).upper();
  const std::vector<int64_t> &shape = parameter.tensor.shape;
  stream << formatv("#define {0}_RANK {1}\n", macro, shape.size());
  if (!shape.empty())
    stream << formatv("#define {0}_SHAPE {{{1}}\n", macro, joinShape(shape));
  if (parameter.tensor.isDynamic())
    return;
  int64_t size = 1;
  for (int64_t dim : shape)
    size *= dim; // fits: the frontend has checked it
  stream << formatv("#define {0}_SIZE INT64_C({1})\n", macro, size);
}

static void writeDocumentation(raw_ostream &stream,
                               ArrayRef<Parameter> parameters) {
  for (const Parameter &parameter : parameters)
    stream << formatv(" *   {0}: {1} [{2}], '{3}'\n", parameter.name,
                      parameter.type.meaning, describeShape(parameter.tensor),
                      toComment(parameter.tensor.name));
}

static bool isDynamic(const TensorDescription &tensor) {
  return tensor.isDynamic();
}

/// What to say where sizes are known at run time only.
static constexpr StringLiteral kShapesText =
    R"( *
 * A tensor with named sizes comes with its shape, of _RANK sizes; equal names
 * are equal sizes. Such an output is a pointer: if it is null on entry, it is
 * set to memory of the instance, valid until its next run or its end, and the
 * shape is written. Else it is the caller's memory for the given shape, which
 * must be the one that comes out.
)";

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
  stream << "/* The shape as an initializer (-1 where a size is known at run time "
            "only), and\n * the number of elements. */\n";
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
  if (any_of(description.inputs, isDynamic) ||
      any_of(description.outputs, isDynamic))
    stream << kShapesText;
  for (const std::string &hint : description.hints)
    stream << " * Has code of its own for " << toComment(hint) << ".\n";
  stream << formatv(" */\nint32_t {0}_run({0}_instance *instance", prefix);
  for (const Parameter &parameter : inputs) {
    stream << formatv(",\n    const {0} *{1}", parameter.type.name,
                      parameter.name);
    if (isDynamic(parameter.tensor))
      stream << formatv(", const int64_t *{0}_shape", parameter.name);
  }
  for (const Parameter &parameter : outputs) {
    bool isMade = isDynamic(parameter.tensor);
    stream << formatv(",\n    {0} *{1}{2}", parameter.type.name,
                      isMade ? "*" : "", parameter.name);
    if (isMade)
      stream << formatv(", int64_t *{0}_shape", parameter.name);
  }
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
