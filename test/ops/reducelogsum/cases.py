import numpy as np

from harness import case, reduction

CASES = reduction("ReduceLogSum", low=0.1, high=2)
CASES += [
    case("axes_input_{}".format(i), "ReduceLogSum", made.feeds,
         {"axes": np.array([1, -1])}, opset=18, keepdims=i)
    for i, made in enumerate(CASES[:2])
]
