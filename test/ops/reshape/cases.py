import numpy as np

from harness import case, chain, numbers

CASES = [
    case(name, "Reshape", {"x": numbers(*x)}, {"s": np.array(s, np.int64)})
    for name, x, s in [
        ("flat", (2, 3, 4), (24,)), ("infer", (2, 3, 4), (4, -1)),
        ("copy", (2, 3, 4), (0, -1)), ("rank", (6,), (1, 2, 1, 3)),
        ("scalar", (1, 1), ()), ("to_one", (), (1,)),
    ]
]
CASES += [
    case("allow_zero", "Reshape", {"x": numbers(0, 3)}, {"s": np.array([3, 0])},
         allowzero=1),
    chain(
        "shuffle_channels",
        [
            ("Conv", ["x", "w"], ["a"], {}),
            ("Reshape", ["a", "s1"], ["b"], {}),
            ("Transpose", ["b"], ["c"], {"perm": [0, 2, 1, 3, 4]}),
            ("Reshape", ["c", "s2"], ["y"], {}),
        ],
        {"x": numbers(1, 5, 4, 6)},
        {"w": numbers(20, 5, 1, 1, seed=1), "s1": np.array([1, 2, 10, 4, 6]),
         "s2": np.array([1, 20, 4, 6])},
    ),
]
