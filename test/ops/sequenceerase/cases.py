from sequences import TENSORS, TRIPLE, at, both

CASES = [
    *(made for p in (0, 1, 2, -1, -3) for q in (0, 1)
      for made in both(f"at{p}_{q}",
                       [TRIPLE, ("SequenceErase", ["s", "p"], ["t"], {}),
                        ("SequenceAt", ["t", "q"], ["y"], {})],
                       TENSORS, {"p": at(p), "q": at(q)})),
    *both("last", [TRIPLE, ("SequenceErase", ["s"], ["t"], {}),
                   ("SequenceAt", ["t", "q"], ["y"], {})], TENSORS, {"q": at(-1)}),
    *both("all", [("SequenceConstruct", ["a"], ["s"], {}),
                  ("SequenceErase", ["s", "p"], ["t"], {}),
                  ("SequenceInsert", ["t", "b", "p"], ["u"], {}),
                  ("SequenceAt", ["u", "p"], ["y"], {})],
          {"a": TENSORS["a"], "b": TENSORS["b"]}, {"p": at(0)}),
]
