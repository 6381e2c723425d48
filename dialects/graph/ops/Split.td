//===- Split.td - graph.split ---------------------------------*- tablegen -*-===//
def Graph_SplitOp : Graph_MovementOp<"split"> {
  let summary = "consecutive parts along `axis`, of `sizes` that are computed by the network";
  let description = [{
    The sizes must add up to the dimension. Parts of sizes known at import are graph.slice ops.
    https://onnx.ai/onnx/operators/onnx__Split.html
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$sizes, I64Attr:$axis, I64Attr:$count);
  let results = (outs Variadic<Graph_Tensor>:$outputs);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
