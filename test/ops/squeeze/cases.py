import numpy as np

from harness import case, numbers

CASES = [
    case("all", "Squeeze", {"x": numbers(1, 3, 1, 5)}),
    case("axes", "Squeeze", {"x": numbers(1, 3, 1, 5)}, {"a": np.array([-2])}),
    case("attribute", "Squeeze", {"x": numbers(1, 3, 1, 5)}, axes=[0, 2], opset=11),
]
