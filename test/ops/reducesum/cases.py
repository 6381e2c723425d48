import numpy as np

from harness import case, numbers, reduction

CASES = reduction("ReduceSum", axes_input=True, dtypes=(np.float32, np.int64))
CASES += [
    case("noop", "ReduceSum", {"x": numbers(2, 3)}, noop_with_empty_axes=1),
    case("empty", "ReduceSum", {"x": numbers(2, 0, 3)}, {"axes": np.array([1])}),
]
