import numpy as np

from harness import case, numbers

MASK = numbers(3, 4, 5, low=-2, high=2, dtype=np.int32)


def nonzero(name, x):
    return case(name, "NonZero", {"x": x})


CASES = [
    nonzero("int32", MASK),
    nonzero("float32", MASK.astype(np.float32)),
    nonzero("bool", MASK > 0),
    nonzero("vector", np.array([0, 7, 0, 9], np.int64)),
    nonzero("nothing", np.zeros((2, 3), np.float32)),
    nonzero("empty", np.zeros((0, 3), np.float32)),
    case("constant", "NonZero", {}, {"x": MASK}),
    # ONNX: a scalar has no coordinates.
    case("scalar", "NonZero", {"x": np.float32(3)},
         expected=[np.zeros((0, 1), np.int64)]),
    *[
        nonzero(np.dtype(dtype).name, MASK.astype(dtype))
        for dtype in (np.float64, np.float16, np.int8, np.int16, np.uint8,
                      np.uint16, np.uint32, np.uint64)
    ],
]
