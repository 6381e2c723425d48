"""Three ways to run a case.

static    as it is
dynamic   sizes of inputs are symbols, each its own
constant  inputs are constants of the network

A size of 1 stays: it says that the operand broadcasts. So do the sizes of
integer vectors, where the rank of another tensor depends on them.
"""
from __future__ import annotations

import onnx
from onnx import numpy_helper

MODES = ("static", "dynamic", "constant")


def get_inputs(model: onnx.ModelProto) -> list[onnx.ValueInfoProto]:
    """The inputs that a caller gives: initializers are left out."""
    known = {tensor.name for tensor in model.graph.initializer}
    return [info for info in model.graph.input if info.name not in known]


def _free_sizes(model: onnx.ModelProto, keep_vectors: bool) -> onnx.ModelProto:
    result = onnx.ModelProto()
    result.CopyFrom(model)
    for info in get_inputs(result):
        if not info.type.HasField("tensor_type"):
            continue
        tensor = info.type.tensor_type
        integers = tensor.elem_type in (onnx.TensorProto.INT64,
                                        onnx.TensorProto.INT32)
        if keep_vectors and integers and len(tensor.shape.dim) == 1:
            continue
        for i, dim in enumerate(tensor.shape.dim):
            if dim.dim_value != 1:
                dim.dim_param = f"{info.name}_{i}"
    # What the model says of its other tensors no longer holds.
    del result.graph.value_info[:]
    for info in result.graph.output:
        if info.type.HasField("tensor_type"):
            info.type.tensor_type.ClearField("shape")
    return result


def _are_ranks_known(model: onnx.ModelProto) -> bool:
    try:
        inferred = onnx.shape_inference.infer_shapes(model)
    except onnx.shape_inference.InferenceError:
        return False
    return all(info.type.tensor_type.HasField("shape")
               for info in inferred.graph.output
               if info.type.HasField("tensor_type"))


def make_dynamic(model: onnx.ModelProto) -> onnx.ModelProto:
    freed = _free_sizes(model, keep_vectors=False)
    if _are_ranks_known(freed):
        return freed
    return _free_sizes(model, keep_vectors=True)


def make_constant(model: onnx.ModelProto, inputs: list):
    """The model, and what is left of its inputs: those that are no tensors."""
    result = onnx.ModelProto()
    result.CopyFrom(model)
    rest, infos = [], []
    for info, value in zip(get_inputs(result), inputs):
        if info.type.HasField("tensor_type") and value is not None:
            result.graph.initializer.append(
                numpy_helper.from_array(value, info.name))
        else:
            infos.append(info)
            rest.append(value)
    infos = [onnx.ValueInfoProto.FromString(info.SerializeToString())
             for info in infos]
    del result.graph.input[:]
    result.graph.input.extend(infos)
    result.ir_version = max(result.ir_version, 4)
    return result, rest


def apply(mode: str, model: onnx.ModelProto, data_sets: list):
    """Pairs of a model and the data sets to run it on."""
    if mode == "static":
        return [(model, data_sets)]
    if mode == "dynamic":
        return [(make_dynamic(model), data_sets)]
    pairs = []
    for inputs, outputs in data_sets:
        constant, rest = make_constant(model, inputs)
        pairs.append((constant, [(rest, outputs)]))
    return pairs
