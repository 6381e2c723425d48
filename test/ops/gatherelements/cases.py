import numpy as np

from harness import case, numbers


def gather(name, shape, indices, axis, dtype=np.float32, index=np.int64):
    return case(name, "GatherElements",
                {"x": numbers(*shape, low=-9, high=9, dtype=dtype),
                 "i": indices.astype(index)}, axis=axis)


CASES = [
    gather("first", (3, 4), numbers(5, 4, low=-3, high=2, dtype=np.int64), 0),
    gather("last", (3, 4), numbers(2, 6, low=-4, high=3, dtype=np.int64), -1),
    gather("middle", (2, 7, 3), numbers(2, 4, 2, low=0, high=6, dtype=np.int64),
           1),
    gather("int32_indices", (9,), numbers(3, low=0, high=8, dtype=np.int64), 0,
           index=np.int32),
    gather("int64", (3, 4), numbers(3, 4, low=-4, high=3, dtype=np.int64), 1,
           np.int64),
    gather("uint8", (3, 4), numbers(3, 4, low=-4, high=3, dtype=np.int64), 1,
           np.uint8),
    gather("float16", (3, 4), numbers(3, 4, low=-4, high=3, dtype=np.int64), 1,
           np.float16),
    gather("nothing", (3, 4), np.zeros((0, 4)), 0),
    case("constant", "GatherElements", {},
         {"x": numbers(3, 4), "i": np.array([[0, 2, 1, 0]])}, axis=0),
]
