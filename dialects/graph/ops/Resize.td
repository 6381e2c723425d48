//===- Resize.td - graph.resize -------------------------------*- tablegen -*-===//
def Graph_ResizeOp : Graph_TensorOp<"resize", [AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "resampling by nearest, linear or cubic interpolation";
  let description = [{
    `scales` (rank-1 f32) or `sizes` (rank-1 i64) have one entry per dimension, or per entry of `axes`.
    Where scales are not constant, sizes must be there, too, and say how large the output is. The string
    attributes take ONNX's values.
    https://onnx.ai/onnx/operators/onnx__Resize.html
  }];
  let arguments = (ins Graph_Tensor:$input, Optional<Graph_Tensor>:$roi, Optional<Graph_Tensor>:$scales,
    Optional<Graph_Tensor>:$sizes, StrAttr:$mode, StrAttr:$coordinate_transformation_mode,
    StrAttr:$nearest_mode, DefaultValuedAttr<F64Attr, "-0.75">:$cubic_coeff_a,
    UnitAttr:$exclude_outside, DefaultValuedAttr<F64Attr, "0.0">:$extrapolation_value,
    UnitAttr:$antialias, OptionalAttr<DenseI64ArrayAttr>:$axes,
    DefaultValuedStrAttr<StrAttr, "stretch">:$keep_aspect_ratio_policy);
  let results = (outs Graph_Tensor:$output);
  // AttrSizedOperandSegments: three optional operands.
  let assemblyFormat = [{
    $input (`roi` $roi^ `:` type($roi))? (`scales` $scales^ `:` type($scales))? (`sizes` $sizes^ `:` type($sizes))?
    attr-dict `:` type($input) `->` type($output)
  }];
  let hasVerifier = 1;
}
