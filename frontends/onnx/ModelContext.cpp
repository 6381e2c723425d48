//===- ModelContext.cpp - What every step of an import knows --------------===//

#include "frontends/onnx/ModelContext.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace mlir;

namespace atrous::onnx_frontend {

void refuse(Location loc, const llvm::Twine &message) {
  emitError(loc, message);
  throw ImportFailure();
}

void refuseUnsupported(Location loc, const llvm::Twine &message) {
  emitError(loc, message);
  throw ImportFailure{Refusal::unsupported};
}

std::string escaped(llvm::StringRef text) {
  std::string result;
  const auto *at = reinterpret_cast<const llvm::UTF8 *>(text.begin());
  const auto *end = reinterpret_cast<const llvm::UTF8 *>(text.end());
  while (at != end) {
    unsigned length = llvm::getNumBytesForUTF8(*at);
    bool isControl = *at < 0x20 || *at == 0x7f;
    if (!isControl && length <= size_t(end - at) &&
        llvm::isLegalUTF8Sequence(at, at + length)) {
      result.append(at, at + length);
      at += length;
      continue;
    }
    result += "\\x" + llvm::utohexstr(*at++, /*LowerCase=*/true, /*Width=*/2);
  }
  return result;
}

std::string quoted(llvm::StringRef text) {
  constexpr size_t kReadable = 120;
  if (text.size() <= kReadable)
    return "'" + escaped(text) + "'";
  return "'" + escaped(text.take_front(kReadable)) + "...' (" +
         std::to_string(text.size()) + " characters)";
}

std::string shapeText(llvm::ArrayRef<int64_t> dims) {
  return dims.empty()
             ? "scalar"
             : llvm::join(llvm::map_range(dims,
                                          [](int64_t dim) {
                                            return ShapedType::isDynamic(dim)
                                                       ? std::string("?")
                                                       : std::to_string(dim);
                                          }),
                          "x");
}

std::string getNodeName(const onnx::NodeProto &node) {
  if (!node.name().empty())
    return escaped(node.name());
  for (const std::string &output : node.output())
    if (!output.empty())
      return escaped(output);
  return escaped(node.op_type());
}

Location ModelContext::getLocation() const { return UnknownLoc::get(context); }

static Location makeLocation(MLIRContext *context, llvm::StringRef name,
                             llvm::StringRef kind, int64_t opset) {
  auto child =
      NameLoc::get(StringAttr::get(context, kind + ":" + llvm::Twine(opset)));
  return NameLoc::get(StringAttr::get(context, name), child);
}

Location ModelContext::getLocation(llvm::StringRef kind,
                                   llvm::StringRef name) const {
  return makeLocation(context, escaped(name), kind, getOpset(""));
}

Location ModelContext::getLocation(const onnx::NodeProto &node) const {
  std::string kind = escaped(node.op_type());
  if (!node.domain().empty())
    kind = escaped(node.domain()) + "." + kind;
  return makeLocation(context, getNodeName(node), kind,
                      getOpset(node.domain()));
}

} // namespace atrous::onnx_frontend
