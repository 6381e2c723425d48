"""atrous.Model with sizes that are known at run time only."""
import threading

import numpy as np
import pytest
from conftest import make_model, value
from onnx import helper

import atrous


@pytest.fixture(scope="module")
def model():
    """relu(x + b) and its square, of any number of rows."""
    return atrous.compile(make_model(
        [
            helper.make_node("Add", ["x", "b"], ["s"]),
            helper.make_node("Relu", ["s"], ["y"]),
            helper.make_node("Mul", ["y", "y"], ["z"]),
        ],
        [value("x", ["rows", 4]), value("b", ["rows", 1])],
        [value("y", ["rows", 4]), value("z", ["rows", 4])],
    ), threads=1)


def feed(rows, scale=1):
    x = np.arange(rows * 4, dtype=np.float32).reshape(rows, 4) * scale
    return x, np.full((rows, 1), -3, np.float32)


def expected(x, b):
    return np.maximum(x + b, 0)


def test_describes_symbols(model):
    assert [info.shape for info in model.inputs] == [["rows", 4], ["rows", 1]]
    assert repr(model.inputs[0]) == "TensorInfo('x', float32[rows, 4])"
    assert model.outputs[0].shape == ["rows", 4]


@pytest.mark.parametrize("rows", [1, 3, 1000, 0, 2])
def test_gives_arrays_of_the_shape_that_comes_out(model, rows):
    x, b = feed(rows)
    y, z = model(x, b)
    assert y.shape == (rows, 4) and y.dtype == np.float32
    np.testing.assert_array_equal(y, expected(x, b))
    np.testing.assert_array_equal(z, expected(x, b) ** 2)
    [only] = model.run(["z"], {"x": x, "b": b})
    np.testing.assert_array_equal(only, z)


def test_outputs_outlive_the_next_run(model):
    first = model(*feed(5))[0]
    copy = first.copy()
    model(*feed(5, scale=7))
    np.testing.assert_array_equal(first, copy)
    assert first.flags.writeable


def test_names_the_size_that_is_wrong(model):
    x, b = feed(3)
    with pytest.raises(
        atrous.InputError,
        match=r"input 'b': dimension 0 \('rows'\) is 2, but dimension 0 of "
              r"input 'x' is 3",
    ):
        model(x, b[:2])
    with pytest.raises(atrous.InputError,
                       match=r"expected float32 \[rows, 4\], got .* \[3, 3\]"):
        model(x[:, :3], b)
    np.testing.assert_array_equal(model(x, b)[0], expected(x, b))


def test_threads_keep_their_outputs_apart(model):
    failures = []

    def work(rows):
        x, b = feed(rows, scale=rows)
        for _ in range(50):
            if not np.array_equal(model(x, b)[0], expected(x, b)):
                failures.append(rows)

    threads = [threading.Thread(target=work, args=[n]) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
