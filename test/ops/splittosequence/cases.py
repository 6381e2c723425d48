import numpy as np

from harness import numbers
from sequences import at, both, case

X = numbers(3, 7, 2)


def parts(name, operands, positions, **attributes):
    """The parts as they are counted, and one of them."""
    return both(name, [("SplitToSequence", ["x", *operands], ["s"], attributes),
                       ("SequenceAt", ["s", "p"], ["y"], {}),
                       ("SequenceLength", ["s"], ["n"], {})],
                {"x": X}, positions, outputs=("y", "n"))


CASES = [
    *(made for axis in (0, 1, -1) for keep in (0, 1)
      for made in parts(f"ones_axis{axis}_keep{keep}", [], {"p": at(1)}, axis=axis,
                        keepdims=keep)),
    *parts("size", ["k"], {"k": at(3), "p": at(-1)}, axis=1),
    *parts("size_of_all", ["k"], {"k": at(7), "p": at(0)}, axis=1),
    *parts("sizes", ["k"], {"k": at([2, 1, 4]), "p": at(2)}, axis=1),
    *parts("sizes_i32", ["k"], {"k": np.array([3, 4], np.int32), "p": at(1)}, axis=1),
    case("long", [("SplitToSequence", ["x"], ["s"], {"keepdims": 0}),
                  ("SequenceAt", ["s", "p"], ["y"], {})],
         {"x": numbers(100, 3)}, {"p": at(77)}),
]
