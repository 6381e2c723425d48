import numpy as np
from onnx.reference import ReferenceEvaluator

from harness import case, numbers


def conv(name, x, w, zero_points=(), xt=np.uint8, wt=np.int8, constant=True,
         **attributes):
    """zero_points: one for x, then those for w."""
    inputs = {"x": numbers(*x, dtype=xt, low=-128, high=255)}
    constants = {"w": numbers(*w, dtype=wt, low=-128, high=127)}
    if zero_points:
        constants["x_zero"] = np.array(zero_points[0], xt)
    if len(zero_points) > 1:
        constants["w_zero"] = np.array(zero_points[1], wt)
    if not constant:
        inputs, constants = {**inputs, **constants}, {}
    made = case(name, "ConvInteger", inputs, constants, opset=10,
                order=["x", *(k for k in ["w", "x_zero", "w_zero"]
                              if k in {**inputs, **constants})], **attributes)
    # ONNX Runtime has not all element types.
    made.expected = ReferenceEvaluator(made.model).run(None, made.feeds)
    return made


CASES = [
    conv("plain", (1, 3, 7, 9), (5, 3, 3, 3)),
    conv("zero_point", (2, 4, 7, 9), (6, 4, 3, 3), [128], pads=[1, 1, 1, 1]),
    conv("zero_points", (1, 4, 7, 9), (6, 4, 3, 3), [3, -7], pads=[1, 0, 1, 2],
         strides=[2, 1]),
    conv("per_channel", (1, 4, 7, 9), (3, 4, 3, 3), [3, [1, -128, 127]]),
    conv("signed", (1, 4, 7, 9), (3, 4, 3, 3), [-3, 200], xt=np.int8, wt=np.uint8),
    conv("group", (1, 16, 7, 7), (16, 1, 3, 3), [7, 1], group=16,
         pads=[1, 1, 1, 1]),
    conv("inputs", (1, 4, 7, 9), (3, 4, 3, 3), [3, 2], constant=False,
         auto_pad="SAME_UPPER"),
]
