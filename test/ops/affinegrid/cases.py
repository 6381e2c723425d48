import numpy as np

from harness import case, numbers


def grid(name, size, align_corners=0, dtype=np.float32, run_time=False):
    rank = len(size) - 2
    theta = {"theta": numbers(size[0], rank, rank + 1, dtype=dtype)}
    size = {"size": np.array(size)}
    inputs, constants = ({**theta, **size}, {}) if run_time else (theta, size)
    return case(name, "AffineGrid", inputs, constants,
                align_corners=align_corners, opset=20)


CASES = [
    grid("2d", (2, 3, 5, 6)),
    grid("2d_aligned", (2, 3, 5, 6), 1),
    grid("3d", (2, 3, 4, 5, 6)),
    grid("3d_aligned", (2, 3, 4, 5, 6), 1),
    grid("run_time", (2, 3, 5, 6), run_time=True),
    grid("run_time_aligned", (2, 3, 4, 5, 6), 1, run_time=True),
    grid("f64", (1, 1, 4, 17), dtype=np.float64),
]
