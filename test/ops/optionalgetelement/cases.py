from sequences import A, PAIR, TENSORS, at, both, case

CASES = [
    case("tensor", [("Optional", ["a"], ["o"], {}),
                    ("OptionalGetElement", ["o"], ["y"], {})], {"a": A}),
    case("of_a_tensor", [("OptionalGetElement", ["a"], ["y"], {})], {"a": A}, opset=18),
    *both("sequence", [PAIR, ("Optional", ["s"], ["o"], {}),
                       ("OptionalGetElement", ["o"], ["t"], {}),
                       ("SequenceAt", ["t", "p"], ["y"], {})],
          {"a": A, "b": TENSORS["b"]}, {"p": at(1)}),
]
