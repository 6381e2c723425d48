//===- MaxRoiPool.td - graph.max_roi_pool ---------------------*- tablegen -*-===//
def Graph_MaxRoiPoolOp : Graph_RuntimeOp<"max_roi_pool"> {
  let summary = "maximum over a grid of bins of each region of interest";
  let description = [{
    `input` [N, C, H, W], `rois` [R, 5] as (batch index, x1, y1, x2, y2) in input image pixels, scaled by
    `spatial_scale`; output [R, C, pooled...]. A batch index out of range is a run-time error naming the node.
    https://onnx.ai/onnx/operators/onnx__MaxRoiPool.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$rois,
    DenseI64ArrayAttr:$pooled_shape, F64Attr:$spatial_scale);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
