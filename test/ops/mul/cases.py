import numpy as np

from harness import between_convs, binary, numbers

CASES = binary("Mul", dtypes=(np.float32, np.int32, np.int64))
CASES.append(
    between_convs(
        "Mul", extra=["c"], constants={"c": numbers(1, 21, 1, 1, seed=4)}
    )
)
