//===- Pad.td - graph.pad -------------------------------------*- tablegen -*-===//
def Graph_PadOp : Graph_MovementOp<"pad", [AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "padding (or cropping, where negative) of each dimension";
  let description = [{
    `pads` (rank-1 i64): all begins, then all ends, of the dimensions in `axes` (optional, default all).
    `mode`: constant (`value`, default 0), reflect, edge or wrap.
    https://onnx.ai/onnx/operators/onnx__Pad.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$pads, Optional<Graph_Tensor>:$value,
    Optional<Graph_Tensor>:$axes, StrAttr:$mode);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = [{
    $input `,` $pads (`value` $value^ `:` type($value))? (`axes` $axes^ `:` type($axes))?
    attr-dict `:` type($input) `,` type($pads) `->` type($output)
  }];
  let hasVerifier = 1;
}
