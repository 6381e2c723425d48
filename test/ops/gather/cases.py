import numpy as np

from harness import case, numbers

def gather(name, x, indices, axis, constant=True):
    indices = {"i": np.array(indices)}
    data = {"x": numbers(*x)}
    if constant:
        return case(name, "Gather", data, indices, axis=axis)
    return case(name, "Gather", {**data, **indices}, axis=axis)


CASES = [
    gather("scalar", (3, 4, 5), 1, 1),
    gather("negative", (3, 4, 5), [-1, 0], 0),
    gather("matrix", (6, 5), [[0, 2], [5, 1]], 0),
    gather("last", (3, 7), [6, 0, 3], -1),
    gather("indices_are_input", (6, 5), [[0, 2], [5, 1]], 0, constant=False),
    case("int32_indices", "Gather", {"x": np.arange(9)},
         {"i": np.array([8, 1], np.int32)}, axis=0),
]
