from sequences import TENSORS, TRIPLE, at, both, case

LENGTH = ("SequenceLength", ["s"], ["y"], {})
CASES = [
    case("list", [TRIPLE, LENGTH], TENSORS),
    case("empty", [("SequenceEmpty", [], ["s"], {}), LENGTH], {}),
    *both("split", [("SplitToSequence", ["a", "p"], ["s"], {"axis": 1}), LENGTH],
          {"a": TENSORS["a"]}, {"p": at(2)}),
]
