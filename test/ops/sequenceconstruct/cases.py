import numpy as np

from sequences import A, B, PAIR, TENSORS, TRIPLE, at, both, case

CASES = [
    *both("at", [TRIPLE, ("SequenceAt", ["s", "p"], ["y"], {})], TENSORS,
          {"p": at(1)}),
    *both("one", [("SequenceConstruct", ["a"], ["s"], {}),
                  ("SequenceAt", ["s", "p"], ["y"], {})], {"a": A}, {"p": at(0)}),
    *both("ranks", [("SequenceConstruct", ["a", "v", "z"], ["s"], {}),
                    ("SequenceErase", ["s", "p"], ["t"], {}),
                    ("SequenceLength", ["t"], ["y"], {})],
          {"a": A, "v": B[0], "z": np.float32(3)}, {"p": at(1)}),
    case("types", [("SequenceConstruct", ["a", "b"], ["s"], {}),
                   ("SequenceAt", ["s", "p"], ["y"], {})],
         {"a": np.arange(3, dtype=np.uint8), "b": np.arange(5, dtype=np.uint8),
          "p": at(1)}),
    case("empty_tensor", [PAIR, ("SequenceAt", ["s", "p"], ["y"], {})],
         {"a": A, "b": A[:, :0], "p": at(1)}),
]
