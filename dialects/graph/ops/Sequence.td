//===- Sequence.td - Sequences of tensors ---------------------*- tablegen -*-===//
//
// A sequence whose length the run tells is two tensors:
//
//   data   [total]            the elements of its tensors, one after the other
//   index  [count, 1 + rank]  i64: where those of a tensor end, and its sizes
//
// Where the tensors may differ in rank, the index is as wide as the largest asks
// for, which no type says; -1 fills the rows of the others. An empty sequence may
// have an index of any width. See docs/decisions/0008-sequences-are-tensors.md.
//
//===----------------------------------------------------------------------===//
def Graph_SequenceConstructOp : Graph_RuntimeOp<"sequence_construct"> {
  let summary = "a sequence of the inputs";
  let description = "https://onnx.ai/onnx/operators/onnx__SequenceConstruct.html";
  let arguments = (ins Variadic<Graph_Tensor>:$inputs);
  let results = (outs Graph_Tensor:$data, Graph_Tensor:$index);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_SequenceInsertOp : Graph_RuntimeOp<"sequence_insert"> {
  let summary = "a sequence with one more tensor, before `position` or at its end";
  let description = [{
    `position` has one integer, from the end where negative.
    https://onnx.ai/onnx/operators/onnx__SequenceInsert.html
  }];
  let arguments = (ins Graph_Tensor:$data_in, Graph_Tensor:$index_in, Graph_Tensor:$element,
    Optional<Graph_Tensor>:$position);
  let results = (outs Graph_Tensor:$data, Graph_Tensor:$index);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_SequenceEraseOp : Graph_RuntimeOp<"sequence_erase"> {
  let summary = "a sequence without the tensor at `position`, or without its last";
  let description = "https://onnx.ai/onnx/operators/onnx__SequenceErase.html";
  let arguments = (ins Graph_Tensor:$data_in, Graph_Tensor:$index_in, Optional<Graph_Tensor>:$position);
  let results = (outs Graph_Tensor:$data, Graph_Tensor:$index);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_SequenceAtOp : Graph_RuntimeOp<"sequence_at"> {
  let summary = "the tensor at `position` of a sequence";
  let description = "https://onnx.ai/onnx/operators/onnx__SequenceAt.html";
  let arguments = (ins Graph_Tensor:$data, Graph_Tensor:$index, Graph_Tensor:$position);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_SequenceConcatOp : Graph_RuntimeOp<"sequence_concat"> {
  let summary = "the tensors of a sequence side by side along `axis`, which may be new";
  let description = "https://onnx.ai/onnx/operators/onnx__ConcatFromSequence.html";
  let arguments = (ins Graph_Tensor:$data, Graph_Tensor:$index, I64Attr:$axis, UnitAttr:$new_axis);
  let results = (outs Graph_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
def Graph_SequenceSplitOp : Graph_RuntimeOp<"sequence_split"> {
  let summary = "a sequence of consecutive parts of the input along `axis`";
  let description = [{
    Parts of size `split` (rank 0; the last may be smaller), of sizes `split` (rank 1), or of size
    1, which lose their dimension with `squeeze`.
    https://onnx.ai/onnx/operators/onnx__SplitToSequence.html
  }];
  let arguments = (ins Graph_Tensor:$input, Optional<Graph_Tensor>:$split, I64Attr:$axis, UnitAttr:$squeeze);
  let results = (outs Graph_Tensor:$data, Graph_Tensor:$index);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}
