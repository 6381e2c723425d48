import numpy as np
from onnx import TensorProto

from harness import case, narrowed, numbers


def deform(name, x, w, out, *, offset_group=1, bias=False, mask=False,
           constant=False, dtype=np.float32, **attributes):
    """`out` is the output's height and width."""
    def values(*shape, **keywords):
        return numbers(*shape, dtype=dtype, **keywords)

    taps = offset_group * w[2] * w[3]
    inputs = {"x": values(*x)}
    constants = {
        "w": values(*w, seed=1),
        "offset": values(x[0], 2 * taps, *out, seed=2, low=-2, high=2),
        "b": values(w[0], seed=3),
        "mask": values(x[0], taps, *out, seed=4),
    }
    order = ["x", "w", "offset", "b" if bias else "", "mask" if mask else ""]
    while not order[-1]:
        order.pop()
    constants = {k: v for k, v in constants.items() if k in order}
    if not constant:
        inputs.update(constants)
        constants = {}
    return case(name, "DeformConv", inputs, constants, order=order, opset=19,
                offset_group=offset_group, atol=1e-4, **attributes)


CASES = [
    deform("plain", (1, 1, 4, 5), (1, 1, 2, 2), (3, 4)),
    deform("pads", (2, 3, 5, 6), (4, 3, 3, 3), (5, 6), pads=[1, 1, 1, 1]),
    deform("bias_mask", (1, 4, 6, 6), (5, 4, 3, 3), (6, 6), bias=True, mask=True,
           pads=[1, 1, 1, 1]),
    deform("mask", (1, 2, 5, 5), (3, 2, 2, 2), (4, 4), mask=True),
    deform("offset_groups", (1, 6, 5, 5), (2, 6, 3, 3), (3, 3), offset_group=3,
           mask=True),
    deform("groups", (1, 4, 6, 6), (6, 2, 3, 3), (3, 3), group=2, offset_group=2,
           strides=[2, 2], pads=[1, 1, 1, 1], bias=True),
    deform("dilations", (1, 2, 7, 8), (2, 2, 2, 3), (5, 4), dilations=[2, 2]),
    deform("constant", (1, 2, 5, 5), (3, 2, 3, 3), (3, 3), constant=True,
           bias=True),
    deform("f64", (1, 2, 5, 5), (3, 2, 3, 3), (3, 3), dtype=np.float64),
]

# Products of narrow floats are summed in f32.
for made in [made for made in CASES if made.name in ("bias_mask")]:
    CASES.append(narrowed(made))
    CASES.append(narrowed(made, TensorProto.BFLOAT16, rtol=1e-2, atol=1e-2))
