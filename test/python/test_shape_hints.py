"""compile(shape_hints=...): code of its own for some sizes, right at all."""
import numpy as np
import onnxruntime
import pytest
from conftest import make_model, value
from onnx import TensorProto, helper, numpy_helper

import atrous

INT64, BOOL = TensorProto.INT64, TensorProto.BOOL


def uniform(seed, *shape):
    values = np.random.default_rng(seed).uniform(-1, 1, shape)
    return values.astype(np.float32)


def weights(name, *shape):
    return numpy_helper.from_array(uniform(len(name), *shape), name)


def numbers(name, *values):
    return numpy_helper.from_array(np.array(values, np.int64), name)


def check(model, compiled, *inputs):
    """Equal to ONNX Runtime, twice: memory of the first run is used again."""
    session = onnxruntime.InferenceSession(model.SerializeToString())
    names = [info.name for info in session.get_inputs()]
    expected = session.run(None, dict(zip(names, inputs)))
    for _ in range(2):
        results = compiled(*inputs)
        results = results if isinstance(results, list) else [results]
        assert len(results) == len(expected)
        for result, right in zip(results, expected):
            assert result.shape == right.shape and result.dtype == right.dtype
            # Rounding is of the largest value, in 3x3 convolutions.
            largest = np.abs(right).max(initial=0) if right.dtype.kind == "f" else 0
            np.testing.assert_allclose(result, right, rtol=1e-4,
                                       atol=1e-5 * max(1, largest))


def segmentation():
    """Two convolutions, and a mask resized to the size of the input."""
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["c"], pads=[1] * 4, strides=[2, 2]),
        helper.make_node("Relu", ["c"], ["r"]),
        helper.make_node("Conv", ["r", "ww"], ["d"], pads=[1] * 4),
        helper.make_node("Shape", ["x"], ["hw"], start=2),
        helper.make_node("Concat", ["nc", "hw"], ["size"], axis=0),
        helper.make_node("Resize", ["d", "", "", "size"], ["y"], mode="linear"),
        helper.make_node("ArgMax", ["y"], ["best"], axis=1),
    ]
    return make_model(
        nodes, [value("x", [1, 3, "h", "w"])],
        [value("y", None), value("best", None, INT64), value("hw", [2], INT64)],
        [weights("w", 16, 3, 3, 3), weights("ww", 8, 16, 3, 3),
         numbers("nc", 1, 8)])


@pytest.mark.parametrize("threads", [1, 2])
def test_segmentation(threads):
    model = segmentation()
    compiled = atrous.compile(
        model, threads=threads,
        shape_hints=[{"x": (1, 3, 32, 32)}, {"x": (1, 3, 64, 48)}])
    for seed, size in enumerate(
            [(32, 32), (31, 32), (64, 48), (48, 64), (32, 32), (5, 7)]):
        check(model, compiled, uniform(seed, 1, 3, *size))


def test_describes_the_sizes_that_are_left_open():
    compiled = atrous.compile(segmentation(),
                              shape_hints=[{"x": (1, 3, 32, 32)}])
    assert compiled.inputs[0].shape == [1, 3, "h", "w"]
    assert compiled.outputs[0].shape == [1, 8, "h", "w"]


def test_outputs_outlive_the_next_run_at_another_size():
    compiled = atrous.compile(segmentation(),
                              shape_hints=[{"x": (1, 3, 32, 32)}])
    hinted = compiled(uniform(0, 1, 3, 32, 32))[0]
    other = compiled(uniform(1, 1, 3, 40, 32))[0]
    copies = hinted.copy(), other.copy()
    compiled(uniform(2, 1, 3, 32, 32))
    compiled(uniform(3, 1, 3, 40, 32))
    np.testing.assert_array_equal(hinted, copies[0])
    np.testing.assert_array_equal(other, copies[1])


def test_sizes_that_data_decides():
    """Outputs of unknown size, and such as are known with the hint."""
    nodes = [
        helper.make_node("Relu", ["x"], ["r"]),
        helper.make_node("NonZero", ["r"], ["where"]),
        helper.make_node("Unique", ["x"], ["u", "first", "inverse", "count"]),
        helper.make_node("ConstantOfShape", ["shape"], ["zeros"]),
        helper.make_node("Shape", ["x"], ["shape"]),
        helper.make_node("Identity", ["x"], ["same"]),
    ]
    nodes[3], nodes[4] = nodes[4], nodes[3]
    model = make_model(
        nodes, [value("x", ["n"])],
        [value("where", None, INT64), value("u", None),
         value("inverse", None, INT64), value("count", None, INT64),
         value("zeros", None), value("same", None), value("r", None)])
    compiled = atrous.compile(model, shape_hints=[{"x": (6,)}, {"x": (0,)}])
    for n in (6, 9, 6, 1, 0, 6):
        check(model, compiled, np.round(uniform(n, n) * 4))


def test_detections():
    nodes = [
        helper.make_node("NonMaxSuppression",
                         ["boxes", "scores", "most", "iou", "least"], ["picked"]),
        helper.make_node("Slice", ["picked", "two", "three", "one"], ["index"]),
        helper.make_node("Squeeze", ["index", "one"], ["flat"]),
        helper.make_node("Gather", ["boxes", "flat"], ["kept"], axis=1),
        helper.make_node("TopK", ["scores", "two"], ["best", "places"]),
    ]
    model = make_model(
        nodes,
        [value("boxes", [1, "n", 4]), value("scores", [1, 1, "n"])],
        [value("picked", None, INT64), value("kept", None), value("best", None),
         value("places", None, INT64)],
        [numbers("most", 10), numbers("one", 1), numbers("two", 2),
         numbers("three", 3),
         numpy_helper.from_array(np.array([0.3], np.float32), "iou"),
         numpy_helper.from_array(np.array([0.1], np.float32), "least")])
    compiled = atrous.compile(model, shape_hints=[{"boxes": (1, 20, 4)}])
    for n in (20, 33, 20, 4):
        corners = uniform(n, 1, n, 2)
        boxes = np.concatenate([corners, corners + 1], axis=2)
        check(model, compiled, boxes, uniform(n + 1, 1, 1, n))


def control_flow():
    """A branch whose sides differ in size, and a loop over rows."""
    x = value("x", ["n", 4])
    then = helper.make_graph(
        [helper.make_node("Conv", ["x4", "w"], ["big"], pads=[1] * 4)], "then",
        [], [value("big", None)])
    otherwise = helper.make_graph(
        [helper.make_node("Slice", ["x4", "one", "two", "three"], ["small"])],
        "else", [], [value("small", None)])
    body = helper.make_graph(
        [
            helper.make_node("Gather", ["x", "i"], ["row"]),
            helper.make_node("Add", ["sum", "row"], ["next"]),
            helper.make_node("Identity", ["more"], ["goon"]),
            helper.make_node("Mul", ["next", "next"], ["square"]),
        ], "body",
        [value("i", [], INT64), value("more", [], BOOL), value("sum", [4])],
        [value("goon", [], BOOL), value("next", [4]), value("square", [4])])
    nodes = [
        helper.make_node("Unsqueeze", ["x", "zeros"], ["x4"]),
        helper.make_node("If", ["c"], ["y"], then_branch=then,
                         else_branch=otherwise),
        helper.make_node("Shape", ["x"], ["n"], end=1),
        helper.make_node("Squeeze", ["n"], ["trips"]),
        helper.make_node("Loop", ["trips", "", "start"], ["total", "squares"],
                         body=body),
    ]
    return make_model(
        nodes, [x, value("c", [], BOOL)],
        [value("y", None), value("total", [4]), value("squares", None)],
        [weights("w", 1, 1, 3, 3), numbers("zeros", 0, 1), numbers("one", 1),
         numbers("two", 2), numbers("three", 3),
         numpy_helper.from_array(np.zeros(4, np.float32), "start")])


def test_control_flow():
    model = control_flow()
    compiled = atrous.compile(model, shape_hints=[{"x": (6, 4)}])
    for n in (6, 8, 6, 3):
        for choice in (True, False):
            check(model, compiled, uniform(n, n, 4), np.array(choice))


def two_inputs():
    return make_model(
        [helper.make_node("MatMul", ["a", "b"], ["p"]),
         helper.make_node("Add", ["p", "c"], ["y"])],
        [value("a", ["m", "k"]), value("b", ["k", "n"]), value("c", ["n"])],
        [value("y", None)])


def test_hint_of_some_inputs():
    """The symbols that it fixes are fixed in other inputs, too."""
    model = two_inputs()
    compiled = atrous.compile(
        model, shape_hints=[{"a": (5, 8), "b": (8, 7)}, {"a": (3, 8)}])
    for m, k, n in [(5, 8, 7), (3, 8, 7), (3, 8, 9), (5, 8, 9), (2, 4, 3)]:
        check(model, compiled, uniform(1, m, k), uniform(2, k, n), uniform(3, n))


def test_wrong_sizes_are_refused_as_without_a_hint():
    compiled = atrous.compile(two_inputs(), shape_hints=[{"a": (5, 8)}])
    with pytest.raises(atrous.InputError,
                       match=r"input 'b': dimension 0 \('k'\) is 7"):
        compiled(uniform(1, 5, 8), uniform(2, 7, 3), uniform(3, 3))
    a, b, c = uniform(1, 5, 8), uniform(2, 8, 3), uniform(3, 3)
    np.testing.assert_allclose(compiled(a, b, c), a @ b + c, rtol=1e-4, atol=1e-5)


def test_within_a_range():
    model = segmentation()
    compiled = atrous.compile(
        model, shapes={"x": (1, 3, (16, 64), (16, 64))},
        shape_hints=[{"x": (1, 3, 32, 32)}])
    check(model, compiled, uniform(0, 1, 3, 32, 32))
    check(model, compiled, uniform(0, 1, 3, 20, 32))
    with pytest.raises(atrous.InputError, match="expected 16 to 64"):
        compiled(uniform(0, 1, 3, 8, 32))


def test_weights_lie_in_the_file_once(tmp_path):
    """Hints add code, not weights."""
    model = make_model(
        [helper.make_node("Conv", ["x", "w"], ["y"], pads=[1] * 4)],
        [value("x", [1, 256, "h", "w"])], [value("y", None)],
        [weights("w", 256, 256, 3, 3)])
    sizes = [(1, 256, 14, 14), (1, 256, 16, 16), (1, 256, 18, 18)]

    def get_bytes(*hints):
        path = tmp_path / f"{len(hints)}.so"
        atrous.compile(model, path, threads=1,
                       shape_hints=[{"x": size} for size in hints])
        return path.stat().st_size

    assert get_bytes(*sizes) - get_bytes() < 100_000


def test_equal_bytes_for_any_number_of_jobs(tmp_path):
    files = []
    for jobs in (1, 2):
        path = tmp_path / str(jobs) / "m.so"
        path.parent.mkdir()
        atrous.compile(segmentation(), path, threads=1, jobs=jobs,
                       shape_hints=[{"x": (1, 3, 32, 32)},
                                    {"x": (1, 3, 64, 48)}])
        files.append(path.read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize("hints, text", [
    ([{"z": (1, 3, 8, 8)}], "'z' is no input of the graph"),
    ([{"x": (3, 8, 8)}], "input 'x' has rank 4, got 3"),
    ([{"x": (1, 4, 8, 8)}], "dimension 1 of input 'x' is 3, got 4"),
    ([{"x": (1, 3, -8, 8)}], "'-8' is not a dimension's size"),
    ([{"x": (1, 3, 8, 8)}] * 2, "is of no use behind shape hint"),
])
def test_refuses(hints, text):
    with pytest.raises(atrous.CompileError, match=text):
        atrous.compile(segmentation(), shape_hints=hints)
