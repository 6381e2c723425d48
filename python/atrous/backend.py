"""Atrous as a backend of ONNX (onnx.backend.base).

>>> import onnx, atrous.backend
>>> prepared = atrous.backend.prepare(onnx.load("unet.onnx"))
>>> [mask] = prepared.run([picture])

Needs the package onnx, which `import atrous` does not.
"""

from __future__ import annotations

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
    """A compiled model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def run(self, inputs: Any, **kwargs: Any) -> tuple[Any, ...]:
        """Runs the model on arrays in the order of the graph's inputs, those
        that have initializers left out, or on a mapping from their names, or on
        a single array. Returns the outputs as a named tuple."""
        infos = self.model.inputs
        if isinstance(inputs, Mapping):
            feeds = dict(inputs)
        else:
            if isinstance(inputs, np.ndarray):
                inputs = [inputs]
            if len(inputs) != len(infos):
                raise atrous.InputError(
                    f"the model has {len(infos)} inputs, got {len(inputs)}"
                )
            feeds = {info.name: _give_type(value, info.dtype)
                     for info, value in zip(infos, inputs)}
        outputs = self.model.run(None, feeds)
        names = [info.name for info in self.model.outputs]
        return namedtupledict("Outputs", names)(*outputs)


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
        return AtrousRep(atrous.compile(model, **kwargs))

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
