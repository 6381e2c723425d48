//===- ElementTypes.cpp - ONNX data types and MLIR's ----------------------===//

#include "frontends/onnx/ElementTypes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace atrous::onnx_frontend {

using Proto = onnx::TensorProto;

Type getElementType(MLIRContext *context, int dataType) {
  auto integer = [&](unsigned width) {
    return IntegerType::get(context, width);
  };
  auto unsignedInteger = [&](unsigned width) {
    return IntegerType::get(context, width, IntegerType::Unsigned);
  };
  switch (dataType) {
  case Proto::BOOL:
    return integer(1);
  case Proto::INT8:
    return integer(8);
  case Proto::INT16:
    return integer(16);
  case Proto::INT32:
    return integer(32);
  case Proto::INT64:
    return integer(64);
  case Proto::UINT8:
    return unsignedInteger(8);
  case Proto::UINT16:
    return unsignedInteger(16);
  case Proto::UINT32:
    return unsignedInteger(32);
  case Proto::UINT64:
    return unsignedInteger(64);
  case Proto::FLOAT16:
    return Float16Type::get(context);
  case Proto::BFLOAT16:
    return BFloat16Type::get(context);
  case Proto::FLOAT:
    return Float32Type::get(context);
  case Proto::DOUBLE:
    return Float64Type::get(context);
  default:
    return Type();
  }
}

std::string getDataTypeName(int dataType) {
  if (!onnx::TensorProto_DataType_IsValid(dataType))
    return "unknown";
  auto value = static_cast<onnx::TensorProto_DataType>(dataType);
  return llvm::StringRef(onnx::TensorProto_DataType_Name(value)).lower();
}

std::string getSchemaTypeName(Type elementType) {
  if (elementType.isF32())
    return "tensor(float)";
  if (elementType.isF64())
    return "tensor(double)";
  if (elementType.isF16())
    return "tensor(float16)";
  if (elementType.isBF16())
    return "tensor(bfloat16)";
  if (elementType.isInteger(1))
    return "tensor(bool)";
  return (llvm::Twine("tensor(") +
          (elementType.isUnsignedInteger() ? "uint" : "int") +
          llvm::Twine(elementType.getIntOrFloatBitWidth()) + ")")
      .str();
}

} // namespace atrous::onnx_frontend
