import numpy as np

from harness import case, numbers

CASES = []
for dtype in [np.int32, np.int64, np.uint8]:
    a = numbers(3, 19, low=-20, high=20, dtype=dtype)
    b = numbers(3, 19, seed=1, low=1, high=7, dtype=dtype)
    CASES.append(case(np.dtype(dtype).name, "Mod", {"a": a, "b": b}))
CASES.append(
    case("negative_divisor", "Mod",
         {"a": np.arange(-6, 7), "b": np.full(13, -4)})
)
CASES.append(
    case("fmod", "Mod", {"a": numbers(40, low=-9, high=9),
                         "b": numbers(40, seed=1, low=1, high=3)}, fmod=1)
)
