from sequences import A, B, C, PAIR, TENSORS, at, both, case

AT = [("SequenceAt", ["t", "q"], ["y"], {}), ("SequenceLength", ["t"], ["n"], {})]
CASES = [
    *(made for p in (0, 1, 2, -1, -2) for q in (0, 1, 2)
      for made in both(f"at{p}_{q}",
                       [PAIR, ("SequenceInsert", ["s", "c", "p"], ["t"], {}), *AT],
                       TENSORS, {"p": at(p), "q": at(q)}, outputs=("y", "n"))),
    *both("at_end", [PAIR, ("SequenceInsert", ["s", "c"], ["t"], {}), *AT], TENSORS,
          {"q": at(2)}, outputs=("y", "n")),
    case("into_empty", [("SequenceEmpty", [], ["s"], {}),
                        ("SequenceInsert", ["s", "c", "q"], ["t"], {}), *AT],
         {"c": C, "q": at(0)}, outputs=("y", "n")),
    case("other_rank", [PAIR, ("SequenceInsert", ["s", "v", "q"], ["t"], {}),
                        ("SequenceLength", ["t"], ["y"], {})],
         {"a": A, "b": B, "v": A[0], "q": at(1)}),
]
