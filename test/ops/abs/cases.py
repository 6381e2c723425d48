import numpy as np

from harness import unary

CASES = unary("Abs", dtypes=(np.float32, np.float64, np.int32, np.int64))
