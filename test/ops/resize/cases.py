import numpy as np

from harness import between_convs, case, numbers

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
