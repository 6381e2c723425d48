//===- Reshape.td - Same elements, other shape ----------------*- tablegen -*-===//
def Graph_ReshapeOp : Graph_ViewOp<"reshape"> {
  let summary = "same elements in row-major order under another shape";
  let description = [{
    `shape` is rank-1 i64; one entry may be -1 (what is left); 0 copies the input's dimension unless `allowzero`.
    https://onnx.ai/onnx/operators/onnx__Reshape.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$shape, UnitAttr:$allowzero);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input `,` $shape attr-dict `:` type($input) `,` type($shape) `->` type($output)";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}
def Graph_FlattenOp : Graph_ViewOp<"flatten"> {
  let summary = "[product of dimensions before axis, product of the rest]";
  let arguments = (ins Graph_Tensor:$input, I64Attr:$axis);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasCanonicalizer = 1;
}
def Graph_SqueezeOp : Graph_ViewOp<"squeeze"> {
  let summary = "removes dimensions of size 1: those in `axes`, or all";
  let arguments = (ins Graph_Tensor:$input, Optional<Graph_Tensor>:$axes);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasCanonicalizer = 1;
}
def Graph_UnsqueezeOp : Graph_ViewOp<"unsqueeze"> {
  let summary = "inserts dimensions of size 1 at `axes` of the result";
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$axes);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasCanonicalizer = 1;
}
