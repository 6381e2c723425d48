//===- DepthToSpace.td - Channels to pixels and back ----------*- tablegen -*-===//
def Graph_DepthToSpaceOp : Graph_TensorOp<"depth_to_space"> {
  let summary = "[N, C*b*b, H, W] -> [N, C, H*b, W*b]; `mode` is DCR or CRD";
  let description = "https://onnx.ai/onnx/operators/onnx__DepthToSpace.html";
  let arguments = (ins Graph_Tensor:$input, I64Attr:$blocksize, StrAttr:$mode);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasVerifier = 1;
}
def Graph_SpaceToDepthOp : Graph_TensorOp<"space_to_depth"> {
  let summary = "[N, C, H*b, W*b] -> [N, C*b*b, H, W]; `mode` is DCR or CRD";
  let description = "https://onnx.ai/onnx/operators/onnx__SpaceToDepth.html";
  let arguments = (ins Graph_Tensor:$input, I64Attr:$blocksize, DefaultValuedStrAttr<StrAttr, "DCR">:$mode);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasVerifier = 1;
}
