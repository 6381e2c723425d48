import numpy as np

from harness import unary

CASES = unary("Neg", dtypes=(np.float32, np.int32, np.int64))
