"""Small models for the tests of the Python package."""
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper


def make_model(nodes, inputs, outputs, initializers=(), opset=17):
    graph = helper.make_graph(nodes, "small", inputs, outputs, list(initializers))
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10
    )


def value(name, shape, dtype=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, dtype, shape)


@pytest.fixture(scope="session")
def conv_model():
    """relu(conv(x)) and its argmax: two outputs of different types."""
    weights = np.random.default_rng(0).uniform(-1, 1, (4, 3, 3, 3))
    return make_model(
        [
            helper.make_node("Conv", ["x", "w"], ["c"], "conv_1", pads=[1] * 4),
            helper.make_node("Relu", ["c"], ["y"], "relu_1"),
            helper.make_node("ArgMax", ["y"], ["best"], "best_1", axis=1),
        ],
        [value("x", [1, 3, 8, 9])],
        [value("y", [1, 4, 8, 9]), value("best", [1, 1, 8, 9], TensorProto.INT64)],
        [onnx.numpy_helper.from_array(weights.astype(np.float32), "w")],
    )


@pytest.fixture(scope="session")
def picture():
    return np.random.default_rng(1).uniform(-1, 1, (1, 3, 8, 9)).astype(np.float32)


@pytest.fixture
def where_model():
    """A model of bool, int64 and scalar inputs."""
    return make_model(
        [
            helper.make_node("Where", ["c", "a", "b"], ["w"]),
            helper.make_node("Add", ["w", "s"], ["y"]),
            helper.make_node("Not", ["c"], ["n"]),
        ],
        [
            value("c", [4], TensorProto.BOOL),
            value("a", [4], TensorProto.INT64),
            value("b", [4], TensorProto.INT64),
            value("s", [], TensorProto.INT64),
        ],
        [value("y", [4], TensorProto.INT64), value("n", [4], TensorProto.BOOL)],
    )
