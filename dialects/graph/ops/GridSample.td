//===- GridSample.td - Sampling at given places ---------------*- tablegen -*-===//
def Graph_GridSampleOp : Graph_TensorOp<"grid_sample"> {
  let summary = "samples the input at the places that a grid names";
  let description = [{
    `input` [N, C, spatial...], `grid` [N, out..., rank] with coordinates from -1 to 1, the last dimension's
    first; output [N, C, out...]. `mode` is nearest, linear or cubic, `padding_mode` zeros, border or
    reflection. With `align_corners`, -1 and 1 are the centres of the first and last elements, else their
    outer edges.
    https://onnx.ai/onnx/operators/onnx__GridSample.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$grid, StrAttr:$mode, StrAttr:$padding_mode,
    UnitAttr:$align_corners);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
def Graph_AffineGridOp : Graph_TensorOp<"affine_grid"> {
  let summary = "the grid that an affine map makes of the regular one";
  let description = [{
    `theta` [N, rank, rank + 1], `size` (rank-1 i64: N, C, spatial...), output [N, spatial..., rank] for
    graph.grid_sample.
    https://onnx.ai/onnx/operators/onnx__AffineGrid.html
  }];
  let arguments = (ins Graph_Tensor:$theta, Graph_Tensor:$size, UnitAttr:$align_corners);
  let results = (outs Graph_Tensor:$grid);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
