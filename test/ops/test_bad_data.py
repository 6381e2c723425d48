"""Indices and sizes that data supplies: a bad one is an error that names the
node and the value, and the model goes on working."""
import numpy as np
import pytest

import atrous
import harness
import sequences

X = harness.numbers(4, 5)


def indices(*values):
    return {"i": np.array(values)}


# name, op, good inputs, bad inputs, what the error says, attributes
CASES = [
    ("gather", "Gather", {"x": X, **indices(1, -4)}, indices(1, 4),
     "indices[1] is 4, out of range [-4, 4)", {}),
    ("gather_elements", "GatherElements",
     {"x": X, "i": np.array([[0, 1]])}, {"i": np.array([[0, -5]])},
     "indices[1] is -5, out of range [-4, 4)", {}),
    ("gather_nd", "GatherND", {"x": X, "i": np.array([[3, 4]])},
     {"i": np.array([[3, 5]])}, "indices[1] is 5, out of range [-5, 5)", {}),
    ("scatter_elements", "ScatterElements",
     {"x": X, "i": np.array([[2, 1]]), "u": X[:1, :2].copy()},
     {"i": np.array([[2, 2**40]])},
     "indices[1] is 1099511627776, out of range [-4, 4)", {}),
    ("scatter_nd", "ScatterND",
     {"x": X, "i": np.array([[2], [1]]), "u": X[:2].copy()},
     {"i": np.array([[2], [-9]])}, "indices[1] is -9, out of range [-4, 4)", {}),
    ("max_unpool", "MaxUnpool",
     {"x": X[:1, :1].reshape(1, 1, 1, 1).copy(), "i": np.array([[[[3]]]])},
     {"i": np.array([[[[4]]]])}, "indices[0] is 4, out of range [0, 4)",
     {"kernel_shape": [2, 2]}),
    ("roi_align", "RoiAlign",
     {"x": X.reshape(1, 1, 4, 5), "r": np.ones((1, 4), np.float32),
      "b": np.array([0])}, {"b": np.array([1])},
     "batch_indices[0] is 1, out of range [0, 1)", {}),
    ("split", "Split", {"x": X, "s": np.array([1, 3])},
     {"s": np.array([1, 2])}, "split leaves 1 of dimension 0 of size 4", {}),
    ("reverse_sequence", "ReverseSequence",
     {"x": X, "n": np.array([1, 2, 3, 4, 0])},
     {"n": np.array([1, 2, 3, 5, 0])},
     "sequence_lens[3] is 5, out of range [0, 4]", {}),
    ("resize_zero", "Resize",
     {"x": X, "": None, "s": np.float32([2, 1.5])}, {"s": np.float32([2, 0])},
     "a scale is not positive", {}),
    ("resize_nan", "Resize",
     {"x": X, "": None, "s": np.float32([2, 1.5])},
     {"s": np.float32([np.nan, 1])}, "a scale is not positive", {}),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_error_names_node_and_value(case):
    _, op, good, bad, message, attributes = case
    order = [*good]
    good = {name: value for name, value in good.items() if name}
    made = harness.case("bad", op, good, opset=17, order=order,
                        outputs=2 if op == "Split" else 1, **attributes)
    model = atrous.compile(made.model, threads=1)
    expected = model.run(None, good)
    with pytest.raises(atrous.Error) as error:
        model.run(None, {**good, **bad})
    assert f"{op}_0" in str(error.value) and message in str(error.value)
    np.testing.assert_array_equal(model.run(None, good)[0], expected[0])


PAIR = {"a": X, "b": X[:2]}
SPLIT = {"x": X, "k": np.array(1)}

# name, nodes, good inputs, bad inputs, what the error says
SEQUENCES = [
    ("at", [sequences.PAIR, ("SequenceAt", ["s", "p"], ["y"], {})],
     {**PAIR, "p": np.array(-2)}, {"p": np.array(2)},
     "SequenceAt_1: position is 2, out of range [-2, 1] of a sequence"),
    ("insert", [sequences.PAIR, ("SequenceInsert", ["s", "a", "p"], ["t"], {}),
                ("SequenceAt", ["t", "z"], ["y"], {})],
     {**PAIR, "p": np.array(2), "z": np.array(0)}, {"p": np.array(-3)},
     "SequenceInsert_1: position is -3, out of range [-2, 2]"),
    ("erase", [sequences.PAIR, ("SequenceErase", ["s", "p"], ["t"], {}),
               ("SequenceAt", ["t", "z"], ["y"], {})],
     {**PAIR, "p": np.array(1), "z": np.array(0)}, {"p": np.array(9)},
     "SequenceErase_1: position is 9, out of range [-2, 1]"),
    ("split", [("SplitToSequence", ["x", "k"], ["s"], {}),
               ("SequenceAt", ["s", "k"], ["y"], {})], SPLIT, {"k": np.array(0)},
     "SplitToSequence_0: split is 0"),
    ("concat", [sequences.PAIR, ("SequenceErase", ["s", "p"], ["t"], {}),
                ("SequenceInsert", ["t", "c"], ["u"], {}),
                ("ConcatFromSequence", ["u"], ["y"], {"axis": 0})],
     {**PAIR, "c": X[:1], "p": np.array(0)}, {"c": X[:1, :3]},
     "ConcatFromSequence_3: tensor 1 of the sequence has size 3 in "
     "dimension 1, tensor 0 has 5"),
]


@pytest.mark.parametrize("case", SEQUENCES, ids=[case[0] for case in SEQUENCES])
def test_errors_of_sequences(case):
    name, nodes, good, bad, message = case
    made = sequences.case(name, nodes, good)
    for info in made.model.graph.input:
        if info.name == "c":
            info.type.tensor_type.shape.dim[1].dim_param = "n"
    model = atrous.compile(made.model, threads=1)
    expected = model.run(None, made.feeds)
    with pytest.raises(atrous.Error) as error:
        model.run(None, {**made.feeds, **bad})
    assert message in str(error.value)
    np.testing.assert_array_equal(model.run(None, made.feeds)[0], expected[0])
