"""The backend as ONNX's own runner and its users see it."""
import unittest
import warnings

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from onnx.backend.test import BackendTest

import atrous
from atrous import backend

# Some of the runner's tests; all cases are run by test_backend.py.
CHOSEN = {"test_relu_cpu", "test_add_bcast_cpu", "test_softmax_axis_1_cpu",
          "test_conv_with_strides_padding_cpu", "test_clip_example_cpu",
          "test_single_relu_model_cpu"}


def choose_tests():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        classes = BackendTest(backend.AtrousBackend, __name__).test_cases
    for name, original in classes.items():
        methods = {key: original.__dict__[key]
                   for key in CHOSEN & original.__dict__.keys()}
        if methods:
            yield name, type(name, (unittest.TestCase,), methods)


globals().update(choose_tests())


def make_model(opset=17):
    graph = helper.make_graph(
        [helper.make_node("Mul", ["x", "w"], ["y"], "scale")], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3]),
         helper.make_tensor_value_info("w", TensorProto.FLOAT, [])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3])],
        [onnx.numpy_helper.from_array(np.float32(3), "w")],
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


@pytest.mark.parametrize("inputs", [
    [np.float32([1, 2, 3])], np.float32([1, 2, 3]), {"x": np.float32([1, 2, 3])},
], ids=["list", "array", "mapping"])
def test_inputs_leave_initializers_out(inputs):
    outputs = backend.run_model(make_model(), inputs)
    np.testing.assert_array_equal(outputs.y, [3, 6, 9])
    np.testing.assert_array_equal(outputs["y"], [3, 6, 9])


def test_prepare_takes_a_path(tmp_path):
    onnx.save(make_model(), tmp_path / "m.onnx")
    prepared = backend.prepare(str(tmp_path / "m.onnx"))
    np.testing.assert_array_equal(prepared.run([np.float32([1, 0, 2])])[0],
                                  [3, 0, 6])


def test_wrong_number_of_inputs():
    with pytest.raises(atrous.InputError, match="has 1 inputs, got 2"):
        backend.prepare(make_model()).run([np.float32([1, 2, 3])] * 2)


@pytest.mark.parametrize("info", [None, [(np.dtype(np.float32), (2, 2))]])
def test_run_node(info):
    node = helper.make_node("Add", ["a", "b"], ["c"])
    a = np.float32([[1, 2], [3, 4]])
    [c] = backend.run_node(node, [a, np.float32([1, 0])], outputs_info=info,
                           opset_version=14)
    np.testing.assert_array_equal(c, [[2, 2], [4, 4]])


def test_scalars_of_python():
    node = helper.make_node("Neg", ["a"], ["b"])
    prepared = backend.prepare(backend._make_model(
        node, [np.float32(0)], None, 13))
    assert prepared.run([2.5])[0] == np.float32(-2.5)


def test_devices():
    assert backend.supports_device("CPU") and backend.supports_device("CPU:0")
    assert not backend.supports_device("CUDA")
    with pytest.raises(ValueError, match="device 'CUDA' is not supported"):
        backend.prepare(make_model(), "CUDA")


def test_compatible():
    assert backend.is_compatible(make_model())
    assert not backend.is_compatible(make_model(opset=99))
