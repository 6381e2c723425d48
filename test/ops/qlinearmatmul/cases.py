import numpy as np

from harness import case, numbers


def qlinear(name, a, b, y, **parameters):
    order = ["a", "as", "az", "b", "bs", "bz", "ys", "yz"]
    constants = {"as": np.float32(0.02), "az": np.array(3, a.dtype),
                 "bs": np.float32(0.03), "bz": np.array(1, b.dtype),
                 "ys": np.float32(0.05), "yz": np.array(5, y), **parameters}
    return case(name, "QLinearMatMul", {"a": a, "b": b}, constants, order=order,
                opset=10)


CASES = [
    qlinear("uint8", numbers(3, 7, low=0, high=255, dtype=np.uint8),
            numbers(7, 4, low=0, high=255, dtype=np.uint8), np.uint8),
    qlinear("int8", numbers(3, 7, low=-99, high=99, dtype=np.int8),
            numbers(7, 4, low=-99, high=99, dtype=np.int8), np.int8),
    qlinear("batch", numbers(2, 3, 7, low=-99, high=99, dtype=np.int8),
            numbers(2, 7, 4, low=-99, high=99, dtype=np.int8), np.int8),
    qlinear("per_column", numbers(3, 7, low=-99, high=99, dtype=np.int8),
            numbers(7, 2, low=-99, high=99, dtype=np.int8), np.int8,
            bs=np.float32([0.01, 0.07]), bz=np.int8([0, 2])),
]
