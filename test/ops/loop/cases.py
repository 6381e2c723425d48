import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper

from harness import Case, build, numbers


def value(name, dtype=T.FLOAT, shape=None):
    return helper.make_tensor_value_info(name, dtype, shape)


def constant(name, array):
    return helper.make_node("Constant", [], [name],
                            value=numpy_helper.from_array(np.array(array)))


def loop(name, nodes, carried, scans, count, condition, feeds, **options):
    """A body of `nodes`: inputs i, c and the carried ones, outputs go and those
    of `carried` (input -> output) and `scans`."""
    body = helper.make_graph(
        nodes, "body",
        [value("i", T.INT64, []), value("c", T.BOOL, []), *map(value, carried)],
        [value("go", T.BOOL, []), *map(value, carried.values()), *map(value, scans)])
    outputs = [f"y{i}" for i in range(len(carried) + len(scans))]
    given = {"m": count, "c0": condition, **feeds}
    node = helper.make_node("Loop", ["m" if count is not None else "",
                                     "c0" if condition is not None else "", *feeds],
                            outputs, body=body)
    given = {key: np.array(v) for key, v in given.items() if v is not None}
    model = build([node], given, {}, outputs)
    # Shapes of carried values are not those of the start.
    for output in model.graph.output:
        output.type.tensor_type.elem_type = T.FLOAT
        output.type.tensor_type.ClearField("shape")
    return Case(name, model, given, **options)


GO = helper.make_node("Identity", ["c"], ["go"])
DOUBLE = [GO, helper.make_node("Add", ["a", "a"], ["b"])]
GROW = [GO, helper.make_node("Concat", ["a", "a"], ["b"], axis=0)]
COLLECT = [*DOUBLE, helper.make_node("Relu", ["b"], ["s"])]
UNTIL = [constant("limit", np.int64(2)), helper.make_node("Less", ["i", "limit"], ["go"]),
         helper.make_node("Add", ["a", "a"], ["b"])]
SWAP = [GO, helper.make_node("Identity", ["a"], ["a1"]), helper.make_node("Identity", ["b"], ["b1"])]
X = {"x": numbers(2, 3)}

CASES = [
    loop("counts", DOUBLE, {"a": "b"}, [], np.int64(4), None, X),
    loop("no_iteration", DOUBLE, {"a": "b"}, [], np.int64(0), True, X),
    loop("never_starts", DOUBLE, {"a": "b"}, [], np.int64(3), False, X),
    loop("grows", GROW, {"a": "b"}, [], np.int64(3), True, X),
    loop("collects", COLLECT, {"a": "b"}, ["s"], np.int64(5), True, X),
    loop("until", UNTIL, {"a": "b"}, [], None, True, X),
    loop("swaps", SWAP, {"a": "b1", "b": "a1"}, [], np.int64(3), True,
         {"x": numbers(2, 3), "y": numbers(4, 1)}),
]
