"""Atrous as a backend of ONNX (onnx.backend.base).

>>> import onnx, atrous.backend
>>> prepared = atrous.backend.prepare(onnx.load("unet.onnx"))
>>> [mask] = prepared.run([picture])

Needs the package onnx, which `import atrous` does not.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import helper
from onnx.backend.base import Backend, BackendRep, namedtupledict

import atrous
from atrous import CompileError, Model

__all__ = ["AtrousBackend", "AtrousRep", "is_compatible", "prepare", "run_model",
           "run_node", "supports_device"]


class AtrousRep(BackendRep):
    """A compiled model of an ONNX graph, whose sequences and optionals are
    lists and None here."""

    def __init__(self, model: Model, graph: onnx.GraphProto) -> None:
        self.model = model
        constants = {tensor.name for tensor in graph.initializer}
        constants |= {tensor.values.name for tensor in graph.sparse_initializer}
        self._inputs = [_Value(info) for info in graph.input
                        if info.name not in constants]
        self._outputs = [_Value(info) for info in graph.output]

    def run(self, inputs: Any, **kwargs: Any) -> tuple[Any, ...]:
        """Runs the model on arrays in the order of the graph's inputs, those
        that have initializers left out, or on a mapping from their names, or on
        a single array. Returns the outputs as a named tuple."""
        if not isinstance(inputs, Mapping):
            if isinstance(inputs, np.ndarray):
                inputs = [inputs]
            if len(inputs) != len(self._inputs):
                raise atrous.InputError(
                    f"the model has {len(self._inputs)} inputs, got "
                    f"{len(inputs)}"
                )
            inputs = {value.name: given
                      for value, given in zip(self._inputs, inputs)}
        feeds = dict(inputs)
        infos = {info.name: info for info in self.model.inputs}
        for value in self._inputs:
            if value.name in feeds:
                feeds.update(value.to_tensors(feeds.pop(value.name), infos))
        tensors = dict(zip((info.name for info in self.model.outputs),
                           self.model.run(None, feeds)))
        outputs = [value.from_tensors(tensors) for value in self._outputs]
        names = [value.name for value in self._outputs]
        return namedtupledict("Outputs", names)(*outputs)


class _Value:
    """An input or output of a graph, and the tensors that it is."""

    def __init__(self, info: onnx.ValueInfoProto) -> None:
        self.name = info.name
        kind = info.type
        self.is_optional = kind.HasField("optional_type")
        if self.is_optional:
            kind = kind.optional_type.elem_type
        self.is_sequence = kind.HasField("sequence_type")

    def to_tensors(self, given: Any, infos: Mapping[str, Any]) -> dict[str, Any]:
        feeds = {}
        if self.is_optional:
            feeds[f"{self.name}.present"] = np.array(given is not None)
        if not self.is_sequence:
            info = infos[self.name]
            if given is None and self.is_optional:
                given = np.zeros([size if isinstance(size, int) else 0
                                  for size in info.shape], info.dtype)
            feeds[self.name] = _give_type(given, info.dtype)
        elif index := infos.get(f"{self.name}.index"):
            width = index.shape[1]
            packed = atrous.pack_sequence(
                given or [], infos[f"{self.name}.data"].dtype,
                width - 1 if isinstance(width, int) else None)
            feeds.update(zip((f"{self.name}.data", f"{self.name}.index"), packed))
        else:
            feeds.update((f"{self.name}[{i}]", array)
                         for i, array in enumerate(given or []))
        return feeds

    def from_tensors(self, tensors: Mapping[str, np.ndarray]) -> Any:
        if self.is_optional and not tensors[f"{self.name}.present"]:
            return None
        if not self.is_sequence:
            return tensors[self.name]
        if f"{self.name}.index" in tensors:
            return atrous.unpack_sequence(tensors[f"{self.name}.data"],
                                          tensors[f"{self.name}.index"])
        names = (f"{self.name}[{i}]" for i in itertools.count())
        return [tensors[name]
                for name in itertools.takewhile(tensors.__contains__, names)]


class AtrousBackend(Backend):
    """Compiles for the CPU that it runs on, and keeps nothing on disk.

    Keyword arguments are those of `atrous.compile`.
    """

    @classmethod
    def supports_device(cls, device: str) -> bool:
        return device.split(":")[0] == "CPU"

    @classmethod
    def is_compatible(cls, model: Any, device: str = "CPU", **kwargs: Any) -> bool:
        """Whether the model compiles."""
        try:
            cls.prepare(model, device, **kwargs)
        except CompileError:
            return False
        return True

    @classmethod
    def prepare(cls, model: onnx.ModelProto | str | os.PathLike,
                device: str = "CPU", **kwargs: Any) -> AtrousRep:
        """Compiles a model, or the model in a file. Raises CompileError."""
        if not cls.supports_device(device):
            raise ValueError(f"device {device!r} is not supported")
        compiled = atrous.compile(model, **kwargs)
        if not isinstance(model, onnx.ModelProto):
            model = onnx.load(model, load_external_data=False)
        return AtrousRep(compiled, model.graph)

    @classmethod
    def run_model(cls, model: Any, inputs: Any, device: str = "CPU",
                  **kwargs: Any) -> tuple[Any, ...]:
        return cls.prepare(model, device, **kwargs).run(inputs)

    @classmethod
    def run_node(
        cls,
        node: onnx.NodeProto,
        inputs: Any,
        device: str = "CPU",
        outputs_info: Sequence[tuple[np.dtype, tuple[int, ...]]] | None = None,
        opset_version: int | None = None,
        **kwargs: Any,
    ) -> tuple[Any, ...]:
        """Runs one node on arrays in the order of its inputs, absent ones left
        out. Without `outputs_info` the outputs' types are inferred."""
        if isinstance(inputs, np.ndarray):
            inputs = [inputs]
        arrays = [np.asarray(value) for value in inputs]
        model = _make_model(node, arrays, outputs_info, opset_version)
        return cls.run_model(model, arrays, device, **kwargs)


def _give_type(value: Any, dtype: str) -> Any:
    """A number of Python as a scalar of `dtype`, which it does not say."""
    if isinstance(value, (bool, int, float)) and dtype != "bfloat16":
        return np.asarray(value, dtype)
    return value


def _make_model(node, arrays, outputs_info, opset_version) -> onnx.ModelProto:
    """A model of one node."""
    def describe(name, dtype, shape):
        return helper.make_tensor_value_info(
            name, helper.np_dtype_to_tensor_dtype(np.dtype(dtype)), shape
        )

    names = list(dict.fromkeys(name for name in node.input if name))
    inputs = [describe(name, array.dtype, array.shape)
              for name, array in zip(names, arrays, strict=True)]
    results = [name for name in node.output if name]
    if outputs_info is None:
        outputs = [onnx.ValueInfoProto(name=name) for name in results]
    else:
        outputs = [describe(name, dtype, shape)
                   for name, (dtype, shape) in zip(results, outputs_info)]
    opset = helper.make_opsetid(node.domain,
                                opset_version or onnx.defs.onnx_opset_version())
    model = helper.make_model(
        helper.make_graph([node], "node", inputs, outputs), opset_imports=[opset]
    )
    if outputs_info is None:
        model = onnx.shape_inference.infer_shapes(model, strict_mode=True)
    return model


is_compatible = AtrousBackend.is_compatible
prepare = AtrousBackend.prepare
run_model = AtrousBackend.run_model
run_node = AtrousBackend.run_node
supports_device = AtrousBackend.supports_device
