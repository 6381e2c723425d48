import numpy as np

from harness import case, numbers

CASES = [
    case("axes", "Unsqueeze", {"x": numbers(3, 5)}, {"a": np.array([0, -1])}),
    case("scalar", "Unsqueeze", {"x": numbers()}, {"a": np.array([0])}),
    case("attribute", "Unsqueeze", {"x": numbers(3, 5)}, axes=[1, 3], opset=11),
]
