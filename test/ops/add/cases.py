import numpy as np

from harness import between_convs, binary, numbers

CASES = binary("Add", dtypes=(np.float32, np.int32, np.int64))
CASES.append(
    between_convs(
        "Add", extra=["c"], constants={"c": numbers(1, 21, 1, 1, seed=4)}
    )
)
