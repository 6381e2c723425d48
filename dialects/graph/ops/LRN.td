//===- LRN.td - graph.lrn -------------------------------------*- tablegen -*-===//
def Graph_LRNOp : Graph_TensorOp<"lrn"> {
  let summary = "local response normalisation across channels";
  let description = [{
    x / (k + alpha / size * sum of squares over `size` neighbouring channels) ^ beta.
    https://onnx.ai/onnx/operators/onnx__LRN.html
  }];
  let arguments = (ins Graph_Tensor:$input, I64Attr:$size, F64Attr:$alpha, F64Attr:$beta, F64Attr:$k);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasVerifier = 1;
}
