import numpy as np

from harness import case, numbers


def unique(name, x, **attributes):
    return case(name, "Unique", {"x": x}, outputs=4, **attributes)


VALUES = numbers(40, low=-5, high=5, dtype=np.int64)
TABLE = numbers(6, 2, low=0, high=2, dtype=np.int32)

CASES = [
    unique("sorted", VALUES),
    unique("unsorted", VALUES, sorted=0),
    unique("float32", VALUES.astype(np.float32)),
    unique("matrix", VALUES.reshape(5, 8)),
    unique("int8", VALUES.astype(np.int8)),
    unique("float64", VALUES.astype(np.float64)),
    unique("rows", TABLE.astype(np.float32), axis=0),
    unique("rows_unsorted", TABLE.astype(np.float32), axis=0, sorted=0),
    unique("columns", TABLE.astype(np.float32).T.copy(), axis=-1),
    unique("one", np.array([7], np.int64)),
    unique("empty", np.zeros((0,), np.int64)),
    case("values_only", "Unique", {"x": VALUES}),
    # All NaN are one value, as in NumPy.
    unique("nan", np.array([np.nan, 1, np.nan], np.float32),
           expected=[np.array([1, np.nan], np.float32), np.array([1, 0]),
                     np.array([1, 0, 1]), np.array([1, 2])]),
]
