import numpy as np
from onnx.reference import ReferenceEvaluator

from harness import case, numbers

X = numbers(2, 3, 5, 6)
# Some places lie far outside.
GRID = numbers(2, 4, 7, 2, seed=1, low=-2.5, high=2.5)


def sample(mode, padding, align, x=X, grid=GRID, opset=20, name=""):
    old = {"linear": "bilinear", "cubic": "bicubic"} if opset < 20 else {}
    return case(
        f"{mode}_{padding}_{align}{name}", "GridSample", {"x": x, "grid": grid},
        mode=old.get(mode, mode), padding_mode=padding, align_corners=align,
        opset=opset, atol=1e-4)


PADDINGS = ["zeros", "border", "reflection"]
CASES = [sample(mode, padding, align) for mode in ["linear", "nearest", "cubic"]
         for padding in PADDINGS for align in [0, 1]]
CASES += [
    sample(mode, padding, align, numbers(1, 2, 3, 4, 5),
           numbers(1, 2, 3, 4, 3, seed=1, low=-2, high=2), name="_3d")
    for mode in ["linear", "nearest"] for padding in PADDINGS for align in [0, 1]
]
# ONNX's reference holds the place within the border before it looks for its
# neighbours, ONNX Runtime only the neighbours.
for made in CASES:
    if made.name.startswith("cubic_border"):
        made.expected = ReferenceEvaluator(made.model).run(None, made.feeds)
CASES += [sample(mode, "zeros", 0, opset=16, name="_opset16")
          for mode in ["linear", "nearest", "cubic"]]
CASES += [
    sample("linear", "border", 0, X.astype(np.float64), GRID.astype(np.float64),
           name="_f64"),
    sample("linear", "reflection", 0, numbers(1, 1, 1, 2),
           numbers(1, 3, 5, 2, low=-9, high=9), name="_narrow"),
]
# Places that are no numbers, or as good as none.
WILD = np.array([[[[np.nan, 0], [np.inf, 0], [0, -np.inf], [1e30, -1e30]]]],
                np.float32)
for padding in ["zeros", "border"]:
    wild = sample("nearest", padding, 0, np.ones((1, 1, 3, 3), np.float32), WILD,
                  name="_wild")
    wild.expected = [np.array([[[[0, 0, 0, 0]]]] if padding == "zeros"
                              else [[[[1, 1, 1, 1]]]], np.float32)]
    CASES.append(wild)
