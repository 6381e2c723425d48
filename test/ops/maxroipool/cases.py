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
]
