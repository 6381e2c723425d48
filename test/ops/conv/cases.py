from onnx import TensorProto

from harness import case, chain, narrowed, numbers

def conv(name, x, w, bias=True, constant=True, **attributes):
    weights = {"w": numbers(*w, seed=1)}
    if bias:
        weights["b"] = numbers(w[0], seed=2)
    inputs = {"x": numbers(*x)}
    if not constant:
        inputs.update(weights)
        weights = {}
    return case(name, "Conv", inputs, weights, atol=1e-4, **attributes)


P1 = {"pads": [1, 1, 1, 1]}
CASES = [
    conv("plain_3x3", (1, 3, 9, 11), (16, 3, 3, 3)),
    conv("no_bias", (2, 16, 8, 8), (32, 16, 3, 3), bias=False, **P1),
    conv("odd_channels", (1, 19, 7, 9), (21, 19, 3, 3), **P1),
    conv("one_channel", (1, 1, 7, 9), (1, 1, 3, 3), **P1),
    conv("1x1", (1, 40, 9, 7), (24, 40, 1, 1)),
    conv("1x1_wide", (2, 528, 41, 43), (560, 528, 1, 1)),
    conv("1x1_wide_stride2", (1, 576, 83, 81), (528, 576, 1, 1), strides=[2, 2]),
    conv("1x1_wide_groups", (1, 1024, 41, 43), (1056, 512, 1, 1), group=2),
    conv("stride2", (1, 16, 15, 17), (16, 16, 3, 3), strides=[2, 2], **P1),
    conv("stride2_1x1", (1, 16, 15, 17), (32, 16, 1, 1), strides=[2, 2]),
    conv("stem_7x7", (1, 3, 33, 31), (64, 3, 7, 7), strides=[2, 2],
         pads=[3, 3, 3, 3]),
    conv("dilation2", (1, 16, 17, 17), (16, 16, 3, 3), dilations=[2, 2],
         pads=[2, 2, 2, 2]),
    conv("dilation_over_image", (1, 16, 5, 5), (16, 16, 3, 3), dilations=[6, 6],
         pads=[6, 6, 6, 6]),
    conv("single_pixel", (1, 16, 1, 1), (32, 16, 3, 3), **P1),
    conv("taps_in_padding", (1, 16, 3, 9), (16, 16, 3, 3), dilations=[3, 1],
         pads=[4, 1, 2, 1]),
    conv("most_taps_in_padding", (1, 256, 40, 40), (256, 256, 3, 3),
         dilations=[30, 30], pads=[30] * 4),
    conv("most_taps_in_padding_strided", (1, 256, 63, 63), (256, 256, 3, 3),
         strides=[2, 2], dilations=[40, 40], pads=[40] * 4),
    conv("stride2_phases", (1, 64, 33, 45), (64, 64, 3, 3), strides=[2, 2], **P1),
    conv("column_3", (2, 64, 21, 17), (64, 64, 3, 1), pads=[1, 0, 1, 0]),
    conv("row_7_dilated", (1, 64, 17, 31), (64, 64, 1, 7), dilations=[1, 2],
         pads=[0, 6, 0, 6]),
    conv("kernel_5", (1, 64, 27, 23), (64, 64, 5, 5), pads=[2] * 4),
    conv("residues", (1, 64, 33, 35), (64, 64, 3, 3), dilations=[4, 6],
         pads=[4, 6, 4, 6]),
    conv("uneven", (1, 8, 9, 13), (16, 8, 2, 5), strides=[1, 3], dilations=[2, 1],
         pads=[0, 1, 2, 3]),
    conv("group2", (1, 32, 7, 7), (32, 16, 3, 3), group=2, **P1),
    conv("group_odd", (1, 12, 7, 7), (9, 4, 3, 3), group=3, **P1),
    conv("depthwise", (1, 32, 9, 9), (32, 1, 3, 3), group=32, **P1),
    conv("depthwise_odd", (2, 19, 9, 9), (19, 1, 5, 5), group=19, strides=[2, 2],
         pads=[2, 2, 2, 2]),
    conv("depthwise_multiplier", (1, 8, 9, 9), (16, 1, 3, 3), group=8, **P1),
    conv("same_upper", (1, 5, 10, 11), (16, 5, 4, 4), auto_pad="SAME_UPPER",
         strides=[2, 3]),
    conv("same_lower", (1, 5, 10, 11), (16, 5, 4, 4), auto_pad="SAME_LOWER",
         strides=[2, 3]),
    conv("valid", (1, 5, 10, 11), (16, 5, 3, 3), auto_pad="VALID"),
    conv("1d", (2, 6, 31), (17, 6, 5), pads=[2, 2]),
    conv("3d", (1, 4, 5, 6, 7), (16, 4, 3, 3, 3), pads=[1] * 6),
    conv("weights_are_input", (1, 5, 9, 9), (18, 5, 3, 3), constant=False, **P1),
    chain(
        "residual",
        [
            ("Conv", ["x", "w1"], ["a"], P1),
            ("Relu", ["a"], ["b"], {}),
            ("Conv", ["b", "w2"], ["c"], P1),
            ("Add", ["c", "a"], ["d"], {}),
            ("Relu", ["d"], ["y"], {}),
        ],
        {"x": numbers(1, 16, 9, 9)},
        {"w1": numbers(21, 16, 3, 3, seed=1), "w2": numbers(21, 21, 3, 3, seed=2)},
        atol=1e-3,
    ),
]

# Products of narrow floats are summed in f32.
for made in [made for made in CASES if made.name in ("no_bias", "odd_channels", "group2", "depthwise", "stem_7x7")]:
    CASES.append(narrowed(made))
    CASES.append(narrowed(made, TensorProto.BFLOAT16, rtol=1e-2, atol=1e-2))
