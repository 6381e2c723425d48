//===- SizeExpr.h - Sizes as expressions of named sizes ---------*- C++ -*-===//
//
// The symbol of a dynamic dimension is an expression of names, so that two
// sizes are known to be equal, and can be computed, from their types alone:
//
//   sum    = term {("+" | "-") term}
//   term   = factor {"*" factor}
//   factor = integer | name | "(" sum ")" | function "(" argument, ... ")"
//
//   div(a, b)    a / b, rounded down; b is positive
//   max(a, b)    the larger one
//   bcast(a, b)  what two sizes broadcast to: b where a is 1, else a
//   scale(a, f)  a * f in float32, rounded down; f is a decimal number
//
// A name starts with a letter or "_", and holds letters, digits, "_", ".".
// The text of an expression is canonical: a polynomial in names and functions.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_GRAPH_SIZEEXPR_H
#define ATROUS_DIALECTS_GRAPH_SIZEEXPR_H

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace atrous::graph {

struct SizeNode;

class SizeExpr {
public:
  SizeExpr(int64_t number);
  /// Nothing where `text` is no expression.
  static std::optional<SizeExpr> parse(llvm::StringRef text);

  /// The number, if the expression is one.
  std::optional<int64_t> getNumber() const;
  /// Whether the expression is a name and nothing else.
  bool isName() const;
  std::string str() const;

  /// Nothing where a coefficient overflows.
  static std::optional<SizeExpr> add(const SizeExpr &a, const SizeExpr &b);
  static std::optional<SizeExpr> mul(const SizeExpr &a, const SizeExpr &b);
  static std::optional<SizeExpr> sub(const SizeExpr &a, const SizeExpr &b);
  /// div(a, b); b is no number below 1.
  static std::optional<SizeExpr> div(const SizeExpr &a, const SizeExpr &b);
  static std::optional<SizeExpr> max(const SizeExpr &a, const SizeExpr &b);
  static std::optional<SizeExpr> broadcast(const SizeExpr &a,
                                           const SizeExpr &b);
  static std::optional<SizeExpr> scale(const SizeExpr &a, float factor);

  /// The value as an index; `getName` gives those of names (null: unknown,
  /// then the result is null).
  mlir::Value
  emit(mlir::OpBuilder &builder, mlir::Location loc,
       llvm::function_ref<mlir::Value(llvm::StringRef)> getName) const;

  /// Calls `visit` for each name in the expression.
  void forEachName(llvm::function_ref<void(llvm::StringRef)> visit) const;

private:
  /// Names and calls of functions, sorted; a factor may repeat.
  using Monomial = std::vector<std::string>;
  static SizeExpr fromFactor(std::string factor);
  static std::optional<SizeExpr> fromNode(const SizeNode &node);
  void addTerm(const Monomial &monomial, int64_t coefficient);
  std::optional<SizeExpr> divideExactly(const SizeExpr &divisor) const;

  /// Coefficients, none of them 0.
  std::map<Monomial, int64_t> terms;
};

/// `name` with characters that a name must not have replaced by "_".
std::string getSizeName(llvm::StringRef name);

} // namespace atrous::graph

#endif // ATROUS_DIALECTS_GRAPH_SIZEEXPR_H
