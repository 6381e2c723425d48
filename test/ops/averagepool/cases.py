from onnx import TensorProto

from harness import between_convs, case, narrowed, numbers

def pool(name, x, **attributes):
    return case(name, "AveragePool", {"x": numbers(*x)}, **attributes)


CASES = [
    pool("2x2", (1, 16, 8, 8), kernel_shape=[2, 2], strides=[2, 2]),
    pool("odd_channels", (2, 21, 9, 7), kernel_shape=[3, 3], strides=[2, 2],
         pads=[1, 1, 1, 1]),
    pool("no_stride", (1, 3, 6, 6), kernel_shape=[3, 2]),
    pool("ceil", (1, 4, 8, 9), kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1),
    pool("ceil_pads", (1, 4, 8, 9), kernel_shape=[3, 3], strides=[3, 2],
         pads=[1, 1, 0, 1], ceil_mode=1),
    pool("same_upper", (1, 4, 7, 9), kernel_shape=[3, 3], strides=[2, 2],
         auto_pad="SAME_UPPER"),
    pool("same_lower", (1, 4, 7, 9), kernel_shape=[2, 2], auto_pad="SAME_LOWER"),
    pool("1d", (1, 4, 17), kernel_shape=[4], strides=[3]),
    pool("3d", (1, 4, 5, 6, 7), kernel_shape=[2, 2, 2], strides=[2, 2, 2]),
    between_convs("AveragePool", kernel_shape=[3, 3], strides=[2, 2],
                  pads=[1, 1, 1, 1]),
    pool("include_pad", (1, 4, 8, 9), kernel_shape=[3, 3], strides=[2, 2],
         pads=[1, 1, 1, 1], count_include_pad=1),
    pool("include_pad_ceil", (1, 4, 8, 8), kernel_shape=[3, 3], strides=[2, 2],
         pads=[1, 1, 0, 0], count_include_pad=1, ceil_mode=1, opset=19),
    pool("dilation", (1, 4, 9, 9), kernel_shape=[2, 2], dilations=[2, 2], opset=19),
]

# Narrow floats are summed in f32.
for made in [made for made in CASES if made.name in ("2x2", "odd_channels", "include_pad_ceil")]:
    CASES.append(narrowed(made))
    CASES.append(narrowed(made, TensorProto.BFLOAT16, rtol=1e-2, atol=1e-2))
