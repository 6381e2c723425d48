import numpy as np

from harness import case, numbers

CASES = [
    case("plain", "Tile", {"x": numbers(2, 3)}, {"r": np.array([2, 3])}),
    case("ones", "Tile", {"x": numbers(2, 3)}, {"r": np.array([1, 1])}),
    case("channels", "Tile", {"x": numbers(1, 3, 4, 5)}, {"r": np.array([1, 2, 1, 3])}),
]
