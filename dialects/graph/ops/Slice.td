//===- Slice.td - graph.slice ---------------------------------*- tablegen -*-===//
def Graph_SliceOp : Graph_MovementOp<"slice", [AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "strided part of a tensor";
  let description = [{
    `starts`, `ends` and the optional `axes` and `steps` are rank-1 i64 of equal length, clamped as in NumPy.
    https://onnx.ai/onnx/operators/onnx__Slice.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$starts, Graph_Tensor:$ends,
    Optional<Graph_Tensor>:$axes, Optional<Graph_Tensor>:$steps);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = [{
    $input `[` $starts `:` $ends `]` (`axes` $axes^ `:` type($axes))? (`steps` $steps^ `:` type($steps))?
    attr-dict `:` type($input) `,` type($starts) `,` type($ends) `->` type($output)
  }];
}
