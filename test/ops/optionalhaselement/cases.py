from onnx import TensorProto as T
from onnx import helper

from sequences import A, case

TENSOR = helper.make_tensor_type_proto(T.FLOAT, [2, 3])
CASES = [
    case("some", [("Optional", ["a"], ["o"], {}),
                  ("OptionalHasElement", ["o"], ["y"], {})], {"a": A}),
    case("none", [("Optional", [], ["o"], {"type": TENSOR}),
                  ("OptionalHasElement", ["o"], ["y"], {}),
                  ("Neg", ["a"], ["z"], {})], {"a": A}, outputs=("y", "z")),
    case("of_a_tensor", [("OptionalHasElement", ["a"], ["y"], {})], {"a": A}, opset=18),
    case("of_nothing", [("OptionalHasElement", [], ["y"], {}),
                        ("Neg", ["a"], ["z"], {})], {"a": A}, outputs=("y", "z"),
         opset=18),
]
