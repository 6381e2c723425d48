import numpy as np

from harness import case, numbers

TIES = np.array([[3, 1, 3, np.nan, -0.0, 0.0, 3]], np.float32)


def top(name, x, k, expected=None, **attributes):
    return case(name, "TopK", {"x": x}, {"k": np.array([k])}, outputs=2,
                expected=expected, **attributes)


CASES = [
    top("last", numbers(2, 3, 50), 7),
    top("first", numbers(40, 3, 2), 5, axis=0),
    top("middle_smallest", numbers(3, 40, 2), 5, axis=1, largest=0),
    top("all", numbers(3, 8), 8, axis=-1),
    top("none", numbers(3, 8), 0, axis=-1),
    top("unsorted_is_sorted", numbers(3, 80), 9, sorted=0, opset=11,
        expected=[-np.sort(-numbers(3, 80))[:, :9],
                  np.argsort(-numbers(3, 80))[:, :9]]),
    # NaN counts as the largest, ties go to the lowest index, as in NumPy.
    top("ties_and_nan", TIES, 4,
        expected=[np.array([[np.nan, 3, 3, 3]], np.float32),
                  np.array([[3, 0, 2, 6]])]),
    top("ties_and_nan_smallest", TIES, 7, largest=0,
        expected=[TIES[:, [4, 5, 1, 0, 2, 6, 3]],
                  np.array([[4, 5, 1, 0, 2, 6, 3]])]),
    case("attribute_k", "TopK", {"x": numbers(4, 9)}, k=3, opset=9, outputs=2),
    *[
        top(np.dtype(dtype).name, numbers(2, 70, dtype=dtype, low=-9, high=9), 6)
        for dtype in (np.float64, np.float16, np.int8, np.int16, np.int32,
                      np.int64, np.uint8, np.uint16, np.uint32, np.uint64)
    ],
    top("uint64_beyond_int64", np.array([1, 2**64 - 1, 2**63], np.uint64), 2,
        expected=[np.array([2**64 - 1, 2**63], np.uint64), np.array([1, 2])]),
]
