from onnx import TensorProto as T
from onnx import helper

from sequences import A, PAIR, at, case, graph, optional, sequence

TENSOR = helper.make_tensor_type_proto(T.FLOAT, None)


def chosen(name, kind, made, rest, feeds, opset=17, outputs=("y",)):
    """An optional that a branch gives: its element, or none."""
    return [
        case(f"{name}_{bool(go)}",
             [("If", ["c"], ["o"], {
                 "then_branch": graph("then", made, {}, {"some": optional(kind)}),
                 "else_branch": graph("else", [
                     ("Optional", [], ["none"], {"type": kind})], {},
                     {"none": optional(kind)})}),
              ("OptionalHasElement", ["o"], ["h"], {}),
              ("If", ["h"], ["y"], {
                  "then_branch": graph("get", rest, {}, {"e": T.FLOAT}),
                  "else_branch": graph("other", [("Neg", ["a"], ["f"], {})], {},
                                       {"f": T.FLOAT})})],
             {**feeds, "c": at(go).astype(bool)}, opset=opset)
        for go in (0, 1)
    ]


CASES = [
    case("some", [("Optional", ["a"], ["o"], {}),
                  ("OptionalGetElement", ["o"], ["y"], {})], {"a": A}),
    *chosen("tensor", TENSOR, [("Optional", ["a"], ["some"], {})],
            [("OptionalGetElement", ["o"], ["e"], {})], {"a": A}, opset=16),
    *chosen("sequence", sequence(), [PAIR, ("Optional", ["s"], ["some"], {})],
            [("OptionalGetElement", ["o"], ["q"], {}),
             ("ConcatFromSequence", ["q"], ["e"], {"axis": 1})],
            {"a": A, "b": A[:, :1]}, opset=16),
]
