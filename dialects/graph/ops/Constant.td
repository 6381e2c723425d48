//===- Constant.td - graph.constant ---------------------------*- tablegen -*-===//
def Graph_ConstantOp : Graph_Op<"constant", [Pure, ConstantLike]> {
  let summary = "a tensor known at compile time";
  let description = [{
    Small values are `dense<>` attributes; weights are `dense_resource<>`, which
    neither hash nor print their bytes. `value` has the physical type of the
    result (see graph.reorder). Create constants through Constants.h.
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs AnyRankedTensor:$output);
  let assemblyFormat = "$value attr-dict `:` type($output)";
  let hasFolder = 1;
  let hasVerifier = 1;
}
