import numpy as np

from harness import case, numbers

TIES = np.array([[1, 3, 3, 0, 0], [2, 2, 2, 2, 2]], np.float32)
CASES = [
    case(f"axis{axis}_keep{keepdims}_last{last}", "ArgMax",
         {"x": numbers(2, 21, 5, 6)}, axis=axis, keepdims=keepdims,
         select_last_index=last)
    for axis in [0, 1, -1] for keepdims in [0, 1] for last in [0, 1]
]
CASES += [
    case(f"ties_last{last}", "ArgMax", {"x": TIES}, axis=1, select_last_index=last)
    for last in [0, 1]
]
CASES += [case("int64", "ArgMax", {"x": np.array([[4, 9, 1], [3, 3, 8]])}, axis=0)]
