import numpy as np

from harness import case, numbers

X = numbers(2, 5, 3, low=-2, high=2)
CASES = [
    case("axis0", "CumProd", {"x": X}, {"axis": np.array(0)}, opset=26,
         expected=[np.cumprod(X, 0)]),
    case("reverse", "CumProd", {"x": X, "axis": np.array(-2)}, opset=26, reverse=1,
         expected=[np.cumprod(X[:, ::-1], 1)[:, ::-1]]),
    case("exclusive", "CumProd", {"x": np.arange(1, 7)}, {"axis": np.array(0)},
         opset=26, exclusive=1, expected=[np.array([1, 1, 2, 6, 24, 120])]),
    case("wraps", "CumProd", {"x": np.full(5, 2**20, np.int32)},
         {"axis": np.array(0)}, opset=26,
         expected=[np.int32([2**20, 0, 0, 0, 0])]),
]
