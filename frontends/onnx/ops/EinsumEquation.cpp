//===- EinsumEquation.cpp - "ij,jk->ik" -----------------------------------===//

#include "frontends/onnx/ops/EinsumEquation.h"
#include "onnx/onnx_pb.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace mlir;

namespace atrous::onnx_frontend {

static constexpr llvm::StringLiteral kEllipsis = "...";

/// The labels of a term; an ellipsis stands for `ellipsisRank` dimensions.
static Labels readTerm(NodeImport &node, llvm::StringRef term,
                       int64_t ellipsisRank) {
  Labels labels;
  bool hasEllipsis = false;
  while (!term.empty()) {
    if (term.consume_front(kEllipsis)) {
      if (hasEllipsis)
        node.refuse("equation has two ellipses in one term");
      hasEllipsis = true;
      for (int64_t i = ellipsisRank; i > 0; --i)
        labels.push_back(Label(-i));
      continue;
    }
    char letter = term.front();
    if (!llvm::isAlpha(letter))
      node.refuse("equation has the character " +
                  quoted(llvm::StringRef(&letter, 1)) +
                  ", expected letters, commas, '...' and '->'");
    labels.push_back(letter);
    term = term.drop_front();
  }
  return labels;
}

/// How many dimensions the ellipsis of an operand's term stands for.
static int64_t getEllipsisRank(NodeImport &node, llvm::StringRef term,
                               unsigned index) {
  int64_t rank = node.rankOf(node.operand(index));
  bool hasEllipsis = term.contains(kEllipsis);
  int64_t letters = int64_t(term.size()) - (hasEllipsis ? 3 : 0);
  if (rank < letters || (!hasEllipsis && rank != letters))
    node.refuse("equation has " + llvm::Twine(letters) +
                " dimensions for input " + llvm::Twine(index) + " of rank " +
                llvm::Twine(rank));
  return rank - letters;
}

/// Without "->": the ellipsis, and the letters that appear once, sorted.
static Labels getImplicitOutput(llvm::ArrayRef<Labels> terms,
                                int64_t ellipsisRank) {
  std::map<Label, unsigned> counts;
  for (const Labels &term : terms)
    for (Label label : term)
      ++counts[label];
  Labels output;
  for (int64_t i = ellipsisRank; i > 0; --i)
    output.push_back(Label(-i));
  for (auto [label, count] : counts)
    if (label > 0 && count == 1)
      output.push_back(label);
  return output;
}

EinsumEquation readEinsumEquation(NodeImport &node) {
  std::string text = node.findAttr("equation")->s();
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  auto [inputs, outputText] = llvm::StringRef(text).split("->");
  llvm::SmallVector<llvm::StringRef> terms;
  inputs.split(terms, ',');
  if (terms.size() != node.operands().size())
    node.refuse("equation has " + llvm::Twine(terms.size()) + " terms for " +
                llvm::Twine(node.operands().size()) + " inputs");

  EinsumEquation equation;
  int64_t ellipsisRank = 0;
  for (auto [i, term] : llvm::enumerate(terms)) {
    int64_t rank = getEllipsisRank(node, term, unsigned(i));
    ellipsisRank = std::max(ellipsisRank, rank);
    equation.terms.push_back(readTerm(node, term, rank));
  }
  if (inputs.size() == text.size()) {
    equation.output = getImplicitOutput(equation.terms, ellipsisRank);
    return equation;
  }
  equation.output = readTerm(node, outputText, ellipsisRank);
  for (auto [i, label] : llvm::enumerate(equation.output)) {
    bool isKnown = llvm::any_of(equation.terms, [label = label](auto &term) {
      return llvm::is_contained(term, label);
    });
    if (!isKnown || llvm::is_contained(
                        llvm::ArrayRef(equation.output).drop_front(i + 1),
                        label))
      node.refuse("equation has the output dimension " +
                  quoted(std::string(1, char(label))) +
                  (isKnown ? " twice" : ", which no input has"));
  }
  return equation;
}

} // namespace atrous::onnx_frontend
