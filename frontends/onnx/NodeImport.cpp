//===- NodeImport.cpp - One ONNX node on its way into the graph -----------===//

#include "frontends/onnx/NodeImport.h"
#include "frontends/onnx/ElementTypes.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace atrous::onnx_frontend {

NodeImport::NodeImport(const ModelContext &context, OpBuilder &builder,
                       const onnx::NodeProto &node,
                       llvm::ArrayRef<GraphValue> inputs, BodyImporter &bodies)
    : context(context), builder(builder), node(node),
      loc(context.getLocation(node)), opset(context.getOpset(node.domain())),
      bodies(bodies), allInputs(inputs) {
  for (const GraphValue &input : inputs)
    allOperands.push_back(input.isOptional ? Value() : input.tensor);
}

void NodeImport::refuse(const llvm::Twine &message) const {
  onnx_frontend::refuse(loc, message);
}

void NodeImport::refuseUnsupported(const llvm::Twine &message) const {
  onnx_frontend::refuseUnsupported(loc, message);
}

Value NodeImport::operand(unsigned index) const {
  return index < allOperands.size() ? allOperands[index] : Value();
}

GraphValue NodeImport::input(unsigned index) const {
  return index < allInputs.size() ? allInputs[index] : GraphValue();
}

bool NodeImport::hasResult(unsigned index) const {
  return index < numResults() && !node.output(int(index)).empty();
}

unsigned NodeImport::numResults() const { return node.output_size(); }

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

const onnx::AttributeProto *NodeImport::findAttr(llvm::StringRef name) const {
  for (const onnx::AttributeProto &attribute : node.attribute())
    if (attribute.name() == name)
      return &attribute;
  return nullptr;
}

int64_t NodeImport::getInt(llvm::StringRef name, int64_t defaultValue) const {
  const onnx::AttributeProto *attribute = findAttr(name);
  return attribute ? attribute->i() : defaultValue;
}

double NodeImport::getFloat(llvm::StringRef name, double defaultValue) const {
  const onnx::AttributeProto *attribute = findAttr(name);
  return attribute ? double(attribute->f()) : defaultValue;
}

llvm::SmallVector<int64_t> NodeImport::getInts(llvm::StringRef name) const {
  const onnx::AttributeProto *attribute = findAttr(name);
  if (!attribute)
    return {};
  return llvm::SmallVector<int64_t>(attribute->ints().begin(),
                                    attribute->ints().end());
}

std::string NodeImport::getEnum(llvm::StringRef name,
                                llvm::ArrayRef<llvm::StringRef> allowed) const {
  const onnx::AttributeProto *attribute = findAttr(name);
  if (!attribute)
    return allowed.front().str();
  if (!llvm::is_contained(allowed, llvm::StringRef(attribute->s())))
    refuse(name + " is " + quoted(attribute->s()) + "; expected one of " +
           llvm::join(allowed, ", "));
  return attribute->s();
}

Type NodeImport::getType(llvm::StringRef name) const {
  int64_t number = getInt(name, 0);
  int dataType = number >= 0 && number <= INT32_MAX ? int(number) : -1;
  if (Type type = getElementType(context.context, dataType))
    return type;
  refuseUnsupported("attribute " + name + " is " + llvm::Twine(number) + " (" +
                    getDataTypeName(dataType) +
                    "), a data type that is not supported");
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Type NodeImport::elementType(Value value) {
  return cast<TensorType>(value.getType()).getElementType();
}

bool NodeImport::isFloat(Value value) {
  return isa<FloatType>(elementType(value));
}

std::optional<int64_t> NodeImport::findRank(Value value) {
  if (auto type = dyn_cast<RankedTensorType>(value.getType()))
    return type.getRank();
  return std::nullopt;
}

int64_t NodeImport::rankOf(Value value) const {
  if (std::optional<int64_t> rank = findRank(value))
    return *rank;
  refuse("needs the rank of its input, which is not known at import");
}

int64_t NodeImport::dimOf(Value value, int64_t dim) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || dim >= type.getRank())
    return ShapedType::kDynamic;
  return type.getDimSize(dim);
}

int64_t NodeImport::normalizeAxis(int64_t axis, int64_t rank) const {
  if (axis < -rank || axis >= rank)
    refuse("axis is " + llvm::Twine(axis) + ", but the rank is " +
           llvm::Twine(rank));
  return axis < 0 ? axis + rank : axis;
}

bool NodeImport::isEmpty(Value value) {
  if (!value)
    return true;
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && llvm::is_contained(type.getShape(), 0);
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

Value NodeImport::scalar(Type elementType, double value) const {
  return graph::createScalar(builder, loc, elementType, value);
}

Value NodeImport::scalar(Value like, double value) const {
  return scalar(elementType(like), value);
}

Value NodeImport::i64Vector(llvm::ArrayRef<int64_t> values) const {
  return graph::createI64Vector(builder, loc, values);
}

Value NodeImport::asI64(Value value) {
  if (!value || elementType(value).isSignlessInteger(64))
    return value;
  auto values = findConstantInts(value);
  if (values && findRank(value) == 1)
    return i64Vector(*values);
  return create<graph::CastOp>(value, builder.getI64Type());
}

Value NodeImport::shapeOf(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (type && type.hasStaticShape())
    return i64Vector(type.getShape());
  return create<graph::ShapeOp>(value, builder.getI64IntegerAttr(0),
                                /*end=*/IntegerAttr());
}

std::optional<llvm::SmallVector<int64_t>>
NodeImport::findConstantInts(Value value) {
  if (!value)
    return std::nullopt;
  FailureOr<llvm::SmallVector<int64_t>> ints = graph::getConstantInts(value);
  if (failed(ints))
    return std::nullopt;
  return *ints;
}

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

/// Refuses a result that no machine holds; later stages compute with its size.
static void checkSize(const NodeImport &node, Type type) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked || !ranked.hasStaticShape())
    return;
  const Limits &limits = node.context.limits();
  std::optional<int64_t> count = countElements(ranked.getShape());
  int64_t elementBytes = graph::getElementBytes(ranked.getElementType());
  if (!count || *count > limits.maxElements ||
      *count > limits.maxBytes / elementBytes)
    node.refuse("result of shape " + shapeText(ranked.getShape()) +
                " has too large a size");
  if (ranked.getRank() > limits.maxRank)
    node.refuseUnsupported("result has rank " + llvm::Twine(ranked.getRank()) +
                           ", more than the supported " +
                           llvm::Twine(limits.maxRank));
}

void NodeImport::inferTypes(Operation *op) const {
  bool hasError = false;
  llvm::SmallVector<Type> types;
  LogicalResult inferred = failure();
  {
    // An inference that fails without a word must not leave users without one.
    ScopedDiagnosticHandler handler(op->getContext(), [&](Diagnostic &message) {
      hasError |= message.getSeverity() == DiagnosticSeverity::Error;
      return failure();
    });
    inferred = cast<InferTypeOpInterface>(op).inferReturnTypes(
        op->getContext(), op->getLoc(), op->getOperands(),
        op->getAttrDictionary(), op->getPropertiesStorage(), op->getRegions(),
        types);
  }
  if (failed(inferred)) {
    if (!hasError)
      refuse("the operands do not fit together: no result shape follows");
    throw ImportFailure();
  }
  for (auto [result, type] : llvm::zip_equal(op->getResults(), types)) {
    checkSize(*this, type);
    result.setType(type);
  }
}

} // namespace atrous::onnx_frontend
