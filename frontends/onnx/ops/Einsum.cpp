//===- Einsum.cpp - Einsum ------------------------------------------------===//
//
// Operands are contracted from the left, two at a time: dimensions that both
// have and that are needed later are those of a batch, the others that both
// have are summed by a matrix product.
//
//===----------------------------------------------------------------------===//

#include "frontends/onnx/ops/EinsumEquation.h"
#include "frontends/onnx/ops/Positions.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;

namespace atrous::onnx_frontend {
namespace {

/// A tensor whose dimensions have names.
struct Term {
  Value value;
  Labels labels;

  bool has(Label label) const { return llvm::is_contained(labels, label); }
  int64_t find(Label label) const {
    return llvm::find(labels, label) - labels.begin();
  }
};

using IsNeeded = llvm::function_ref<bool(Label)>;

} // namespace

/// `sizes` (vectors of one element) as one vector: a constant where they are.
static Value createShape(NodeImport &node, llvm::ArrayRef<Value> sizes) {
  llvm::SmallVector<int64_t> constants;
  for (Value size : sizes)
    if (auto values = node.findConstantInts(size))
      constants.append(*values);
  if (constants.size() == sizes.size())
    return node.i64Vector(constants);
  return node.create<graph::ConcatOp>(sizes, 0);
}

/// The product of the sizes of some dimensions.
static Value createSizeOf(NodeImport &node, const Term &term,
                          llvm::ArrayRef<Label> labels) {
  int64_t known = 1;
  Value product;
  for (Label label : labels) {
    int64_t dim = term.find(label), size = node.dimOf(term.value, dim);
    if (ShapedType::isDynamic(size)) {
      Value next = createSize(node, term.value, dim);
      product = product ? node.create<graph::MulOp>(product, next) : next;
    } else if (__builtin_mul_overflow(known, size, &known)) {
      node.refuse("has a size that overflows 64 bits");
    }
  }
  Value constant = node.i64Vector(known);
  return product ? node.create<graph::MulOp>(product, constant) : constant;
}

static Value createReshape(NodeImport &node, Value x,
                           llvm::ArrayRef<Value> sizes) {
  return node.create<graph::ReshapeOp>(x, createShape(node, sizes),
                                       /*allowzero=*/true);
}

/// Indices along dimension `dim`, with as many dimensions as `x` has.
static Value createGrid(NodeImport &node, Value x, int64_t dim) {
  Value positions = createPositions(node, x, dim);
  auto ones = llvm::to_vector(llvm::seq<int64_t>(1, node.rankOf(x) - dim));
  return ones.empty() ? positions
                      : node.create<graph::UnsqueezeOp>(positions,
                                                        node.i64Vector(ones));
}

static void sumDimension(NodeImport &node, Term &term, int64_t dim) {
  term.value = node.create<graph::ReduceOp>(
      graph::ReduceKind::sum, term.value, node.i64Vector(dim),
      /*keepdims=*/false, /*noop_with_empty_axes=*/false);
  term.labels.erase(term.labels.begin() + dim);
}

/// Takes the diagonal of two dimensions with the same name: what is off it is
/// set to zero, then one of them is summed.
static void takeDiagonals(NodeImport &node, Term &term) {
  for (size_t j = 1; j < term.labels.size();) {
    int64_t i = term.find(term.labels[j]);
    if (i == int64_t(j)) {
      ++j;
      continue;
    }
    int64_t first = node.dimOf(term.value, i), second = node.dimOf(term.value, j);
    if (!ShapedType::isDynamic(first) && !ShapedType::isDynamic(second) &&
        first != second)
      node.refuse("equation takes the diagonal of sizes " +
                  llvm::Twine(first) + " and " + llvm::Twine(second));
    Value mask = node.create<graph::CompareOp>(
        graph::ComparePredicate::eq, createGrid(node, term.value, i),
        createGrid(node, term.value, j));
    term.value = node.create<graph::WhereOp>(mask, term.value,
                                             node.scalar(term.value, 0));
    sumDimension(node, term, j);
  }
}

static void sumUnneeded(NodeImport &node, Term &term, IsNeeded isNeeded) {
  for (int64_t dim = term.labels.size() - 1; dim >= 0; --dim)
    if (!isNeeded(term.labels[dim]))
      sumDimension(node, term, dim);
}

/// Brings the dimensions into the order of `labels`.
static void permute(NodeImport &node, Term &term,
                    llvm::ArrayRef<Label> labels) {
  if (llvm::equal(labels, term.labels))
    return;
  llvm::SmallVector<int64_t> order;
  for (Label label : labels)
    order.push_back(term.find(label));
  term.value = node.create<graph::TransposeOp>(
      term.value, node.builder.getDenseI64ArrayAttr(order));
  term.labels.assign(labels.begin(), labels.end());
}

static Labels concat(std::initializer_list<llvm::ArrayRef<Label>> parts) {
  Labels result;
  for (llvm::ArrayRef<Label> part : parts)
    result.append(part.begin(), part.end());
  return result;
}

/// `term` as [batch..., rows, columns], where the last two may stand for any
/// number of dimensions.
static Value createMatrix(NodeImport &node, Term term,
                          llvm::ArrayRef<Label> batch,
                          llvm::ArrayRef<Label> rows,
                          llvm::ArrayRef<Label> columns) {
  permute(node, term, concat({batch, rows, columns}));
  if (rows.size() == 1 && columns.size() == 1)
    return term.value;
  llvm::SmallVector<Value> sizes;
  for (Label label : batch)
    sizes.push_back(createSizeOf(node, term, label));
  sizes.push_back(createSizeOf(node, term, rows));
  sizes.push_back(createSizeOf(node, term, columns));
  return createReshape(node, term.value, sizes);
}

/// The product of two terms without dimensions to sum, by broadcasting.
static Value createOuterProduct(NodeImport &node, Term lhs, Term rhs,
                                llvm::ArrayRef<Label> batch,
                                llvm::ArrayRef<Label> rows,
                                llvm::ArrayRef<Label> columns) {
  permute(node, lhs, concat({batch, rows}));
  permute(node, rhs, concat({batch, columns}));
  int64_t begin = batch.size(), middle = begin + rows.size();
  auto insert = [&](Value value, int64_t from, int64_t to) -> Value {
    auto ones = llvm::to_vector(llvm::seq<int64_t>(from, to));
    return ones.empty() ? value
                        : node.create<graph::UnsqueezeOp>(
                              value, node.i64Vector(ones));
  };
  return node.create<graph::MulOp>(
      insert(lhs.value, middle, middle + int64_t(columns.size())),
      insert(rhs.value, begin, middle));
}

static Term contract(NodeImport &node, Term lhs, Term rhs, IsNeeded isNeeded) {
  sumUnneeded(node, lhs, [&](Label l) { return isNeeded(l) || rhs.has(l); });
  sumUnneeded(node, rhs, [&](Label l) { return isNeeded(l) || lhs.has(l); });
  Labels batch, rows, columns, summed;
  for (Label label : lhs.labels)
    (!rhs.has(label)    ? rows
     : isNeeded(label) ? batch
                       : summed)
        .push_back(label);
  for (Label label : rhs.labels)
    if (!lhs.has(label))
      columns.push_back(label);
  Labels labels = concat({batch, rows, columns});
  if (summed.empty())
    return {createOuterProduct(node, lhs, rhs, batch, rows, columns), labels};

  Value product = node.create<graph::MatMulOp>(
      createMatrix(node, lhs, batch, rows, summed),
      createMatrix(node, rhs, batch, summed, columns), /*bias=*/Value(),
      /*transpose_rhs=*/false);
  if (rows.size() == 1 && columns.size() == 1)
    return {product, labels};
  llvm::SmallVector<Value> sizes;
  for (size_t dim = 0; dim < batch.size(); ++dim)
    sizes.push_back(createSize(node, product, dim));
  for (Label label : rows)
    sizes.push_back(createSizeOf(node, lhs, label));
  for (Label label : columns)
    sizes.push_back(createSizeOf(node, rhs, label));
  return {createReshape(node, product, sizes), labels};
}

void importEinsum(NodeImport &node) {
  EinsumEquation equation = readEinsumEquation(node);
  Term result;
  for (auto [i, labels] : llvm::enumerate(equation.terms)) {
    Term term{node.operand(unsigned(i)), labels};
    takeDiagonals(node, term);
    auto rest = llvm::ArrayRef(equation.terms).drop_front(i + 1);
    auto isNeeded = [&](Label label) {
      return llvm::is_contained(equation.output, label) ||
             llvm::any_of(rest, [&](const Labels &later) {
               return llvm::is_contained(later, label);
             });
    };
    result = i == 0 ? term : contract(node, result, term, isNeeded);
  }
  sumUnneeded(node, result, [&](Label label) {
    return llvm::is_contained(equation.output, label);
  });
  permute(node, result, equation.output);
  node.yield(result.value);
}

} // namespace atrous::onnx_frontend
