import numpy as np

from harness import case, numbers

CASES = [
    case("broadcast", "Where",
         {"c": numbers(3, 1, 5, dtype=np.bool_), "a": numbers(2, 3, 4, 5),
          "b": numbers(4, 1, seed=1)}),
    case("int64", "Where",
         {"c": numbers(7, dtype=np.bool_), "a": np.arange(7), "b": -np.arange(7)}),
    case("bool", "Where",
         {"c": numbers(7, dtype=np.bool_), "a": np.ones(7, bool),
          "b": numbers(7, seed=2, dtype=np.bool_)}),
]
