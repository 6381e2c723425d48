//===- NonMaxSuppression.td - graph.non_max_suppression -------*- tablegen -*-===//
def Graph_NonMaxSuppressionOp : Graph_RuntimeOp<"non_max_suppression", [AttrSizedOperandSegments]> {
  let summary = "boxes that overlap no better one of their class: [n, 3] i64 of batch, class, box";
  let description = [{
    `boxes` [N, B, 4] as two corners (y, x, y, x) in any order, or, with `center_point_box`, (x, y, width,
    height); `scores` [N, C, B]. Suppressed is what overlaps by more than the threshold. At most
    `max_output_boxes_per_class` of each class and batch; absent: none.
    https://onnx.ai/onnx/operators/onnx__NonMaxSuppression.html
  }];
  let arguments = (ins Graph_Tensor:$boxes, Graph_Tensor:$scores,
    Optional<Graph_Tensor>:$max_output_boxes_per_class, Optional<Graph_Tensor>:$iou_threshold,
    Optional<Graph_Tensor>:$score_threshold, UnitAttr:$center_point_box);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = [{
    $boxes `,` $scores (`max` $max_output_boxes_per_class^ `:` type($max_output_boxes_per_class))?
    (`iou` $iou_threshold^ `:` type($iou_threshold))? (`score` $score_threshold^ `:` type($score_threshold))?
    attr-dict `:` type($boxes) `,` type($scores) `->` type($output)
  }];
}
