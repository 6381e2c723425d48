import numpy as np

from harness import case, chain, numbers

ROIS = np.array([[0, 0, 9, 7], [2.5, 1.25, 6, 11], [-4, -3, 3, 2],
                 [5, 5, 5, 5], [8, 9, 30, 40], [6, 6, 2, 3]], np.float32)
BATCHES = np.array([0, 1, 1, 0, 1, 0])


def align(name, dtype=np.float32, shape=(2, 5, 12, 10), **attributes):
    tolerance = {np.float16: 1e-2}.get(dtype, 1e-4)
    attributes = {"output_height": 3, "output_width": 4, "opset": 16,
                  "rtol": tolerance, "atol": tolerance / 10, **attributes}
    return case(name, "RoiAlign",
                {"x": numbers(*shape, dtype=dtype), "r": ROIS.astype(dtype),
                 "b": BATCHES}, **attributes)


def align_blocked(name, **attributes):
    """Behind a convolution, whose 21 channels lie in blocks."""
    attributes = {"output_height": 3, "output_width": 4, **attributes}
    return chain(
        name,
        [
            ("Conv", ["x", "w"], ["a"], {"pads": [1, 1, 1, 1]}),
            ("RoiAlign", ["a", "r", "b"], ["y"], attributes),
        ],
        {"x": numbers(2, 16, 12, 10), "r": ROIS, "b": BATCHES},
        {"w": numbers(21, 16, 3, 3, seed=1)},
        atol=1e-4,
    )


CASES = [
    align_blocked("blocked", sampling_ratio=2),
    align_blocked("blocked_adaptive"),
    align_blocked("blocked_max", mode="max", sampling_ratio=2),
    align("adaptive"),
    align("two_samples", sampling_ratio=2),
    align("scaled", spatial_scale=0.25, sampling_ratio=2),
    align("output_half_pixel",
          coordinate_transformation_mode="output_half_pixel"),
    align("opset10", opset=10, sampling_ratio=3),
    align("max", mode="max", sampling_ratio=2),
    align("max_adaptive", mode="max"),
    align("max_output_half_pixel", mode="max",
          coordinate_transformation_mode="output_half_pixel"),
    align("one_bin", output_height=1, output_width=1),
    align("wide", shape=(2, 3, 40, 70), sampling_ratio=6, spatial_scale=3.0),
    align("float64", np.float64),
    align("float16", np.float16, sampling_ratio=2),
    case("no_rois", "RoiAlign",
         {"x": numbers(1, 2, 4, 4), "r": np.zeros((0, 4), np.float32),
          "b": np.zeros(0, np.int64)}, opset=16,
         expected=[np.zeros((0, 2, 1, 1), np.float32)]),
]
