//===- Constant.cpp - Constant
//---------------------------------------------===//

#include "frontends/onnx/NodeImport.h"
#include "frontends/onnx/Weights.h"
#include "onnx/onnx_pb.h"

using namespace mlir;

namespace atrous::onnx_frontend {

static Value createFloats(NodeImport &node, llvm::ArrayRef<float> values,
                          llvm::ArrayRef<int64_t> dims) {
  return graph::createConstant(
      node.builder, node.loc,
      RankedTensorType::get(dims, node.builder.getF32Type()),
      {reinterpret_cast<const char *>(values.data()),
       values.size() * sizeof(float)});
}

static Value createInts(NodeImport &node, llvm::ArrayRef<int64_t> values,
                        llvm::ArrayRef<int64_t> dims) {
  return graph::createConstant(
      node.builder, node.loc,
      RankedTensorType::get(dims, node.builder.getI64Type()),
      {reinterpret_cast<const char *>(values.data()),
       values.size() * sizeof(int64_t)});
}

// Exactly one of the value attributes is given.
void importConstant(NodeImport &node) {
  if (node.node.attribute_size() != 1)
    node.refuse("has " + llvm::Twine(node.node.attribute_size()) +
                " attributes, expected one value");
  const onnx::AttributeProto &value = node.node.attribute(0);
  llvm::StringRef name = value.name();
  if (name == "value") {
    node.yield(createConstant(node.context, node.builder, node.loc, value.t()));
  } else if (name == "sparse_value") {
    node.yield(createConstant(node.context, node.builder, node.loc,
                              value.sparse_tensor()));
  } else if (name == "value_float") {
    node.yield(createFloats(node, value.f(), {}));
  } else if (name == "value_int") {
    node.yield(createInts(node, value.i(), {}));
  } else if (name == "value_floats") {
    llvm::ArrayRef<float> values(value.floats().data(), value.floats_size());
    node.yield(createFloats(node, values, int64_t(values.size())));
  } else if (name == "value_ints") {
    llvm::SmallVector<int64_t> values = node.getInts(name);
    node.yield(createInts(node, values, int64_t(values.size())));
  } else {
    node.refuseUnsupported("attribute " + name + " is not supported");
  }
}

} // namespace atrous::onnx_frontend
