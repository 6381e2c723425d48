import numpy as np

from harness import case, numbers


def compress(name, condition, dtype=np.float32, **attributes):
    return case(name, "Compress",
                {"x": numbers(4, 3, 5, low=-9, high=9, dtype=dtype),
                 "c": np.array(condition, bool)}, **attributes)


CASES = [
    compress("first", [0, 1, 0, 1], axis=0),
    compress("middle", [1, 0, 1], axis=1),
    compress("last_short", [0, 1], axis=-1),
    compress("flat", [0, 1, 1, 0, 0, 0, 0, 1]),
    compress("nothing", [0, 0, 0, 0], axis=0),
    compress("int64", [0, 1, 0, 1], np.int64, axis=0),
    compress("bool", [0, 1, 1], np.bool_, axis=1),
    compress("float16", [0, 1, 0, 1], np.float16, axis=0),
    case("constant", "Compress", {},
         {"x": numbers(4, 3), "c": np.array([1, 0, 0, 1], bool)}, axis=0),
]
