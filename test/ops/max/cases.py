import numpy as np

from harness import binary, case, numbers

CASES = binary("Max")
CASES += [
    case("one", "Max", {"a": numbers(3, 5)}),
    case(
        "three_broadcast", "Max",
        {"a": numbers(3, 5), "b": numbers(5, seed=1), "c": numbers(2, 1, 1)},
    ),
]
NAN = np.array([1, np.nan, 2, np.nan], np.float32)
ONE = np.array([np.nan, 3, 1, np.nan], np.float32)
CASES += [
    case("nan", "Max", {"a": NAN, "b": ONE}),
    case("int64", "Max", {"a": np.arange(5), "b": np.full(5, 2)}),
]
