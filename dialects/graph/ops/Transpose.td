//===- Transpose.td - graph.transpose -------------------------*- tablegen -*-===//
def Graph_TransposeOp : Graph_TensorOp<"transpose"> {
  let summary = "permutes dimensions: result dimension i is input dimension perm[i]; default: reversed";
  let arguments = (ins Graph_Tensor:$input, OptionalAttr<DenseI64ArrayAttr>:$perm);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}
