import numpy as np

from harness import between_convs, binary, numbers

CASES = binary("Div", low=1, high=9, dtypes=(np.float32, np.int32, np.int64))
CASES.append(
    between_convs(
        "Div", extra=["c"],
        constants={"c": numbers(1, 21, 1, 1, seed=4, low=1, high=2)},
    )
)
