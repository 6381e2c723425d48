"""Sequences and optionals on the ends of a network."""
import numpy as np
import pytest
from onnx import TensorProto as T
from onnx import helper

import atrous
import atrous.backend

MATRIX = helper.make_tensor_type_proto(T.FLOAT, [None, 3])
SEQUENCE = helper.make_sequence_type_proto(MATRIX)
OPTIONAL = helper.make_optional_type_proto(SEQUENCE)
ARRAYS = [np.arange(n * 3, dtype=np.float32).reshape(n, 3) for n in (2, 0, 4)]


def make_model(op, inputs, outputs, **attributes):
    node = helper.make_node(op, list(inputs), list(outputs), name=op, **attributes)
    graph = helper.make_graph(
        [node], "g", [helper.make_value_info(*item) for item in inputs.items()],
        [helper.make_value_info(*item) for item in outputs.items()])
    return helper.make_model(graph, ir_version=8,
                             opset_imports=[helper.make_opsetid("", 17)])


@pytest.fixture(scope="module")
def identity():
    return make_model("Identity", {"x": SEQUENCE}, {"y": SEQUENCE})


def test_packing_is_reversible():
    data, index = atrous.pack_sequence([np.float32(1), *ARRAYS])
    assert index.tolist() == [[1, -1, -1], [7, 2, 3], [7, 0, 3], [19, 4, 3]]
    back = atrous.unpack_sequence(data, index)
    assert [array.shape for array in back] == [(), (2, 3), (0, 3), (4, 3)]
    np.testing.assert_array_equal(back[3], ARRAYS[2])


def test_packing_checks_what_is_said():
    data, index = atrous.pack_sequence([], np.int64, 2)
    assert data.dtype == np.int64 and index.shape == (0, 3)
    with pytest.raises(ValueError, match="float32 of rank 2, expected int64"):
        atrous.pack_sequence(ARRAYS, np.int64)
    with pytest.raises(ValueError, match="expected float32 of rank 1"):
        atrous.pack_sequence(ARRAYS, rank=1)
    with pytest.raises(ValueError, match="expected float64"):
        atrous.pack_sequence([np.zeros(1), np.zeros(1, np.float32)])


def test_a_sequence_is_data_and_index(identity):
    model = atrous.compile(identity)
    assert [info.name for info in model.inputs] == ["x.data", "x.index"]
    assert model.inputs[1].shape[1] == 3
    data, index = atrous.pack_sequence(ARRAYS)
    back = atrous.unpack_sequence(
        *model.run(None, {"x.data": data, "x.index": index}))
    for ours, given in zip(back, ARRAYS, strict=True):
        np.testing.assert_array_equal(ours, given)


def test_shapes_of_its_tensors_make_it_a_list(identity):
    model = atrous.compile(identity, shapes={"x[0]": (2, 3), "x[1]": (0, 3)})
    assert [info.name for info in model.inputs] == ["x[0]", "x[1]"]
    assert [info.shape for info in model.outputs] == [[2, 3], [0, 3]]
    outputs = model.run(None, {"x[0]": ARRAYS[0], "x[1]": ARRAYS[1]})
    np.testing.assert_array_equal(outputs[0], ARRAYS[0])


def test_an_index_that_does_not_fit_is_an_error():
    position = helper.make_tensor_type_proto(T.INT64, [])
    model = atrous.compile(make_model("SequenceAt", {"x": SEQUENCE, "p": position},
                                      {"y": MATRIX}))
    data, index = atrous.pack_sequence(ARRAYS)
    feeds = {"x.data": data, "x.index": index, "p": np.array(2)}
    np.testing.assert_array_equal(model.run(None, feeds)[0], ARRAYS[2])
    bad = index.copy()
    bad[2, 0] = 1 << 40
    with pytest.raises(atrous.Error, match="tensor 2 of the sequence ends at"):
        model.run(None, {**feeds, "x.index": bad})


def test_the_backend_takes_lists_and_none(identity):
    prepared = atrous.backend.prepare(identity)
    [back] = prepared.run([ARRAYS])
    assert [array.shape for array in back] == [(2, 3), (0, 3), (4, 3)]
    assert prepared.run({"x": []}).y == []
    optional = atrous.backend.prepare(
        make_model("Identity", {"x": OPTIONAL}, {"y": OPTIONAL}))
    assert optional.run([None]).y is None
    assert [array.shape for array in optional.run([ARRAYS]).y] == [
        (2, 3), (0, 3), (4, 3)]


def test_a_missing_element_is_an_error():
    get = make_model("OptionalGetElement", {"x": helper.make_optional_type_proto(MATRIX)},
                     {"y": MATRIX})
    prepared = atrous.backend.prepare(get)
    np.testing.assert_array_equal(prepared.run([ARRAYS[0]]).y, ARRAYS[0])
    with pytest.raises(atrous.Error, match="OptionalGetElement.*has no element"):
        prepared.run([None])
