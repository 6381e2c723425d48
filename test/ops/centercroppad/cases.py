import numpy as np

from harness import case, numbers


def sizes(*values):
    return {"shape": np.array(values)}


CASES = [
    case("crop", "CenterCropPad", {"x": numbers(9, 8, 3)}, sizes(4, 3, 3), opset=18),
    case("pad", "CenterCropPad", {"x": numbers(4, 3)}, sizes(7, 8), opset=18),
    case("both", "CenterCropPad", {"x": numbers(9, 4)}, sizes(4, 9), opset=18),
    case("axes", "CenterCropPad", {"x": numbers(1, 3, 8, 5)}, sizes(5, 8),
         opset=18, axes=[-2, -1]),
]
