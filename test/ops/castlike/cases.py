import numpy as np

from harness import case, numbers

CASES = [
    case("float_int", "CastLike",
         {"x": numbers(3, 5, high=9), "like": np.zeros(1, np.int64)}),
    case("int_float", "CastLike", {"x": np.arange(7)},
         {"like": np.zeros(1, np.float32)}),
]
