//===- Shape.td - Sizes as tensors ----------------------------*- tablegen -*-===//
def Graph_ShapeOp : Graph_TensorOp<"shape"> {
  let summary = "dimensions start..end of the input as rank-1 i64";
  let arguments = (ins Graph_Tensor:$input, DefaultValuedAttr<I64Attr, "0">:$start, OptionalAttr<I64Attr>:$end);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasFolder = 1;
  let extraClassDeclaration = baseDeclaration # [{
    /// The dimensions [first, last) that the op gives for an input of `rank`.
    std::pair<int64_t, int64_t> getPart(int64_t rank);
  }];
}
def Graph_SizeOp : Graph_TensorOp<"size"> {
  let summary = "number of elements as rank-0 i64";
  let arguments = (ins Graph_Tensor:$input);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasFolder = 1;
}
def Graph_SizeVectorOp : Graph_TensorOp<"size_vector"> {
  let summary = "sizes, given as expressions, as rank-1 i64";
  let description = [{
    Each element is the value of an expression of the names of dynamic dimensions
    (SizeExpr.h).

    ```mlir
    %shape = graph.size_vector ["N", "3", "2*H", "2*W"] -> tensor<4xi64>
    ```
  }];
  let arguments = (ins StrArrayAttr:$sizes);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$sizes attr-dict `->` type($output)";
  let hasFolder = 1;
  let hasVerifier = 1;
  let extraClassDeclaration = baseDeclaration # [{
    ::llvm::SmallVector<::atrous::graph::Dim, 6> getDims();
  }];
}
def Graph_SizeValueOp : Graph_Op<"size_value", [Pure]> {
  let summary = "a size, given as an expression, as an index";
  let description = [{
    What lowerings take dynamic sizes from; atrous-lower-graph replaces it by
    arithmetic on the sizes of the tensors that have the names in their types.
  }];
  let arguments = (ins StrAttr:$size);
  let results = (outs Index:$value);
  let assemblyFormat = "$size attr-dict";
  let extraClassDeclaration = "";
}
