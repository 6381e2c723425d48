//===- SizeExpr.cpp - Sizes as expressions of named sizes -----------------===//

#include "dialects/graph/SizeExpr.h"

#include "dialects/graph/SizeParser.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace atrous::graph;
using llvm::StringRef;

using OptSize = std::optional<SizeExpr>;

//===----------------------------------------------------------------------===//
// Polynomials
//===----------------------------------------------------------------------===//

SizeExpr::SizeExpr(int64_t number) { addTerm({}, number); }

void SizeExpr::addTerm(const Monomial &monomial, int64_t coefficient) {
  if (coefficient != 0)
    terms[monomial] = coefficient;
  else
    terms.erase(monomial);
}

SizeExpr SizeExpr::fromFactor(std::string factor) {
  SizeExpr result(0);
  result.addTerm({std::move(factor)}, 1);
  return result;
}

std::optional<int64_t> SizeExpr::getNumber() const {
  if (terms.empty())
    return 0;
  if (terms.size() > 1 || !terms.begin()->first.empty())
    return std::nullopt;
  return terms.begin()->second;
}

bool SizeExpr::isName() const {
  return terms.size() == 1 && terms.begin()->second == 1 &&
         terms.begin()->first.size() == 1 &&
         !StringRef(terms.begin()->first.front()).contains('(');
}

OptSize SizeExpr::add(const SizeExpr &a, const SizeExpr &b) {
  SizeExpr result = a;
  for (const auto &[monomial, coefficient] : b.terms) {
    auto it = result.terms.find(monomial);
    int64_t old = it == result.terms.end() ? 0 : it->second;
    std::optional<int64_t> sum = llvm::checkedAdd(old, coefficient);
    if (!sum)
      return std::nullopt;
    result.addTerm(monomial, *sum);
  }
  return result;
}

OptSize SizeExpr::mul(const SizeExpr &a, const SizeExpr &b) {
  OptSize result = SizeExpr(0);
  for (const auto &[left, x] : a.terms)
    for (const auto &[right, y] : b.terms) {
      std::optional<int64_t> product = llvm::checkedMul(x, y);
      if (!product)
        return std::nullopt;
      Monomial factors(left);
      factors.insert(factors.end(), right.begin(), right.end());
      llvm::sort(factors);
      SizeExpr term(0);
      term.addTerm(factors, *product);
      result = add(*result, term);
      if (!result)
        return std::nullopt;
    }
  return result;
}

OptSize SizeExpr::sub(const SizeExpr &a, const SizeExpr &b) {
  OptSize negative = mul(b, SizeExpr(-1));
  return negative ? add(a, *negative) : std::nullopt;
}

/// The quotient where every term of this is a multiple of the divisor's only
/// one.
OptSize SizeExpr::divideExactly(const SizeExpr &divisor) const {
  if (divisor.terms.size() != 1)
    return std::nullopt;
  const auto &[factors, by] = *divisor.terms.begin();
  SizeExpr result(0);
  for (const auto &[monomial, coefficient] : terms) {
    if (coefficient % by != 0 ||
        !std::includes(monomial.begin(), monomial.end(), factors.begin(),
                       factors.end()))
      return std::nullopt;
    Monomial rest;
    std::set_difference(monomial.begin(), monomial.end(), factors.begin(),
                        factors.end(), std::back_inserter(rest));
    result.addTerm(rest, coefficient / by);
  }
  return result;
}

OptSize SizeExpr::div(const SizeExpr &a, const SizeExpr &b) {
  std::optional<int64_t> x = a.getNumber(), y = b.getNumber();
  if (y && *y < 1)
    return std::nullopt;
  if (x && y)
    return SizeExpr(llvm::divideFloorSigned(*x, *y));
  if (OptSize quotient = a.divideExactly(b))
    return quotient;
  if (y) {
    // Whole divisors move out: div(2*H + W + 5, 2) is H + 2 + div(W + 1, 2).
    SizeExpr whole(0), rest(0);
    for (const auto &[monomial, coefficient] : a.terms) {
      int64_t quotient = llvm::divideFloorSigned(coefficient, *y);
      if (monomial.empty() || coefficient % *y == 0) {
        whole.addTerm(monomial, quotient);
        rest.addTerm(monomial, coefficient - quotient * *y);
      } else {
        rest.addTerm(monomial, coefficient);
      }
    }
    if (!whole.terms.empty()) {
      OptSize quotient = div(rest, b);
      return quotient ? add(whole, *quotient) : std::nullopt;
    }
  }
  return fromFactor("div(" + a.str() + "," + b.str() + ")");
}

OptSize SizeExpr::max(const SizeExpr &a, const SizeExpr &b) {
  std::optional<int64_t> x = a.getNumber(), y = b.getNumber();
  if (x && y)
    return SizeExpr(std::max(*x, *y));
  std::string left = a.str(), right = b.str();
  if (left == right)
    return a;
  return fromFactor("max(" + std::min(left, right) + "," +
                    std::max(left, right) + ")");
}

OptSize SizeExpr::broadcast(const SizeExpr &a, const SizeExpr &b) {
  std::string left = a.str(), right = b.str();
  if (left == right || right == "1")
    return a;
  if (left == "1")
    return b;
  return fromFactor("bcast(" + std::min(left, right) + "," +
                    std::max(left, right) + ")");
}

OptSize SizeExpr::scale(const SizeExpr &a, float factor) {
  if (!(factor > 0) || factor > 1e6f)
    return std::nullopt;
  if (std::optional<int64_t> number = a.getNumber())
    return SizeExpr(static_cast<int64_t>(static_cast<float>(*number) * factor));
  if (factor == static_cast<int64_t>(factor))
    return mul(a, SizeExpr(static_cast<int64_t>(factor)));
  // A power of two divides exactly.
  float inverse = 1 / factor;
  if (inverse == static_cast<int64_t>(inverse) &&
      llvm::isPowerOf2_64(static_cast<int64_t>(inverse)))
    return div(a, SizeExpr(static_cast<int64_t>(inverse)));
  std::string text;
  llvm::raw_string_ostream(text)
      << "scale(" << a.str() << "," << llvm::format("%.9g", factor) << ")";
  return fromFactor(text);
}

std::string SizeExpr::str() const {
  if (terms.empty())
    return "0";
  std::string text;
  // Constants last, as one writes them.
  auto print = [&](const Monomial &monomial, int64_t coefficient) {
    if (coefficient >= 0 && !text.empty())
      text += "+";
    if (monomial.empty())
      text += std::to_string(coefficient);
    else if (coefficient == -1)
      text += "-";
    else if (coefficient != 1)
      text += std::to_string(coefficient) + "*";
    text += llvm::join(monomial, "*");
  };
  for (const auto &[monomial, coefficient] : terms)
    if (!monomial.empty())
      print(monomial, coefficient);
  if (auto it = terms.find({}); it != terms.end())
    print(it->first, it->second);
  return text;
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static OptSize fromBinary(const SizeNode &node, const SizeExpr &a,
                          const SizeExpr &b) {
  switch (node.kind) {
  case SizeNode::add:
    return SizeExpr::add(a, b);
  case SizeNode::sub:
    return SizeExpr::sub(a, b);
  case SizeNode::mul:
    return SizeExpr::mul(a, b);
  case SizeNode::div:
    return SizeExpr::div(a, b);
  case SizeNode::max:
    return SizeExpr::max(a, b);
  default:
    return SizeExpr::broadcast(a, b);
  }
}

OptSize SizeExpr::fromNode(const SizeNode &node) {
  if (node.kind == SizeNode::number)
    return SizeExpr(node.value);
  if (node.kind == SizeNode::name)
    return fromFactor(node.text.str());
  OptSize first = fromNode(node.operands[0]);
  if (!first)
    return std::nullopt;
  if (node.kind == SizeNode::scale)
    return scale(*first, node.factor);
  OptSize second = fromNode(node.operands[1]);
  return second ? fromBinary(node, *first, *second) : std::nullopt;
}

OptSize SizeExpr::parse(StringRef text) {
  std::optional<SizeNode> node = parseSize(text);
  return node ? fromNode(*node) : std::nullopt;
}

static void visitNames(const SizeNode &node,
                       llvm::function_ref<void(StringRef)> visit) {
  if (node.kind == SizeNode::name)
    visit(node.text);
  for (const SizeNode &operand : node.operands)
    visitNames(operand, visit);
}

void SizeExpr::forEachName(llvm::function_ref<void(StringRef)> visit) const {
  std::string text = str();
  if (std::optional<SizeNode> node = parseSize(text))
    visitNames(*node, visit);
}

//===----------------------------------------------------------------------===//
// Computing
//===----------------------------------------------------------------------===//

using GetName = llvm::function_ref<Value(StringRef)>;

static Value emitNode(OpBuilder &b, Location loc, const SizeNode &node,
                      GetName getName) {
  if (node.kind == SizeNode::number)
    return b.create<arith::ConstantIndexOp>(loc, node.value);
  if (node.kind == SizeNode::name)
    return getName(node.text);
  SmallVector<Value, 2> values;
  for (const SizeNode &operand : node.operands) {
    values.push_back(emitNode(b, loc, operand, getName));
    if (!values.back())
      return {};
  }
  switch (node.kind) {
  case SizeNode::add:
    return b.createOrFold<arith::AddIOp>(loc, values[0], values[1]);
  case SizeNode::sub:
    return b.createOrFold<arith::SubIOp>(loc, values[0], values[1]);
  case SizeNode::mul:
    return b.createOrFold<arith::MulIOp>(loc, values[0], values[1]);
  case SizeNode::div:
    return b.createOrFold<arith::FloorDivSIOp>(loc, values[0], values[1]);
  case SizeNode::max:
    return b.createOrFold<arith::MaxSIOp>(loc, values[0], values[1]);
  case SizeNode::bcast: {
    Value one = b.create<arith::ConstantIndexOp>(loc, 1);
    Value isOne = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq,
                                          values[0], one);
    return b.create<arith::SelectOp>(loc, isOne, values[1], values[0]);
  }
  default: {
    // The runtimes multiply in float32, and so must this.
    Type f32 = b.getF32Type(), i64 = b.getI64Type();
    Value size = b.create<arith::IndexCastOp>(loc, i64, values[0]);
    Value scaled = b.create<arith::MulFOp>(
        loc, b.create<arith::SIToFPOp>(loc, f32, size),
        b.create<arith::ConstantOp>(loc, b.getF32FloatAttr(node.factor)));
    return b.create<arith::IndexCastOp>(
        loc, b.getIndexType(), b.create<arith::FPToSIOp>(loc, i64, scaled));
  }
  }
}

Value SizeExpr::emit(OpBuilder &builder, Location loc, GetName getName) const {
  std::string text = str();
  return emitNode(builder, loc, *parseSize(text), getName);
}
