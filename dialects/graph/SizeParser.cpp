//===- SizeParser.cpp - The tree of a size's expression -------------------===//

#include "dialects/graph/SizeParser.h"

#include "dialects/graph/SizeExpr.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace atrous::graph;
using llvm::StringRef;

using OptNode = std::optional<SizeNode>;

/// Parentheses deeper than this are refused.
constexpr int kMaxDepth = 200;

static bool isNameStart(char c) { return llvm::isAlpha(c) || c == '_'; }
static bool isNamePart(char c) {
  return llvm::isAlnum(c) || c == '_' || c == '.';
}

std::string atrous::graph::getSizeName(StringRef name) {
  std::string result;
  if (name.empty() || !isNameStart(name.front()))
    result = "_";
  for (char c : name)
    result += isNamePart(c) ? c : '_';
  return result;
}

namespace {
class Parser {
public:
  explicit Parser(StringRef text) : rest(text) {}
  OptNode parseSum();
  bool isAtEnd() const { return rest.empty(); }

private:
  OptNode parseTerm();
  OptNode parseFactor();
  OptNode parseCall(StringRef function);
  bool parseFloat(float &value);

  StringRef rest;
  int depth = 0;
};
} // namespace

static OptNode makeBinary(SizeNode::Kind kind, OptNode lhs, OptNode rhs) {
  if (!lhs || !rhs)
    return std::nullopt;
  SizeNode node;
  node.kind = kind;
  node.operands = {std::move(*lhs), std::move(*rhs)};
  return node;
}

OptNode Parser::parseSum() {
  if (++depth > kMaxDepth)
    return std::nullopt;
  OptNode result;
  if (rest.consume_front("-"))
    result = makeBinary(SizeNode::sub, SizeNode(), parseTerm());
  else
    result = parseTerm();
  while (result) {
    if (rest.consume_front("+"))
      result = makeBinary(SizeNode::add, std::move(result), parseTerm());
    else if (rest.consume_front("-"))
      result = makeBinary(SizeNode::sub, std::move(result), parseTerm());
    else
      break;
  }
  --depth;
  return result;
}

OptNode Parser::parseTerm() {
  OptNode result = parseFactor();
  while (result && rest.consume_front("*"))
    result = makeBinary(SizeNode::mul, std::move(result), parseFactor());
  return result;
}

OptNode Parser::parseFactor() {
  if (rest.consume_front("(")) {
    OptNode result = parseSum();
    return rest.consume_front(")") ? result : std::nullopt;
  }
  SizeNode node;
  if (!rest.empty() && llvm::isDigit(rest.front()))
    return rest.consumeInteger(10, node.value) ? std::nullopt : OptNode(node);
  if (rest.empty() || !isNameStart(rest.front()))
    return std::nullopt;
  node.kind = SizeNode::name;
  node.text = rest.take_while(isNamePart);
  rest = rest.drop_front(node.text.size());
  return rest.consume_front("(") ? parseCall(node.text) : OptNode(node);
}

bool Parser::parseFloat(float &value) {
  StringRef text = rest.take_while(
      [](char c) { return llvm::isDigit(c) || StringRef("+-.e").contains(c); });
  rest = rest.drop_front(text.size());
  double number;
  bool fails = text.getAsDouble(number);
  value = static_cast<float>(number);
  return !fails;
}

OptNode Parser::parseCall(StringRef function) {
  auto kind = llvm::StringSwitch<std::optional<SizeNode::Kind>>(function)
                  .Case("div", SizeNode::div)
                  .Case("max", SizeNode::max)
                  .Case("bcast", SizeNode::bcast)
                  .Case("scale", SizeNode::scale)
                  .Default(std::nullopt);
  OptNode first = kind ? parseSum() : std::nullopt;
  if (!first || !rest.consume_front(","))
    return std::nullopt;
  OptNode result;
  if (*kind == SizeNode::scale) {
    result.emplace();
    result->kind = *kind;
    result->operands.push_back(std::move(*first));
    if (!parseFloat(result->factor))
      return std::nullopt;
  } else {
    result = makeBinary(*kind, std::move(first), parseSum());
  }
  return rest.consume_front(")") ? result : std::nullopt;
}

OptNode atrous::graph::parseSize(StringRef text) {
  Parser parser(text);
  OptNode result = parser.parseSum();
  return parser.isAtEnd() ? result : std::nullopt;
}
