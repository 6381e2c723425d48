import numpy as np

from harness import binary

CASES = binary("BitwiseAnd", low=-99, high=99, opset=18, dtypes=(np.int32, np.uint8))
