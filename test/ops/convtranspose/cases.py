import dataclasses

import onnx

from harness import case, chain, numbers

def transpose(name, x, w, bias=True, constant=True, group=1, **attributes):
    weights = {"w": numbers(*w, seed=1)}
    if bias:
        weights["b"] = numbers(w[1] * group, seed=2)
    inputs = {"x": numbers(*x)}
    if not constant:
        inputs.update(weights)
        weights = {}
    return case(name, "ConvTranspose", inputs, weights, atol=1e-4, group=group,
                **attributes)


CASES = [
    transpose("plain", (1, 3, 5, 6), (3, 16, 3, 3)),
    transpose("k2s2", (1, 32, 5, 6), (32, 16, 2, 2), strides=[2, 2]),
    transpose("k4s2p1", (1, 16, 5, 6), (16, 21, 4, 4), strides=[2, 2],
              pads=[1, 1, 1, 1]),
    transpose("k3s2_output_padding", (1, 16, 5, 6), (16, 16, 3, 3), strides=[2, 2],
              pads=[1, 1, 1, 1], output_padding=[1, 1]),
    transpose("k64s32", (1, 3, 2, 2), (3, 3, 64, 64), strides=[32, 32],
              bias=False),
    transpose("k16s8_depthwise", (1, 5, 4, 4), (5, 1, 16, 16), strides=[8, 8],
              pads=[4, 4, 4, 4], group=5, bias=False),
    transpose("stride_over_kernel", (1, 4, 4, 5), (4, 8, 2, 2), strides=[3, 3]),
    transpose("uneven", (1, 6, 5, 7), (6, 9, 2, 5), strides=[1, 3],
              pads=[0, 1, 1, 2]),
    transpose("dilation", (1, 6, 5, 7), (6, 9, 3, 3), dilations=[2, 2]),
    transpose("dilation_stride", (1, 6, 5, 7), (6, 9, 3, 3), dilations=[2, 3],
              strides=[2, 2], pads=[1, 0, 2, 1]),
    transpose("group", (1, 8, 5, 5), (8, 3, 3, 3), group=2, strides=[2, 2]),
    transpose("output_shape", (1, 4, 5, 5), (4, 6, 3, 3), strides=[2, 2],
              output_shape=[10, 12]),
    transpose("same_upper", (1, 4, 5, 5), (4, 6, 3, 3), strides=[2, 2],
              auto_pad="SAME_UPPER"),
    transpose("same_lower", (1, 4, 5, 5), (4, 6, 4, 4), strides=[3, 3],
              auto_pad="SAME_LOWER"),
    transpose("1d", (1, 6, 9), (6, 4, 4), strides=[2], pads=[1, 1]),
    transpose("3d", (1, 4, 3, 4, 5), (4, 5, 2, 2, 2), strides=[2, 2, 2]),
    transpose("weights_are_input", (1, 4, 5, 5), (4, 6, 3, 3), constant=False,
              strides=[2, 2]),
    chain(
        "between_convs",
        [
            ("Conv", ["x", "w1"], ["a"], {}),
            ("ConvTranspose", ["a", "w2"], ["b"], {"strides": [2, 2]}),
            ("Relu", ["b"], ["c"], {}),
            ("Conv", ["c", "w3"], ["y"], {}),
        ],
        {"x": numbers(1, 5, 6, 7)},
        {
            "w1": numbers(21, 5, 1, 1, seed=1),
            "w2": numbers(21, 18, 2, 2, seed=2),
            "w3": numbers(4, 18, 1, 1, seed=3),
        },
        atol=1e-3,
    ),
]


def with_named_sizes(made):
    """The case with a batch and a picture of any size."""
    model = onnx.ModelProto()
    model.CopyFrom(made.model)
    shape = model.graph.input[0].type.tensor_type.shape
    for i, dim in enumerate(shape.dim):
        if i != 1:
            dim.dim_param = f"size{i}"
    model.graph.output[0].type.tensor_type.ClearField("shape")
    return dataclasses.replace(made, name=f"{made.name}_named", model=model)


NAMED = ["plain", "k2s2", "k4s2p1", "k3s2_output_padding", "k64s32",
         "k16s8_depthwise", "stride_over_kernel", "dilation_stride", "group",
         "1d", "3d", "between_convs"]
CASES += [with_named_sizes(made) for made in CASES if made.name in NAMED]


def fitted(name, **attributes):
    """A picture and a kernel of any size, of which the output's size is given."""
    made = case(name, "ConvTranspose",
                {"x": numbers(1, 3, 4, 5), "w": numbers(3, 2, 3, 2, seed=1),
                 "b": numbers(2, seed=2)}, **attributes)
    for i, info in enumerate(made.model.graph.input[:2]):
        for axis in (2, 3):
            info.type.tensor_type.shape.dim[axis].dim_param = f"size{i}{axis}"
    made.model.graph.output[0].type.tensor_type.ClearField("shape")
    return made


CASES += [
    fitted("fitted_shape", output_shape=[9, 8], strides=[3, 2]),
    fitted("fitted_lower", output_shape=[8, 7], strides=[2, 2], auto_pad="SAME_LOWER"),
    fitted("fitted_upper", strides=[2, 2], auto_pad="SAME_UPPER"),
    fitted("fitted_padding", output_shape=[11, 9], strides=[3, 2],
           output_padding=[1, 1], auto_pad="SAME_UPPER"),
]
