import numpy as np
from onnx.reference import ReferenceEvaluator

from harness import case, numbers


def conv(name, x, w, *, xt=np.uint8, wt=np.uint8, yt=None, x_zero=7, w_zero=120,
         y_zero=100, w_scale=0.002, bias=False, **attributes):
    yt = yt or xt
    constants = {
        "x_scale": np.float32(0.0037), "x_zero": np.array(x_zero, xt),
        "w": numbers(*w, dtype=wt, low=-128, high=255),
        "w_scale": np.array(w_scale, np.float32), "w_zero": np.array(w_zero, wt),
        "y_scale": np.float32(0.016), "y_zero": np.array(y_zero, yt),
    }
    constants = {k: np.asarray(v) for k, v in constants.items()}
    if bias:
        constants["b"] = numbers(w[0], dtype=np.int32, low=-9000, high=9000)
    made = case(name, "QLinearConv",
                {"x": numbers(*x, dtype=xt, low=-128, high=255)}, constants,
                opset=10, **attributes)
    return made


CASES = [
    conv("1x1", (1, 1, 7, 7), (1, 1, 1, 1)),
    conv("3x3", (2, 5, 7, 9), (6, 5, 3, 3), pads=[1, 1, 1, 1]),
    conv("bias", (1, 5, 7, 9), (6, 5, 3, 3), bias=True, strides=[2, 2]),
    conv("saturates", (1, 32, 5, 5), (8, 32, 3, 3), y_zero=250),
    conv("per_channel", (1, 5, 7, 9), (3, 5, 3, 3), wt=np.int8, w_zero=[0, 0, 0],
         w_scale=[0.001, 0.002, 0.01], bias=True),
    conv("signed", (1, 5, 7, 9), (3, 5, 3, 3), xt=np.int8, wt=np.int8, x_zero=-7,
         w_zero=0, y_zero=-3),
    conv("group", (1, 16, 7, 7), (16, 1, 3, 3), group=16, pads=[1, 1, 1, 1]),
    conv("1d", (1, 4, 21), (3, 4, 5), dilations=[2]),
]
