from onnx import TensorProto

from harness import case, narrowed, numbers


def pool(name, x, **attributes):
    return case(name, "LpPool", {"x": numbers(*x)}, opset=18,
                **attributes)


CASES = [
    pool("2x2", (1, 16, 8, 8), kernel_shape=[2, 2], strides=[2, 2]),
    pool("p1", (2, 21, 9, 7), kernel_shape=[3, 3], p=1),
    pool("p3", (1, 3, 9, 7), kernel_shape=[3, 2], p=3),
    pool("pads", (1, 3, 9, 7), kernel_shape=[3, 3], strides=[2, 2],
         pads=[1, 0, 1, 2]),
    pool("same_upper", (1, 3, 8, 7), kernel_shape=[2, 2], auto_pad="SAME_UPPER"),
    pool("same_lower", (1, 3, 8, 7), kernel_shape=[2, 2], auto_pad="SAME_LOWER"),
    pool("dilations", (1, 4, 9, 9), kernel_shape=[2, 2], dilations=[2, 2]),
    pool("ceil", (1, 4, 8, 9), kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1),
    pool("1d", (1, 4, 17), kernel_shape=[4], strides=[3]),
    pool("3d", (1, 4, 5, 6, 7), kernel_shape=[2, 2, 2]),
]

# Narrow floats are summed in f32.
for made in [made for made in CASES if made.name in ("p1", "p3", "pads")]:
    CASES.append(narrowed(made))
    CASES.append(narrowed(made, TensorProto.BFLOAT16, rtol=1e-2, atol=1e-2))
