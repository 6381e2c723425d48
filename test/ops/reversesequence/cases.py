import numpy as np

from harness import case, numbers


def reverse(name, shape, lengths, dtype=np.float32, **attributes):
    return case(name, "ReverseSequence",
                {"x": numbers(*shape, low=-9, high=9, dtype=dtype),
                 "n": np.array(lengths)}, **attributes)


CASES = [
    reverse("time_first", (4, 3), [4, 1, 2]),
    reverse("batch_first", (3, 4), [4, 1, 2], batch_axis=0, time_axis=1),
    reverse("more_dims", (3, 4, 2, 2), [4, 1, 2], batch_axis=0, time_axis=1),
    reverse("int8", (4, 3), [4, 1, 2], np.int8),
    reverse("float64", (4, 3), [4, 1, 2], np.float64),
    reverse("bool", (4, 3), [3, 1, 2], np.bool_),
]
