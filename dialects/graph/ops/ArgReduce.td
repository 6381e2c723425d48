//===- ArgReduce.td - graph.arg_reduce ------------------------*- tablegen -*-===//
def Graph_ArgReduceOp : Graph_TensorOp<"arg_reduce"> {
  let summary = "index (i64) of the largest or smallest element along one dimension";
  let arguments = (ins Graph_Tensor:$input, I64Attr:$axis, UnitAttr:$minimum, UnitAttr:$keepdims,
    UnitAttr:$select_last_index);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
}
