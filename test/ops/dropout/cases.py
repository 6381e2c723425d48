import numpy as np

from harness import case, numbers

CASES = [
    case("inference", "Dropout", {"x": numbers(3, 33)}),
    case("old", "Dropout", {"x": numbers(3, 33)}, opset=10, ratio=0.3),
    case("ratio", "Dropout", {"x": numbers(3, 33)}, {"r": np.array(0.7, np.float32)}),
]
