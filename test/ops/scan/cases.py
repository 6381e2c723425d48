import numpy as np
from onnx import TensorProto as T
from onnx import helper

from harness import Case, build, numbers


def value(name):
    return helper.make_tensor_value_info(name, T.FLOAT, None)


def scan(name, feeds, outputs=2, **attributes):
    """Running sums: state s, element x -> their sum, twice."""
    body = helper.make_graph(
        [helper.make_node("Add", ["s", "x"], ["t"]), helper.make_node("Identity", ["t"], ["u"])],
        "body", [value("s"), value("x")], [value("t"), value("u")])
    names = [f"y{i}" for i in range(outputs)]
    node = helper.make_node("Scan", list(feeds), names, body=body, num_scan_inputs=1, **attributes)
    return Case(name, build([node], feeds, {}, names), feeds)


START = {"s0": np.zeros(3, np.float32)}

CASES = [
    scan("sums", {**START, "z": numbers(5, 3)}),
    scan("axis", {**START, "z": numbers(3, 5)}, scan_input_axes=[1]),
    scan("reversed", {**START, "z": numbers(5, 3)}, scan_input_directions=[1]),
    scan("output_reversed", {**START, "z": numbers(5, 3)}, scan_output_directions=[1]),
    scan("output_axis", {**START, "z": numbers(5, 3)}, scan_output_axes=[-1]),
    scan("one", {**START, "z": numbers(1, 3)}),
]
