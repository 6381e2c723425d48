"""The cases of ONNX's backend tests, with their families.

Making the node cases takes seconds, so they are kept in a file of the user's
cache, named after the version of the ONNX package.
"""
from __future__ import annotations

import dataclasses
import glob
import os
import pickle
import re
import tempfile
import warnings

import numpy as np
import onnx
from onnx import numpy_helper

from families import MODELS, find_family, get_op

# What some models of the family "simple" are about, by their names.
_SIMPLE_FAMILIES = {"sequence": "sequence", "strnorm": "strings",
                    "gradient": "training"}


@dataclasses.dataclass
class Case:
    name: str
    family: str
    # The operator that it is about; None for a whole model.
    op: str | None
    rtol: float
    atol: float
    # Serialised, as are models of folders when they are read.
    model: bytes | None = None
    data_sets: list | None = None
    path: str | None = None

    def load(self) -> tuple[onnx.ModelProto, list[tuple[list, list]]]:
        """The model and pairs of inputs and outputs."""
        if self.model is not None:
            return onnx.load_from_string(self.model), self.data_sets
        if self.family == "light":
            return _load_light(self.path)
        return _load_folder(self.path)


def _array(value):
    if isinstance(value, onnx.TensorProto):
        return numpy_helper.to_array(value)
    if isinstance(value, list):
        return [_array(item) for item in value]
    return value


def _base(name: str) -> str:
    """The case whose operator's function body `name` tests, if it does."""
    return re.sub(r"_expanded.*$", "", name)


def _make_node_cases() -> list[Case]:
    from onnx.backend.test.loader import load_model_tests

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tests = load_model_tests(kind="node")
    models = {test.name: test.model for test in tests}
    cases = []
    for test in tests:
        model = models[_base(test.name)]
        op = get_op(model.graph.node[0])
        data_sets = [
            ([_array(x) for x in inputs], [_array(y) for y in outputs])
            for inputs, outputs in test.data_sets
        ]
        cases.append(Case(test.name, find_family(op, model), op, test.rtol,
                          test.atol, test.model.SerializeToString(), data_sets))
    return cases


def _cached_node_cases() -> list[Case]:
    root = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(root, "atrous")
    here = os.path.dirname(__file__)
    newest = max(os.stat(os.path.join(here, name)).st_mtime_ns
                 for name in ("cases.py", "families.py"))
    path = os.path.join(folder, f"backend-cases-{onnx.__version__}.pickle")
    try:
        if os.stat(path).st_mtime_ns > newest:
            with open(path, "rb") as file:
                return pickle.load(file)
    except (OSError, EOFError, pickle.UnpicklingError):
        pass
    cases = _make_node_cases()
    os.makedirs(folder, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(cases, file)
    os.replace(file.name, path)
    return cases


def _make_folder_cases() -> list[Case]:
    from onnx.backend.test import loader

    cases = []
    for family in MODELS:
        kind = "real" if family == "light" else family
        for test in loader.load_model_tests(kind=kind):
            path = test.model_dir
            if family == "light":  # "onnx/backend/test/data/light/..."
                path = os.path.join(loader.DATA_DIR, test.url.split("/data/")[1])
            subject = test.name.split("_")[1]
            cases.append(Case(test.name, _SIMPLE_FAMILIES.get(subject, family),
                              None, test.rtol, test.atol, path=path))
    return cases


def load_cases() -> list[Case]:
    """All cases, sorted by name."""
    cases = _cached_node_cases() + _make_folder_cases()
    return sorted(cases, key=lambda case: case.name)


def _read_value(path: str, info: onnx.ValueInfoProto):
    with open(path, "rb") as file:
        content = file.read()
    if info.type.HasField("sequence_type"):
        return numpy_helper.to_list(onnx.SequenceProto.FromString(content))
    return numpy_helper.to_array(onnx.TensorProto.FromString(content))


def _load_folder(path: str):
    model = onnx.load(os.path.join(path, "model.onnx"))
    data_sets = []
    for folder in sorted(glob.glob(os.path.join(path, "test_data_set_*"))):
        def read(kind, infos):
            files = glob.glob(os.path.join(folder, f"{kind}_*.pb"))
            return [
                _read_value(os.path.join(folder, f"{kind}_{i}.pb"), infos[i])
                for i in range(len(files))
            ]

        data_sets.append((read("input", model.graph.input),
                          read("output", model.graph.output)))
    return model, data_sets


def _load_light(path: str):
    """The inputs are those of ONNX's runner: a ramp from 0 to 1."""
    model = onnx.load(path)
    inputs = []
    initializers = {tensor.name for tensor in model.graph.initializer}
    for info in model.graph.input:
        if info.name in initializers:
            continue
        shape = [dim.dim_value for dim in info.type.tensor_type.shape.dim]
        size = int(np.prod(shape))
        inputs.append((np.arange(size) / size).astype(np.float32).reshape(shape))
    outputs = [
        _read_value(f"{path[: -len('.onnx')]}_output_{i}.pb", info)
        for i, info in enumerate(model.graph.output)
    ]
    return model, [(inputs, outputs)]
