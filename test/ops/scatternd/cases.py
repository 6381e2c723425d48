import numpy as np

from harness import case, numbers


def scatter(name, shape, indices, dtype=np.float32, **attributes):
    width = np.shape(indices)[-1]
    updates = (*np.shape(indices)[:-1], *shape[width:])
    return case(name, "ScatterND",
                {"x": numbers(*shape, low=-9, high=9, dtype=dtype),
                 "i": np.array(indices),
                 "u": numbers(*updates, low=-9, high=9, seed=4, dtype=dtype)},
                **{"opset": 18, **attributes})


CASES = [
    scatter("elements", (4, 5), [[0, 1], [3, -1]]),
    scatter("slices", (4, 2, 3), [[1], [3]]),
    scatter("grid", (4, 4, 2), [[[0, 1], [2, 2]], [[3, 3], [1, -2]]]),
    scatter("opset11", (4, 5), [[0, 1]], opset=11),
    scatter("int16", (4, 5), [[0, 1]], np.int16),
    *[
        scatter(f"{reduction}_{np.dtype(dtype).name}", (4, 3), [[1], [1], [-4]],
                dtype, reduction=reduction)
        for reduction in ("add", "mul", "min", "max")
        for dtype in (np.float32, np.float64, np.int32, np.int64)
    ],
]
