//===- BatchNorm.td - graph.batch_norm ------------------------*- tablegen -*-===//
def Graph_BatchNormOp : Graph_TensorOp<"batch_norm", [
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "(x - mean) / sqrt(variance + epsilon) * scale + bias, per channel";
  let description = [{
    Inference only. With constant parameters it is folded into the convolution
    that makes its input, else written as one multiply and one add.
    https://onnx.ai/onnx/operators/onnx__BatchNormalization.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$scale, Graph_Tensor:$bias,
    Graph_Tensor:$mean, Graph_Tensor:$variance, F64Attr:$epsilon);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasCanonicalizer = 1;
  let hasVerifier = 1;
}
