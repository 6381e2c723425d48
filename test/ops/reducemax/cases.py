import numpy as np

from harness import case, reduction

CASES = reduction("ReduceMax")
CASES += [
    case("axes_input_{}".format(i), "ReduceMax", made.feeds,
         {"axes": np.array([1, -1])}, opset=18, keepdims=i)
    for i, made in enumerate(CASES[:2])
]
