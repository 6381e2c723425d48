import numpy as np

from harness import unary

CASES = unary("Identity", dtypes=(np.float32, np.int64, np.bool_))
