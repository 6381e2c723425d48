import numpy as np

from harness import case, reduction

CASES = reduction("ReduceMin")
CASES += [
    case("axes_input_{}".format(i), "ReduceMin", made.feeds,
         {"axes": np.array([1, -1])}, opset=18, keepdims=i)
    for i, made in enumerate(CASES[:2])
]
