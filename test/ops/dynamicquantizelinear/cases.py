import numpy as np

from harness import case, numbers

CASES = [
    case(name, "DynamicQuantizeLinear", {"x": x.astype(np.float32)}, outputs=3,
         opset=11)
    for name, x in [("both_signs", numbers(3, 7, low=-4, high=9)),
                    ("positive", numbers(40, low=2, high=9)),
                    ("negative", numbers(40, low=-9, high=-2)),
                    ("zeros", np.zeros((2, 3)))]
]
