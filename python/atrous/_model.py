"""A compiled model with NumPy arrays on its both ends."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from atrous import _atrous


@dataclass(frozen=True)
class TensorInfo:
    """An input or output: `shape` holds integers, or where a size is known at
    run time only, a symbol's name or "?". Equal names are equal sizes."""

    name: str
    shape: list[int | str]
    dtype: str

    def __repr__(self) -> str:
        sizes = ", ".join(str(size) for size in self.shape)
        return f"TensorInfo({self.name!r}, {self.dtype}[{sizes}])"


class Model:
    """A compiled model. Any number of threads may run it at once."""

    def __init__(self, loaded: _atrous.LoadedModel) -> None:
        self._loaded = loaded
        self._inputs = [TensorInfo(*info) for info in loaded.inputs]
        self._outputs = [TensorInfo(*info) for info in loaded.outputs]

    @property
    def name(self) -> str:
        """The name of the ONNX graph."""
        return self._loaded.name

    @property
    def cpu(self) -> str:
        """The CPU that the running code was compiled for; of a model that was
        compiled for several, the one that was chosen for this machine."""
        return self._loaded.cpu

    @property
    def inputs(self) -> list[TensorInfo]:
        return list(self._inputs)

    @property
    def outputs(self) -> list[TensorInfo]:
        return list(self._outputs)

    @property
    def layers(self) -> list[dict[str, Any]]:
        """What the network runs, in order: for each kernel and runtime function
        its name, its ONNX nodes, its schedule, types, work (docs/layers.md)."""
        return json.loads(self._loaded.layers)

    def profile(self, feeds: Mapping[str, np.ndarray]) -> np.ndarray:
        """Runs the network once; gives the seconds that each of `layers` took, 0
        where it did not run. For a model compiled with `profile=True`."""
        if not self._loaded.num_layers:
            raise _atrous.InputError(
                "the model was compiled without profiling")
        times = np.zeros(self._loaded.num_layers, np.uint64)
        self._run(feeds, times)
        return times / 1e9

    def run(
        self,
        output_names: Sequence[str] | None,
        feeds: Mapping[str, np.ndarray],
    ) -> list[np.ndarray]:
        """Runs the network once, without the GIL.

        `feeds` has an array for every input, of its exact dtype and shape; any
        size will do for a symbol, within the bounds that the model was compiled
        for. Returns new arrays for `output_names`, or for all outputs. Raises
        InputError.
        """
        chosen = self._choose(output_names)
        outputs = self._run(feeds, None)
        return [_typed(outputs[i], self._outputs[i].dtype) for i in chosen]

    def _run(self, feeds: Mapping[str, np.ndarray],
             times: np.ndarray | None) -> list[np.ndarray]:
        """All outputs, in the types that hold them."""
        unknown = feeds.keys() - {info.name for info in self._inputs}
        if unknown:
            raise _atrous.InputError(
                f"the model has no input {sorted(unknown)[0]!r}; its inputs are "
                + ", ".join(repr(info.name) for info in self._inputs)
            )
        inputs = [self._feed(info, feeds) for info in self._inputs]
        outputs = [
            np.empty(info.shape, _storage(info.dtype))
            if all(isinstance(size, int) for size in info.shape) else None
            for info in self._outputs
        ]
        made = self._loaded.run(
            [_flat(a) for a in inputs],
            [None if a is None else _flat(a) for a in outputs],
            [a.shape for a in inputs],
            None if times is None else _flat(times))
        for i, result in enumerate(made):
            if result is not None:
                data, shape = result
                outputs[i] = np.frombuffer(
                    data, _storage(self._outputs[i].dtype)).reshape(shape)
        return outputs

    def __call__(self, *arrays: np.ndarray, **feeds: np.ndarray):
        """Runs on arrays in the order of `inputs`, or by name; gives one array
        for a model of one output, else a list."""
        if len(arrays) > len(self._inputs):
            raise _atrous.InputError(
                f"the model has {len(self._inputs)} inputs, got {len(arrays)}"
            )
        for info, array in zip(self._inputs, arrays):
            if info.name in feeds:
                raise _atrous.InputError(f"input {info.name!r} is given twice")
            feeds[info.name] = array
        outputs = self.run(None, feeds)
        return outputs[0] if len(outputs) == 1 else outputs

    def __repr__(self) -> str:
        return f"<atrous.Model {self.name!r}: {self._inputs} -> {self._outputs}>"

    def _choose(self, names: Sequence[str] | None) -> list[int]:
        if names is None:
            return list(range(len(self._outputs)))
        index = {info.name: i for i, info in enumerate(self._outputs)}
        for name in names:
            if name not in index:
                raise _atrous.InputError(
                    f"the model has no output {name!r}; its outputs are "
                    + ", ".join(repr(info.name) for info in self._outputs)
                )
        return [index[name] for name in names]

    @staticmethod
    def _feed(info: TensorInfo, feeds: Mapping[str, np.ndarray]) -> np.ndarray:
        """The array for an input, contiguous and of the right dtype."""
        if info.name not in feeds:
            raise _atrous.InputError(f"input {info.name!r} is missing")
        array = np.asarray(feeds[info.name])
        if array.dtype.name != info.dtype and not (
            info.dtype == "bfloat16" and array.dtype == np.uint16
        ):
            raise _atrous.InputError(
                f"input {info.name!r} is {array.dtype.name}, expected "
                f"{info.dtype}"
            )
        if not array.dtype.isnative:
            array = array.astype(array.dtype.newbyteorder("="))
        # ascontiguousarray would make a scalar one-dimensional.
        array = np.require(array, requirements="C")
        return array.view(np.uint16) if info.dtype == "bfloat16" else array


def _storage(dtype: str) -> np.dtype:
    """The dtype whose bytes lie as those of `dtype`, which NumPy may lack."""
    return np.dtype(np.uint16 if dtype == "bfloat16" else dtype)


def _typed(array: np.ndarray, dtype: str) -> np.ndarray:
    """`array` as bfloat16, where ml_dtypes is installed, else as its bits."""
    if dtype != "bfloat16":
        return array
    try:
        import ml_dtypes
    except ImportError:
        return array
    return array.view(ml_dtypes.bfloat16)


def _flat(array: np.ndarray) -> np.ndarray:
    """The bytes of a contiguous array, for the buffer protocol."""
    return array.reshape(-1).view(np.uint8)
