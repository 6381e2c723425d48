//===- Scatter.td - Updates at indices that are data ----------*- tablegen -*-===//
def Graph_ScatterReduction : I64EnumAttr<"ScatterReduction", "how an update joins the element", [
    I64EnumAttrCase<"none", 0>, I64EnumAttrCase<"add", 1>, I64EnumAttrCase<"mul", 2>,
    I64EnumAttrCase<"min", 3>, I64EnumAttrCase<"max", 4>]> {
  let cppNamespace = "::atrous::graph";
  let genSpecializedAttr = 0;
}
def Graph_ScatterReductionAttr : EnumAttr<Graph_Dialect, Graph_ScatterReduction, "scatter_reduction">;
def Graph_ScatterElementsOp : Graph_UpdatingOp<"scatter_elements"> {
  let summary = "writes each update at its index along `axis`, at its own place elsewhere";
  let description = [{
    Updates are taken in row-major order; the last one of equal indices stays.
    https://onnx.ai/onnx/operators/onnx__ScatterElements.html

    With `by_slices`, which is not of ONNX, `indices` have size 1 in all dimensions but `axis`:
    each stands for a whole slice of `updates`.

    ```mlir
    %j = graph.expand %i, %s : (tensor<?x1xi64>, tensor<2xi64>) -> tensor<?x?xi64>
    %r = graph.scatter_elements none, %x, %j, %u {axis = 0} : ...
    // →
    %r = graph.scatter_elements none, %x, %i, %u {axis = 0, by_slices} : ...
    ```
  }];
  let arguments = (ins Graph_ScatterReductionAttr:$reduction, Graph_Tensor:$input, Graph_Tensor:$indices,
    Graph_Tensor:$updates, I64Attr:$axis, UnitAttr:$by_slices);
  let hasCanonicalizer = 1;
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$reduction `,` operands attr-dict `:` functional-type(operands, results)";
}
def Graph_ScatterNDOp : Graph_UpdatingOp<"scatter_nd"> {
  let summary = "writes slices at tuples of indices, the last dimension of `indices`";
  let description = "https://onnx.ai/onnx/operators/onnx__ScatterND.html";
  let arguments = (ins Graph_ScatterReductionAttr:$reduction, Graph_Tensor:$input, Graph_Tensor:$indices,
    Graph_Tensor:$updates);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$reduction `,` operands attr-dict `:` functional-type(operands, results)";
}
