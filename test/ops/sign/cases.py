import numpy as np

from harness import unary

CASES = unary("Sign", dtypes=(np.float32, np.int32))
