import numpy as np

from harness import case, numbers

CASES = [
    case("equal", "Split", {"x": numbers(2, 6, 3)}, outputs=3, axis=1),
    case("sizes", "Split", {"x": numbers(2, 7)}, {"s": np.array([2, 4, 1])},
         outputs=3, axis=-1),
    case("attribute", "Split", {"x": numbers(7, 2)}, outputs=2, split=[3, 4],
         opset=11),
    case("num_outputs", "Split", {"x": numbers(2, 7)}, outputs=3, axis=1,
         num_outputs=3, opset=18),
]
