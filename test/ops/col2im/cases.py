import numpy as np

from harness import case, numbers


def fold(name, x, image, block, dtype=np.float32, run_time=False, **attributes):
    inputs = {"x": numbers(*x, dtype=dtype, high=9)}
    sizes = {"image": np.array(image), "block": np.array(block)}
    if run_time:
        inputs.update(sizes)
        sizes = {}
    return case(name, "Col2Im", inputs, sizes, opset=18,
                order=["x", "image", "block"], **attributes)


CASES = [
    fold("blocks", (1, 5, 5), [5, 5], [1, 5]),
    fold("overlap", (2, 12, 20), [5, 6], [2, 2]),
    fold("strides", (1, 9, 4), [5, 5], [3, 3], strides=[2, 2]),
    fold("pads", (1, 5, 15), [5, 5], [1, 5], pads=[0, 1, 0, 1]),
    fold("dilations", (1, 4, 5), [6, 6], [2, 2], dilations=[1, 5], strides=[1, 3]),
    fold("uneven", (2, 18, 12), [7, 8], [3, 2], strides=[2, 3],
         pads=[1, 0, 1, 2]),
    fold("1d", (1, 6, 9), [20], [3], strides=[2]),
    fold("3d", (1, 20, 9), [3, 4, 5], [1, 2, 5], pads=[0, 0, 0, 0, 0, 0]),
    fold("run_time", (2, 18, 12), [7, 8], [3, 2], strides=[2, 3],
         pads=[1, 0, 1, 2], run_time=True),
    fold("int32", (2, 12, 20), [5, 6], [2, 2], dtype=np.int32),
]
for made in CASES:
    # ONNX Runtime takes float only, and two dimensions.
    if made.name in ("int32", "3d"):
        from onnx.reference import ReferenceEvaluator

        made.expected = ReferenceEvaluator(made.model).run(None, made.feeds)


def with_named_lengths(made):
    """The case with sizes of which not even the number is declared."""
    for info in made.model.graph.input[1:]:
        info.type.tensor_type.shape.dim[0].dim_param = f"{info.name}s"
    made.model.graph.output[0].type.tensor_type.ClearField("shape")
    return made


CASES += [
    with_named_lengths(fold(f"named_{name}", (1, 5, 15 if name == "pads" else 5), [5, 5],
                            [1, 5], run_time=True, **{name: value}))
    for name, value in [("pads", [0, 1, 0, 1]), ("strides", [1, 1]),
                        ("dilations", [1, 1])]
]
