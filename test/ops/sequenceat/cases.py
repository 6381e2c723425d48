import numpy as np

from sequences import TENSORS, TRIPLE, at, both, case

AT = ("SequenceAt", ["s", "p"], ["y"], {})
CASES = [
    *(made for p in (0, 2, -1, -3)
      for made in both(f"at{p}", [TRIPLE, AT], TENSORS, {"p": at(p)})),
    *both("i32", [TRIPLE, AT], TENSORS, {"p": np.array(1, np.int32)}),
    case("computed", [TRIPLE, ("Add", ["q", "q"], ["p"], {}), AT],
         {**TENSORS, "q": at(1)}),
]
