"""What the cases of operators on sequences are made with. Their models take and
give tensors; sequences are within. Positions that are inputs of the model leave
the sequence to the run, constants do not."""
import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper

from harness import Case, build, numbers

A, B, C = numbers(2, 3), numbers(2, 5, seed=1), numbers(2, 1, seed=2)
PAIR = ("SequenceConstruct", ["a", "b"], ["s"], {})
TRIPLE = ("SequenceConstruct", ["a", "b", "c"], ["s"], {})
TENSORS = {"a": A, "b": B, "c": C}


def at(value):
    return np.array(value, np.int64)


def nodes(*described):
    return [helper.make_node(op, operands, results, name=f"{op}_{i}", **attributes)
            for i, (op, operands, results, attributes) in enumerate(described)]


def graph(name, described, inputs, outputs):
    """A subgraph; inputs and outputs map names to element types, or to types."""
    def info(name, kind):
        if isinstance(kind, onnx.TypeProto):
            return helper.make_value_info(name, kind)
        return helper.make_tensor_value_info(name, kind, None)

    return helper.make_graph(nodes(*described), name,
                             [info(*item) for item in inputs.items()],
                             [info(*item) for item in outputs.items()])


def sequence(element=T.FLOAT, shape=None):
    return helper.make_sequence_type_proto(
        helper.make_tensor_type_proto(element, shape))


def optional(kind):
    return helper.make_optional_type_proto(kind)


def case(name, described, feeds, constants=None, outputs=("y",), opset=17, **options):
    """A model of nodes given as (op, operands, results, attributes), whose inputs
    are the `feeds` that it reads."""
    feeds = {name: np.asarray(value) for name, value in feeds.items()}
    constants = {name: np.asarray(value) for name, value in (constants or {}).items()}
    model = build(nodes(*described), feeds, constants, outputs, opset)
    for output in model.graph.output:
        # What inference says of a sequence's tensors it takes from the first.
        output.type.tensor_type.ClearField("shape")
    return Case(name, model, feeds, **options)


def both(name, described, feeds, positions, **options):
    """The case with positions that the model knows, and with such of the run."""
    return [case(f"{name}_known", described, feeds, positions, **options),
            case(f"{name}_run", described, {**feeds, **positions}, **options)]
