//===- Pool.td - Sliding-window pooling -----------------------*- tablegen -*-===//
def Graph_MaxPoolOp : Graph_TensorOp<"max_pool", [
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "maximum of a window, optionally with its index";
  let description = [{
    `input` [N, C, spatial...]. `indices` (i64), when wanted, counts in the flattened
    input, row major, or column major within the spatial dimensions for
    `storage_order` = 1. Padding never wins. With `ceil_mode` the last window may start inside the
    input and run past the end padding.
    https://onnx.ai/onnx/operators/onnx__MaxPool.html
  }];
  let arguments = (ins Graph_Tensor:$input, DenseI64ArrayAttr:$kernel_shape,
    DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads,
    UnitAttr:$ceil_mode, DefaultValuedAttr<I64Attr, "0">:$storage_order, UnitAttr:$with_indices);
  let results = (outs Graph_Tensor:$output, Optional<Graph_Tensor>:$indices);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
def Graph_AveragePoolOp : Graph_TensorOp<"average_pool", [
    DeclareOpInterfaceMethods<BlockedLayoutOpInterface, ["getBlockedOperandLayouts"]>]> {
  let summary = "mean of a window";
  let description = [{
    `input` [N, C, spatial...]. Without `count_include_pad` the divisor is the number of window
    elements that lie inside the input.
    https://onnx.ai/onnx/operators/onnx__AveragePool.html
  }];
  let arguments = (ins Graph_Tensor:$input, DenseI64ArrayAttr:$kernel_shape,
    DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads,
    UnitAttr:$ceil_mode, UnitAttr:$count_include_pad);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
def Graph_LpPoolOp : Graph_TensorOp<"lp_pool"> {
  let summary = "p-norm of a window";
  let description = [{
    `input` [N, C, spatial...]. Padding adds nothing.
    https://onnx.ai/onnx/operators/onnx__LpPool.html
  }];
  let arguments = (ins Graph_Tensor:$input, DenseI64ArrayAttr:$kernel_shape,
    DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$pads,
    UnitAttr:$ceil_mode, I64Attr:$p);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
