from sequences import A, TENSORS, TRIPLE, at, both, case

SAME = {"a": A, "b": A * 2, "c": A * 3}


def joined(name, feeds, **attributes):
    """Of a list, and of a sequence from which the run takes one away."""
    concat = ("ConcatFromSequence", ["t"], ["y"], attributes)
    return [
        case(f"{name}_list", [TRIPLE, ("Identity", ["s"], ["t"], {}), concat], feeds),
        case(f"{name}_run", [TRIPLE, ("SequenceErase", ["s", "p"], ["t"], {}), concat],
             {**feeds, "p": at(1)}),
    ]


CASES = [
    *joined("axis1", TENSORS, axis=1),
    *joined("axis-1", TENSORS, axis=-1),
    *(made for axis in (0, 1, 2, -1, -3)
      for made in joined(f"new_axis{axis}", SAME, axis=axis, new_axis=1)),
    *joined("axis0", SAME, axis=0),
    *both("of_split", [("SplitToSequence", ["x", "k"], ["s"], {"axis": 1}),
                       ("ConcatFromSequence", ["s"], ["y"], {"axis": 0})],
          {"x": TENSORS["b"][:, :4].copy()}, {"k": at(2)}),
]
