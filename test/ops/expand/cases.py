import numpy as np

from harness import case, numbers

CASES = [
    case(name, "Expand", {"x": numbers(*x)}, {"s": np.array(s, np.int64)})
    for name, x, s in [
        ("rows", (3, 1), (3, 17)), ("rank", (3, 1), (2, 1, 5)),
        ("scalar", (), (2, 3)), ("one_way", (3, 4), (1, 1)), ("same", (3, 4), (3, 4)),
    ]
]
