import numpy as np

from harness import case, numbers

CASES = []
for dtype in [np.float32, np.float64, np.int32, np.int64]:
    x = numbers(2, 5, 7, low=-9, high=9, dtype=dtype)
    for axis in [0, 1, -1]:
        CASES.append(case(f"{np.dtype(dtype).name}_axis{axis}", "CumSum", {"x": x},
                          {"axis": np.array(axis)}, opset=14))
x = numbers(3, 6)
for exclusive in [0, 1]:
    for reverse in [0, 1]:
        CASES.append(case(f"exclusive{exclusive}_reverse{reverse}", "CumSum",
                          {"x": x, "axis": np.array(1, np.int32)}, opset=14,
                          exclusive=exclusive, reverse=reverse))
CASES.append(case("empty", "CumSum", {"x": numbers(3, 0)}, {"axis": np.array(1)},
                  opset=14))
