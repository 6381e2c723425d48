import numpy as np

from harness import case, numbers


def scatter(name, shape, indices, axis, dtype=np.float32, **attributes):
    return case(name, "ScatterElements",
                {"x": numbers(*shape, low=-9, high=9, dtype=dtype),
                 "i": np.array(indices),
                 "u": numbers(*np.shape(indices), low=-9, high=9, seed=4,
                              dtype=dtype)},
                axis=axis, **{"opset": 18, **attributes})


CASES = [
    scatter("first", (3, 4), [[0, 2, -1, 1], [1, 0, 0, 2]], 0),
    scatter("last", (2, 5), [[1, -1], [0, 3]], -1),
    scatter("middle", (2, 4, 3), [[[1, 2], [3, 0]]], 1),
    scatter("int32_indices", (9,), np.array([3, 5], np.int32), 0),
    scatter("opset11", (3, 4), [[0, 2, -1, 1]], 0, opset=11),
    scatter("nothing", (3,), np.zeros(0, np.int64), 0),
    *[
        scatter(f"{reduction}_{np.dtype(dtype).name}", (2, 5), [[1, 1, -4]], 1,
                dtype, reduction=reduction)
        for reduction in ("add", "mul", "min", "max")
        for dtype in (np.float32, np.float64, np.int32, np.uint8, np.int64)
    ],
    # ONNX Runtime has no sums of halves.
    case("add_float16", "ScatterElements",
         {"x": np.array([1, 2, 3], np.float16), "i": np.array([1, 1, -3]),
          "u": np.array([0.5, 4, -1], np.float16)}, opset=18, reduction="add",
         expected=[np.array([0, 6.5, 3], np.float16)]),
]
