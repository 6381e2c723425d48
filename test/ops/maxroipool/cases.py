import numpy as np

from harness import case, numbers

ROIS = np.array(
    [[0, 0, 0, 7, 7], [1, 2, 3, 5, 9], [0, 4, 4, 4, 4], [1, 0, 5, 11, 6]],
    np.float32,
)
SCALED = ROIS * np.array([1, 2, 2, 2, 2], np.float32)
CASES = [
    case("plain", "MaxRoiPool", {"x": numbers(2, 5, 10, 12), "r": ROIS},
         pooled_shape=[3, 3]),
    case("scale", "MaxRoiPool", {"x": numbers(2, 5, 10, 12), "r": SCALED},
         pooled_shape=[2, 4], spatial_scale=0.5),
    *[
        case(np.dtype(dtype).name, "MaxRoiPool",
             {"x": np.arange(12, dtype=dtype).reshape(1, 1, 3, 4),
              "r": np.array([[0, 0, 1, 2, 2]], dtype)}, pooled_shape=[2, 1],
             expected=[np.array([[[[6], [10]]]], dtype)])
        for dtype in (np.float64, np.float16)
    ],
]
