import numpy as np

from harness import case, chain, numbers

CASES = [
    case("all", "Shape", {"x": numbers(2, 3, 5)}),
    case("slice", "Shape", {"x": numbers(2, 3, 5)}, start=1, end=-1),
    case("clamped", "Shape", {"x": numbers(2, 3, 5)}, start=-9, end=9),
    chain(
        "half_of_a_size",
        [
            ("Shape", ["x"], ["s"], {}),
            ("Gather", ["s", "two"], ["h"], {"axis": 0}),
            ("Div", ["h", "two"], ["half"], {}),
            ("Unsqueeze", ["half", "zero"], ["end"], {}),
            ("Slice", ["x", "zero", "end", "axis"], ["y"], {}),
        ],
        {"x": numbers(1, 3, 8, 5)},
        {"two": np.array(2), "zero": np.array([0]), "axis": np.array([2])},
    ),
]
