import numpy as np
from onnx import TensorProto as T

from sequences import A, at, both, case

CASES = [
    case("length", [("SequenceEmpty", [], ["s"], {}),
                    ("SequenceLength", ["s"], ["y"], {})], {}),
    *both("filled", [("SequenceEmpty", [], ["s"], {}),
                     ("SequenceInsert", ["s", "a", "p"], ["t"], {}),
                     ("SequenceAt", ["t", "p"], ["y"], {})], {"a": A}, {"p": at(0)}),
    *both("int64", [("SequenceEmpty", [], ["s"], {"dtype": T.INT64}),
                    ("SequenceInsert", ["s", "a", "p"], ["t"], {}),
                    ("SequenceAt", ["t", "p"], ["y"], {})],
          {"a": np.arange(4)}, {"p": at(0)}),
]
