import numpy as np

from harness import case, numbers


def gather(name, shape, indices, dtype=np.float32, **attributes):
    return case(name, "GatherND",
                {"x": numbers(*shape, low=-9, high=9, dtype=dtype),
                 "i": np.array(indices)}, **attributes)


CASES = [
    gather("elements", (2, 3), [[0, 2], [-1, -3], [1, 1]]),
    gather("slices", (2, 3, 4), [[[1]], [[-2]]]),
    gather("pairs", (4, 3, 5), [[[0, 1], [3, -1]], [[2, 2], [1, 0]]]),
    gather("batch", (2, 3, 4), [[1], [-1]], batch_dims=1),
    gather("two_batches", (2, 3, 4), [[[1], [0], [3]], [[-1], [2], [2]]],
           batch_dims=2),
    gather("int8", (2, 3), [[0, 2], [1, 1]], np.int8),
    gather("bool", (2, 3), [[0, 2], [1, 1]], np.bool_),
    gather("float64", (2, 3), [[0], [1]], np.float64),
    gather("nothing", (2, 3), np.zeros((0, 1), np.int64)),
]
