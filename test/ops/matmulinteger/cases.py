import numpy as np

from harness import case, numbers

A = numbers(3, 7, low=0, high=255, dtype=np.uint8)
B = numbers(7, 5, low=-128, high=127, dtype=np.int8)
CASES = [
    case("plain", "MatMulInteger", {"a": A, "b": B}, opset=10),
    case("zero_points", "MatMulInteger", {"a": A},
         {"b": B, "az": np.uint8(12), "bz": np.int8(-3)}, opset=10),
    case("per_row_and_column", "MatMulInteger", {"a": A},
         {"b": B, "az": np.uint8([1, 2, 3]), "bz": np.arange(5, dtype=np.int8)},
         opset=10,
         expected=[(A.astype(np.int32) - np.int32([[1], [2], [3]]))
                   @ (B.astype(np.int32) - np.arange(5, dtype=np.int32))]),
    case("batch", "MatMulInteger",
         {"a": numbers(2, 3, 4, low=-9, high=9, dtype=np.int8),
          "b": numbers(2, 4, 5, low=0, high=9, dtype=np.uint8)}, opset=10),
]
