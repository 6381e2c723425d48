import numpy as np

from harness import binary, case

CASES = binary("Less", low=-2, high=2, dtypes=(np.float32, np.int64))
NAN = np.array([1, np.nan, 2], np.float32)
CASES += [case("nan", "Less", {"a": NAN, "b": np.ones(3, np.float32)})]
