import numpy as np

from harness import case, numbers

CASES = [
    case("opset9", "Scatter",
         {"x": numbers(3, 4), "i": np.array([[0, 2, 1, 0]]),
          "u": numbers(1, 4, seed=3)}, axis=0, opset=9),
    case("last", "Scatter",
         {"x": numbers(2, 5), "i": np.array([[1, 4], [0, 3]]),
          "u": numbers(2, 2, seed=3)}, axis=1, opset=10),
]
