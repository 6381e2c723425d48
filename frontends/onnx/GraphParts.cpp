//===- GraphParts.cpp - The tensors that inputs and outputs are -----------===//

#include "frontends/onnx/GraphParts.h"
#include "dialects/graph/SizeExpr.h"
#include "frontends/onnx/ElementTypes.h"
#include "frontends/onnx/Limits.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

std::string getPartName(llvm::StringRef name, Part part, size_t number) {
  switch (part) {
  case Part::tensor:
    return name.str();
  case Part::element:
    return name.str() + "[" + std::to_string(number) + "]";
  case Part::data:
    return name.str() + ".data";
  case Part::index:
    return name.str() + ".index";
  case Part::present:
    return name.str() + ".present";
  }
  llvm_unreachable("a part of another kind");
}

static llvm::StringRef getKind(const onnx::TypeProto &type) {
  switch (type.value_case()) {
  case onnx::TypeProto::kTensorType:
    return "tensor";
  case onnx::TypeProto::kSequenceType:
    return "sequence";
  case onnx::TypeProto::kMapType:
    return "map";
  case onnx::TypeProto::kOptionalType:
    return "optional";
  case onnx::TypeProto::kSparseTensorType:
    return "sparse tensor";
  case onnx::TypeProto::kOpaqueType:
    return "opaque";
  default:
    return "no";
  }
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

namespace {
/// Reads the type of a graph input.
struct InputReader {
  const ModelContext &context;
  Location loc;
  std::string name;

  Type readElementType(const onnx::TypeProto &type) const;
  DeclaredShape readShape(const onnx::TypeProto &type) const;
};
} // namespace

Type InputReader::readElementType(const onnx::TypeProto &proto) const {
  if (!proto.has_tensor_type())
    refuseUnsupported(loc, name + " has " + getKind(proto) +
                               " type where only a tensor is supported");
  int dataType = proto.tensor_type().elem_type();
  Type type = getElementType(context.context, dataType);
  if (!type)
    refuseUnsupported(
        loc, name + " has data type " + getDataTypeName(dataType) + " (" +
                 llvm::Twine(dataType) + "), which is not supported");
  return type;
}

DeclaredShape InputReader::readShape(const onnx::TypeProto &type) const {
  DeclaredShape shape;
  if (!type.tensor_type().has_shape())
    return shape;
  shape.isRanked = true;
  const onnx::TensorShapeProto &proto = type.tensor_type().shape();
  if (proto.dim_size() > context.limits().maxRank)
    refuseUnsupported(loc, name + " has rank " + llvm::Twine(proto.dim_size()) +
                               ", more than the supported " +
                               llvm::Twine(context.limits().maxRank));
  for (const auto &dim : proto.dim()) {
    if (dim.has_dim_value() && dim.dim_value() < 0)
      refuse(loc, name + " has the negative dimension " +
                      llvm::Twine(dim.dim_value()));
    bool isStatic = dim.has_dim_value();
    shape.dims.push_back(isStatic ? dim.dim_value() : ShapedType::kDynamic);
    std::string symbol = escaped(dim.dim_param());
    shape.symbols.push_back(
        isStatic || symbol.empty() ? "" : graph::getSizeName(symbol));
  }
  return shape;
}

static DeclaredShape makeShape(llvm::ArrayRef<int64_t> dims) {
  return {true, llvm::SmallVector<int64_t>(dims),
          llvm::SmallVector<std::string>(dims.size())};
}

llvm::SmallVector<InputPart> readParts(const ModelContext &context,
                                       const onnx::ValueInfoProto &info,
                                       size_t listed) {
  llvm::StringRef name = info.name();
  InputReader reader{context, context.getLocation("input", name),
                     "graph input " + quoted(name)};
  llvm::SmallVector<InputPart> parts;
  auto add = [&](Part part, Type type, DeclaredShape shape, size_t number = 0) {
    parts.push_back({part, getPartName(name, part, number), type, shape});
  };
  const onnx::TypeProto *type = &info.type();
  if (type->has_optional_type()) {
    add(Part::present, IntegerType::get(context.context, 1), makeShape({}));
    type = &type->optional_type().elem_type();
  }
  bool isSequence = type->has_sequence_type();
  if (isSequence)
    type = &type->sequence_type().elem_type();
  Type elementType = reader.readElementType(*type);
  DeclaredShape shape = reader.readShape(*type);
  if (!isSequence) {
    add(Part::tensor, elementType, shape);
  } else if (listed) {
    // A name says nothing: each tensor may have sizes of its own.
    for (std::string &symbol : shape.symbols)
      symbol.clear();
    for (size_t i = 0; i < listed; ++i)
      add(Part::element, elementType, shape, i);
  } else {
    int64_t width =
        shape.isRanked ? int64_t(shape.dims.size()) + 1 : ShapedType::kDynamic;
    add(Part::data, elementType, makeShape(ShapedType::kDynamic));
    add(Part::index, IntegerType::get(context.context, 64),
        makeShape({ShapedType::kDynamic, width}));
  }
  return parts;
}

void addPart(GraphValue &value, OpBuilder &builder, Part part, Value tensor) {
  switch (part) {
  case Part::tensor:
    value.tensor = tensor;
    break;
  case Part::element: {
    llvm::SmallVector<Value> list;
    if (value.sequence)
      list.append(value.sequence->getList().begin(),
                  value.sequence->getList().end());
    list.push_back(tensor);
    Type type = getElementTypeOrSelf(tensor.getType());
    value.sequence = std::make_shared<Sequence>(builder, type, list);
    break;
  }
  case Part::data:
    value.sequence =
        std::make_shared<Sequence>(SequenceTensors{tensor, Value()});
    break;
  case Part::index: {
    Value data = value.sequence->getTensors(tensor.getLoc()).data;
    value.sequence = std::make_shared<Sequence>(SequenceTensors{data, tensor});
    break;
  }
  case Part::present:
    value.isOptional = true;
    value.present = tensor;
  }
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// The type as GraphValue::getTypeName says it; empty where it is left open.
static std::string getTypeName(MLIRContext *context,
                               const onnx::TypeProto &type) {
  if (type.has_optional_type()) {
    std::string element =
        getTypeName(context, type.optional_type().elem_type());
    return element.empty() ? "" : "optional(" + element + ")";
  }
  if (type.has_sequence_type()) {
    std::string element =
        getTypeName(context, type.sequence_type().elem_type());
    return element.empty() ? "" : "seq(" + element + ")";
  }
  int dataType = type.tensor_type().elem_type();
  if (!type.has_tensor_type() || dataType == onnx::TensorProto::UNDEFINED)
    return "";
  Type element = getElementType(context, dataType);
  return element ? getSchemaTypeName(element)
                 : "tensor(" + getDataTypeName(dataType) + ")";
}

llvm::SmallVector<OutputPart> createParts(const ModelContext &context,
                                          OpBuilder &builder,
                                          const onnx::ValueInfoProto &info,
                                          GraphValue value,
                                          std::optional<ValueForm> &form) {
  llvm::StringRef name = info.name();
  Location loc = context.getLocation("output", name);
  const onnx::TypeProto &type = info.type();
  if (type.has_optional_type())
    value.isOptional = true;
  else if (value.isOptional &&
           type.value_case() != onnx::TypeProto::VALUE_NOT_SET)
    value = getElement(builder, loc, value);
  std::string declared = getTypeName(context.context, type);
  std::string actual = value.getTypeName();
  if (!declared.empty() && !actual.empty() && declared != actual)
    refuse(loc, "graph output " + quoted(name) + " is declared as " + declared +
                    ", but is computed as " + actual);

  if (!form) {
    form.emplace(value);
    form->hasFlag = form->isOptional;
  }
  llvm::SmallVector<Value> tensors;
  form->flatten(builder, loc, value, tensors);
  llvm::SmallVector<OutputPart> parts;
  for (Value tensor : tensors) {
    Part part = Part::tensor;
    size_t number = parts.size() - form->hasFlag;
    if (form->hasFlag && parts.empty())
      part = Part::present;
    else if (form->length)
      part = Part::element;
    else if (form->isSequence)
      part = number == 0 ? Part::data : Part::index;
    parts.push_back({getPartName(name, part, number), tensor});
  }
  return parts;
}

} // namespace atrous::onnx_frontend
