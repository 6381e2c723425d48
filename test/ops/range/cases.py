import numpy as np

from harness import chain

CASES = [
    chain(
        f"{np.dtype(dtype).name}_{start}_{limit}_{delta}",
        [("Range", ["a", "b", "c"], ["r"], {}), ("Add", ["x", "r"], ["y"], {})],
        {"x": np.zeros((), dtype)},
        {"a": np.array(start, dtype), "b": np.array(limit, dtype),
         "c": np.array(delta, dtype)},
    )
    for dtype in [np.int64, np.float32]
    for start, limit, delta in [(0, 9, 1), (10, 1, -3), (2, 3, 5)]
]
