import numpy as np

from harness import case, reduction

CASES = reduction("ReduceL2")
CASES += [
    case("axes_input_{}".format(i), "ReduceL2", made.feeds,
         {"axes": np.array([1, -1])}, opset=18, keepdims=i)
    for i, made in enumerate(CASES[:2])
]
