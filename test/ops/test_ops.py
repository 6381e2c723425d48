"""Compiles every case of test/ops/<op>/cases.py and compares its outputs.

    PYTHONPATH=build/python python -m pytest test/ops -k conv
"""
import functools
import importlib.util
import pathlib
import re

import numpy as np
import pytest

import atrous
import harness

HERE = pathlib.Path(__file__).parent
TABLE = HERE.parents[1] / "frontends" / "onnx" / "OpTable.inc"


@functools.lru_cache(None)
def load_cases(op):
    spec = importlib.util.spec_from_file_location(
        f"cases_{op}", HERE / op / "cases.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {case.name: case for case in module.CASES}


def all_cases():
    for folder in sorted(HERE.glob("*/cases.py")):
        op = folder.parent.name
        for name in load_cases(op):
            yield pytest.param(op, name, id=f"{op}-{name}")


@pytest.mark.parametrize("op,name", list(all_cases()))
def test_case(op, name):
    case = load_cases(op)[name]
    expected = harness.reference(case)
    model = atrous.compile(case.model, threads=2)
    outputs = model.run(None, case.feeds)
    assert len(outputs) == len(expected)
    for ours, theirs in list(zip(outputs, expected))[: case.outputs]:
        theirs = np.asarray(theirs)
        assert ours.dtype == theirs.dtype and ours.shape == theirs.shape
        if ours.dtype.kind not in "biu":
            # What is narrower than f16 has no arithmetic in NumPy.
            wide = np.promote_types(ours.dtype, np.float32)
            np.testing.assert_allclose(ours.astype(wide), theirs.astype(wide),
                                       case.rtol, case.atol)
        else:
            np.testing.assert_array_equal(ours, theirs)


def test_every_op_has_cases():
    rows = re.findall(r"^ATROUS_ONNX_OP\((\w+),", TABLE.read_text(), re.MULTILINE)
    missing = [op for op in rows if not (HERE / op.lower() / "cases.py").exists()]
    assert rows and not missing
