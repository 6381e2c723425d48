import numpy as np

from harness import case, numbers

CASES = []
for upper in [0, 1]:
    x = {"x": numbers(2, 4, 6, low=-9, high=9, dtype=np.int64)}
    CASES.append(case(f"upper{upper}", "Trilu", x, upper=upper))
    for k in [-7, -1, 2, 8]:
        CASES.append(case(f"upper{upper}_k{k}", "Trilu", x, {"k": np.array(k)},
                          upper=upper))
    CASES.append(case(f"upper{upper}_k_input", "Trilu",
                      {**x, "k": np.array(1)}, upper=upper))
CASES.append(case("bool", "Trilu", {"x": np.ones((3, 3), bool)}))
CASES.append(case("infinity", "Trilu", {"x": np.full((3, 3), np.inf, np.float32)}))
