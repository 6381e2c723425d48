//===- Control.td - Between tensors and control flow ----------*- tablegen -*-===//
//
// ONNX's If, Loop and Scan are scf.if and scf.while on tensors. These ops are
// what goes in and out of them.
//
//===----------------------------------------------------------------------===//
/// An element outside of a tensor: a boolean is i1, an integer signless.
def Graph_Scalar : AnyTypeOf<[AnySignlessInteger, AnyFloat]>;

def Graph_ItemOp : Graph_Op<"item", [Pure]> {
  let summary = "the only element of a tensor, as a scalar";
  let description = [{
    Booleans come as i1, integers signless. More or fewer elements are an error when run.
  }];
  let arguments = (ins Graph_Tensor:$input);
  let results = (outs Graph_Scalar:$value);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($value)";
  let extraClassDeclaration = "";
}
def Graph_FromItemOp : Graph_TensorOp<"from_item"> {
  let summary = "a scalar as a tensor of rank 0";
  let arguments = (ins Graph_Scalar:$value);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$value attr-dict `:` type($value) `->` type($output)";
}
def Graph_RetypeOp : Graph_Op<"retype", [Pure]> {
  let summary = "the same tensor, of which more or less is known";
  let description = [{
    Where values of different shapes meet (branches, iterations), their type says
    only what they have in common.
  }];
  let arguments = (ins Graph_Tensor:$input);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($output)";
  let hasFolder = 1;
  let extraClassDeclaration = "";
}
def Graph_CheckOp : Graph_Op<"check", [MemoryEffects<[MemWrite]>]> {
  let summary = "ends the run with an error where a condition does not hold";
  let arguments = (ins I1:$condition, StrAttr:$message);
  let assemblyFormat = "$condition `,` $message attr-dict";
  let extraClassDeclaration = "";
}
def Graph_EmptyScanOp : Graph_Op<"empty_scan", [Pure]> {
  let summary = "what stands for a tensor that there is not yet";
  let description = [{
    A loop's collected output before the first iteration, an empty sequence, the
    value of an empty optional. No elements; its type follows from what it is merged
    with. Sizes that are not known at compile time are 0.
  }];
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "attr-dict `:` type($output)";
  let extraClassDeclaration = "";
}
def Graph_AppendOp : Graph_RuntimeOp<"append"> {
  let summary = "a tensor with one more element along its first dimension";
  let description = [{
    How a loop collects an output: `element` has the shape of `input` without its first
    dimension.
  }];
  let arguments = (ins Graph_Tensor:$input, Graph_Tensor:$element);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
