import numpy as np

from harness import case, numbers

CASES = [
    case(f"{mode}_opset{opset}", "Upsample", {"x": numbers(1, 3, 4, 5)},
         {"s": np.array([1, 1, 2, 3], np.float32)}, mode=mode, opset=opset)
    for mode in ["nearest", "linear"] for opset in [9]
]
CASES.append(
    case("attribute", "Upsample", {"x": numbers(1, 3, 4, 5)}, mode="nearest",
         scales=[1.0, 1.0, 2.0, 2.0], opset=7)
)
