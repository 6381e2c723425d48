import numpy as np

from harness import case, numbers


def grid(name, size, align_corners=0, dtype=np.float32):
    rank = len(size) - 2
    return case(name, "AffineGrid",
                {"theta": numbers(size[0], rank, rank + 1, dtype=dtype)},
                {"size": np.array(size)}, align_corners=align_corners, opset=20)


CASES = [
    grid("2d", (2, 3, 5, 6)),
    grid("2d_aligned", (2, 3, 5, 6), 1),
    grid("3d", (2, 3, 4, 5, 6)),
    grid("3d_aligned", (2, 3, 4, 5, 6), 1),
    grid("f64", (1, 1, 4, 17), dtype=np.float64),
]
