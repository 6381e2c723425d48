import numpy as np

from harness import unary

CASES = unary("Relu", dtypes=(np.float32, np.float64, np.int32))
