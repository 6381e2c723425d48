import numpy as np
import onnx
from onnx import helper, numpy_helper

from harness import Case, build, numbers


def graph(name, nodes, output, dtype=onnx.TensorProto.FLOAT):
    return helper.make_graph(
        nodes, name, [], [helper.make_tensor_value_info(output, dtype, None)])


def branch(name, condition, then_nodes, else_nodes, feeds):
    """The branches make "t" and "e"."""
    node = helper.make_node(
        "If", ["c"], ["y"], then_branch=graph("then", then_nodes, "t"),
        else_branch=graph("else", else_nodes, "e"))
    feeds = {"c": np.array(condition), **feeds}
    return Case(name, build([node], feeds, {}, ["y"]), feeds)


def constant(name, value):
    return helper.make_node("Constant", [], [name],
                            value=numpy_helper.from_array(np.array(value)))


X = {"x": numbers(3, 4)}
RELU = [helper.make_node("Relu", ["x"], ["t"])]
NEG = [helper.make_node("Neg", ["x"], ["n"]), helper.make_node("Exp", ["n"], ["e"])]
SLICE = [constant("s", [1]), constant("u", [3]),
         helper.make_node("Slice", ["x", "s", "u"], ["e"])]
NESTED = [helper.make_node("If", ["c"], ["e"], then_branch=graph("tt", RELU, "t"),
                           else_branch=graph("ee", NEG, "e"))]

CASES = [
    branch("then", True, RELU, NEG, X),
    branch("else", False, RELU, NEG, X),
    branch("one_element", [True], RELU, NEG, X),
    branch("shapes_differ", False, RELU, SLICE, X),
    branch("passes_on_an_input", True, [helper.make_node("Identity", ["x"], ["t"])], NEG, X),
    branch("nested", False, RELU, NESTED, X),
    branch("constants", True, [constant("t", np.float32([1, 2]))],
           [constant("e", np.float32([3, 4]))], X),
]
