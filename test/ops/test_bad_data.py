"""Indices and sizes that data supplies: a bad one is an error that names the
node and the value, and the model goes on working."""
import numpy as np
import pytest

import atrous
import harness

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
