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
  let extraClassDeclaration = baseDeclaration # [{
    /// What is read along a dimension: begin, begin + step, ...
    struct Span {
      int64_t begin = 0, length = 0, step = 1;
    };
    /// The span along `axis` of an input of rank `rank` and this size; nothing
    /// where the parameters are not constant.
    std::optional<Span> getSpan(int64_t axis, int64_t rank, int64_t size);
  }];
}
