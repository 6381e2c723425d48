import numpy as np

from harness import between_convs, case, numbers

def pool(name, x, **attributes):
    return case(name, "MaxPool", {"x": numbers(*x)}, **attributes)


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
    between_convs("MaxPool", kernel_shape=[3, 3], strides=[2, 2],
                  pads=[1, 1, 1, 1]),
    pool("dilation", (1, 4, 9, 9), kernel_shape=[2, 2], dilations=[2, 3]),
    pool("yolo_spp", (1, 16, 13, 13), kernel_shape=[13, 13], pads=[6, 6, 6, 6]),
    pool("indices", (2, 3, 6, 8), kernel_shape=[2, 2], strides=[2, 2], outputs=2),
    pool("indices_pads", (1, 3, 7, 7), kernel_shape=[3, 3], strides=[2, 2],
         pads=[1, 1, 1, 1], outputs=2),
    pool("indices_column_major", (1, 3, 6, 8), kernel_shape=[2, 2],
         strides=[2, 2], outputs=2, storage_order=1),
    case("uint8", "MaxPool",
         {"x": numbers(1, 3, 6, 6, high=255, dtype=np.uint8)},
         kernel_shape=[3, 3]),
    case("negative_infinity", "MaxPool",
         {"x": np.full((1, 1, 4, 4), -np.inf, np.float32)}, kernel_shape=[2, 2]),
]
