//===- RoiAlign.td - graph.roi_align --------------------------*- tablegen -*-===//
def Graph_RoiAlignOp : Graph_RuntimeOp<"roi_align", [
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts", "getBlockedResultLayout"]>]> {
  let summary = "bilinear samples of regions of interest, pooled";
  let description = [{
    `input` [N, C, H, W], `rois` [R, 4] as x1, y1, x2, y2, `batch_indices` [R] i64; output
    [R, C, output_height, output_width]. `sampling_ratio` samples per bin and axis; 0: as many as the bin has pixels.
    https://onnx.ai/onnx/operators/onnx__RoiAlign.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$rois, Graph_Tensor:$batch_indices,
    UnitAttr:$max, UnitAttr:$half_pixel, I64Attr:$output_height, I64Attr:$output_width,
    I64Attr:$sampling_ratio, F64Attr:$spatial_scale);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
