from onnx import TensorProto as T

from sequences import A, TENSORS, TRIPLE, at, case, graph

ADD = graph("add", [("Add", ["u", "v"], ["w"], {})], {"u": T.FLOAT, "v": T.FLOAT},
            {"w": T.FLOAT})
PAIRS = graph("pairs", [("Concat", ["u", "v"], ["w"], {"axis": 1}),
                        ("Shape", ["u"], ["z"], {})],
              {"u": T.FLOAT, "v": T.FLOAT}, {"w": T.FLOAT, "z": T.INT64})
JOIN = ("ConcatFromSequence", ["t"], ["y"], {"axis": 1})
# The run takes a tensor away, so that it tells how many there are.
ERASE = ("SequenceErase", ["s", "p"], ["r"], {})

CASES = [
    case("list", [TRIPLE, ("SequenceMap", ["s", "d"], ["t"], {"body": ADD}), JOIN],
         {**TENSORS, "d": A[:, :1]}),
    case("run", [TRIPLE, ERASE, ("SequenceMap", ["r", "d"], ["t"], {"body": ADD}),
                 JOIN], {**TENSORS, "d": A[:, :1], "p": at(0)}),
    case("two_lists", [TRIPLE, ("SequenceMap", ["s", "s"], ["t", "z"], {"body": PAIRS}),
                       JOIN, ("ConcatFromSequence", ["z"], ["k"], {"axis": 0})],
         TENSORS, outputs=("y", "k")),
    case("two_run", [TRIPLE, ERASE,
                     ("SequenceMap", ["r", "r"], ["t", "z"], {"body": PAIRS}), JOIN,
                     ("ConcatFromSequence", ["z"], ["k"], {"axis": 0})],
         {**TENSORS, "p": at(0)}, outputs=("y", "k")),
    case("long", [("SplitToSequence", ["x"], ["s"], {}),
                  ("SequenceMap", ["s", "d"], ["t"], {"body": ADD}),
                  ("ConcatFromSequence", ["t"], ["y"], {"axis": 0})],
         {"x": A.repeat(40, 0), "d": A[:1]}),
]
