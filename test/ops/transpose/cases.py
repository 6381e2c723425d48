import numpy as np

from harness import case, chain, numbers

CASES = [
    case("default", "Transpose", {"x": numbers(2, 3, 5)}),
    case("nhwc", "Transpose", {"x": numbers(1, 21, 5, 6)}, perm=[0, 2, 3, 1]),
    case("nchw", "Transpose", {"x": numbers(1, 5, 6, 21)}, perm=[0, 3, 1, 2]),
    case("identity", "Transpose", {"x": numbers(2, 3)}, perm=[0, 1]),
    case("int64", "Transpose", {"x": np.arange(6).reshape(2, 3)}, perm=[1, 0]),
    chain(
        "heads",
        [
            ("Conv", ["x", "w"], ["a"], {}),
            ("Transpose", ["a"], ["b"], {"perm": [0, 2, 3, 1]}),
            ("Reshape", ["b", "s"], ["y"], {}),
        ],
        {"x": numbers(1, 5, 4, 6)},
        {"w": numbers(24, 5, 1, 1, seed=1), "s": np.array([1, -1, 4])},
    ),
]
