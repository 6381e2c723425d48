import numpy as np

from harness import case, numbers, unary

CASES = unary("Shrink", lambd=0.7, bias=0.2) + [
    case("integers", "Shrink", {"x": np.arange(-4, 5)}, lambd=1.5, bias=1.0,
         expected=[np.array([-3, -2, -1, 0, 0, 0, 1, 2, 3])]),
    case("float64", "Shrink", {"x": numbers(9, dtype=np.float64, low=-2)}),
]
