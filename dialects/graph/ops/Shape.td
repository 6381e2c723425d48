//===- Shape.td - Sizes as tensors ----------------------------*- tablegen -*-===//
def Graph_ShapeOp : Graph_MovementOp<"shape"> {
  let summary = "dimensions start..end of the input as rank-1 i64";
  let arguments = (ins Graph_Tensor:$input, DefaultValuedAttr<I64Attr, "0">:$start, OptionalAttr<I64Attr>:$end);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasFolder = 1;
}
def Graph_SizeOp : Graph_MovementOp<"size"> {
  let summary = "number of elements as rank-0 i64";
  let arguments = (ins Graph_Tensor:$input);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasFolder = 1;
}
