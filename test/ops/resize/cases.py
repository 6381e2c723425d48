import dataclasses

import numpy as np
import onnx
from onnx import TensorProto
from onnx.reference import ReferenceEvaluator

from harness import between_convs, case, narrowed, numbers

X = numbers(1, 3, 7, 9)


def resize(name, mode="nearest", scales=None, sizes=None, x=X, opset=18, roi=None,
           **attributes):
    constants = {}
    order = ["x", "", "", ""]
    if roi is not None:
        constants["roi"] = np.array(roi, np.float32)
        order[1] = "roi"
    if scales is not None:
        constants["scales"] = np.array(scales, np.float32)
        order[2] = "scales"
    if sizes is not None:
        constants["sizes"] = np.array(sizes, np.int64)
        order[3] = "sizes"
    while not order[-1]:
        order.pop()
    return case(name, "Resize", {"x": x}, constants, order=order, mode=mode,
                opset=opset, **attributes)


COORDINATES = ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric"]
CASES = [
    resize(f"{mode}_{coordinates}_{size[0]}x{size[1]}", mode,
           sizes=[1, 3, *size], coordinate_transformation_mode=coordinates)
    for mode in ["nearest", "linear", "cubic"]
    for coordinates in COORDINATES
    for size in [(14, 18), (10, 5), (7, 9), (1, 1)]
]
CASES += [
    resize(f"nearest_{rounding}_{coordinates}", sizes=[1, 3, 11, 6],
           nearest_mode=rounding, coordinate_transformation_mode=coordinates)
    for rounding in ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"]
    for coordinates in COORDINATES
]
CASES += [
    resize("scales", "linear", scales=[1, 1, 2.5, 0.7]),
    resize("scales_nearest", scales=[1, 1, 2, 2],
           coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
    # Opset 11 wants all four operands, empty where they say nothing.
    resize("opset11", "linear", sizes=[1, 3, 14, 18], scales=[], roi=[], opset=11),
    resize("opset10", "linear", scales=[1, 1, 2, 2], opset=10),
    resize("cubic_coefficient", "cubic", sizes=[1, 3, 14, 18], cubic_coeff_a=-0.5),
    resize("cubic_exclude_outside", "cubic", sizes=[1, 3, 14, 18],
           exclude_outside=1),
    resize("axes", "linear", sizes=[14, 18], axes=[2, 3]),
    resize("linear_3d", "linear", sizes=[1, 2, 6, 7, 8], x=numbers(1, 2, 3, 4, 5)),
]
for mode in ["nearest", "linear"]:
    made = between_convs(
        "Resize", extra=["", "scales"], mode=mode,
        constants={"scales": np.array([1, 1, 2, 2], np.float32)},
    )
    made.name += "_" + mode
    CASES.append(made)
# The scales of opset 10 are the second operand.
for made in CASES:
    if made.name == "opset10":
        del made.model.graph.node[0].input[1]


def judged(*arguments, opset=19, **keywords):
    """A case that ONNX's reference judges: engines differ here."""
    made = resize(*arguments, opset=opset, **keywords)
    made.expected = ReferenceEvaluator(made.model).run(None, made.feeds)
    return made


CASES += [
    judged(f"antialias_{mode}_{coordinates}_{size[0]}x{size[1]}", mode,
           sizes=[1, 3, *size], coordinate_transformation_mode=coordinates,
           antialias=1)
    for mode in ["linear", "cubic"]
    for coordinates in COORDINATES
    for size in [(3, 4), (5, 12), (2, 9)]
]
CASES += [
    judged("antialias_scales", "linear", scales=[1, 1, 0.6, 0.3], antialias=1),
    judged("antialias_exclude_outside", "cubic", scales=[1, 1, 0.6, 0.3],
           antialias=1, exclude_outside=1),
    judged("antialias_crop", "linear", sizes=[1, 3, 3, 4], antialias=1,
           roi=[0, 0, 0.2, -0.3, 1, 1, 1.3, 0.8], extrapolation_value=7.0,
           coordinate_transformation_mode="tf_crop_and_resize"),
    judged("antialias_channels", "linear", sizes=[1, 2, 3, 4], antialias=1),
    judged("antialias_uint8", "linear", sizes=[1, 3, 3, 4], antialias=1,
           x=numbers(1, 3, 7, 9, dtype=np.uint8, high=255)),
    judged("cubic_uint8", "cubic", sizes=[1, 3, 12, 14],
           x=numbers(1, 3, 7, 9, dtype=np.uint8, high=255)),
    judged("linear_f64", "linear", scales=[1, 1, 1.7, 0.6],
           x=X.astype(np.float64)),
    judged("nearest_int64", scales=[1, 1, 2, 2],
           x=numbers(1, 3, 7, 9, dtype=np.int64, low=-1e9, high=1e9)),
    judged("align_corners_scales", "linear", scales=[1, 1, 0.6, 0.7],
           coordinate_transformation_mode="align_corners"),
    judged("symmetric", "cubic", scales=[1, 1, 1.7, 0.6],
           coordinate_transformation_mode="half_pixel_symmetric"),
    judged("crop", "linear", sizes=[1, 3, 12, 14], extrapolation_value=-1.0,
           roi=[0, 0, 0.2, -0.3, 1, 1, 1.3, 0.8],
           coordinate_transformation_mode="tf_crop_and_resize"),
    judged("crop_axes", "nearest", sizes=[12, 14], roi=[0.1, 0.2, 0.9, 0.7],
           axes=[3, 2], coordinate_transformation_mode="tf_crop_and_resize"),
    judged("not_larger", "linear", sizes=[8, 8], axes=[2, 3],
           keep_aspect_ratio_policy="not_larger"),
    judged("not_smaller", "cubic", sizes=[8, 8], axes=[2, 3],
           keep_aspect_ratio_policy="not_smaller"),
    judged("linear_1d", "linear", sizes=[1, 2, 9], x=numbers(1, 2, 5)),
    judged("cubic_all", "cubic", sizes=[2, 4, 5], x=numbers(3, 3, 3)),
]
antialiased = between_convs(
    "Resize", extra=["", "scales"], mode="linear", antialias=1, opset=19,
    constants={"scales": np.array([1, 1, 0.5, 0.5], np.float32)},
)
antialiased.name += "_antialias"
CASES.append(antialiased)

for made in [made for made in CASES
             if made.name in ("linear_half_pixel_14x18", "cubic_half_pixel_10x5",
                              "antialias_linear_half_pixel_3x4")]:
    CASES.append(narrowed(made))
    CASES.append(narrowed(made, TensorProto.BFLOAT16, rtol=1e-2, atol=1e-2))


def at_run_time(made):
    """The case with all operands as inputs of the model."""
    model, feeds = onnx.ModelProto(), dict(made.feeds)
    model.CopyFrom(made.model)
    for tensor in made.model.graph.initializer:
        value = onnx.numpy_helper.to_array(tensor)
        feeds[tensor.name] = value
        model.graph.input.append(onnx.helper.make_tensor_value_info(
            tensor.name, tensor.data_type, value.shape))
    del model.graph.initializer[:]
    model.graph.output[0].type.tensor_type.ClearField("shape")
    return dataclasses.replace(
        made, name=f"{made.name}_at_run_time", model=model, feeds=feeds,
        expected=ReferenceEvaluator(made.model).run(None, made.feeds))


RUN_TIME = ["scales", "axes", "crop", "crop_axes", "not_larger", "not_smaller",
            "symmetric", "align_corners_scales", "antialias_scales",
            "antialias_crop", "antialias_exclude_outside", "cubic_uint8",
            "linear_pytorch_half_pixel_1x1", "cubic_exclude_outside",
            "nearest_ceil_half_pixel", "linear_1d"]
CASES += [at_run_time(made) for made in CASES if made.name in RUN_TIME]
