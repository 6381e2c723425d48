import numpy as np

from harness import unary

CASES = unary("BitwiseNot", low=-99, high=99, opset=18, dtypes=(np.int32, np.uint8))
