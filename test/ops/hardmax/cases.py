import numpy as np

from harness import case, numbers

x = numbers(3, 4, 5)
x[0, 1] = x[0, 2] = 1  # ties: the first one
CASES = [case(f"axis{axis}", "Hardmax", {"x": x}, opset=13, axis=axis)
         for axis in [0, 1, 2, -1]]
CASES += [
    case("flat", "Hardmax", {"x": x}, opset=11, axis=1),
    case("float16", "Hardmax", {"x": numbers(4, 6, dtype=np.float16)}, opset=13),
]
