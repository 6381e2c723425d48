import numpy as np

from harness import between_convs, case, numbers

def pad(name, shape, pads, mode="constant", value=None, axes=None, opset=18):
    constants = {"p": np.array(pads)}
    order = ["x", "p"]
    if value is not None:
        constants["v"] = np.array(value, np.float32)
        order.append("v")
    if axes is not None:
        constants["a"] = np.array(axes)
        order += [""] * (3 - len(order)) + ["a"]
    return case(name, "Pad", {"x": numbers(*shape)}, constants, order=order,
                mode=mode, opset=opset)


CASES = [
    pad("zeros", (1, 3, 4, 5), [0, 0, 1, 2, 0, 0, 3, 0]),
    pad("value", (2, 3), [1, 0, 0, 2], value=1.5),
    pad("negative", (4, 5), [-1, 1, 0, -2]),
    pad("reflect", (1, 3, 4, 5), [0, 0, 2, 3, 0, 0, 1, 4], "reflect"),
    pad("edge", (1, 3, 4, 5), [0, 0, 2, 3, 0, 0, 1, 4], "edge"),
    pad("wrap", (4, 5), [2, 1, 3, 2], "wrap", opset=19),
    pad("axes", (1, 3, 4, 5), [1, 2, 0, 3], axes=[2, 3]),
    pad("channels", (1, 3, 4, 5), [0, 2, 0, 0, 0, 1, 0, 0]),
    case("attribute", "Pad", {"x": numbers(2, 3)}, opset=10, pads=[1, 0, 0, 2],
         value=0.5),
]
for mode in ["constant", "reflect", "edge"]:
    made = between_convs(
        "Pad", extra=["p"], mode=mode,
        constants={"p": np.array([0, 0, 1, 2, 0, 0, 2, 1])},
    )
    made.name += "_" + mode
    CASES.append(made)
