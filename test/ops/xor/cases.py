import numpy as np

from harness import binary

CASES = binary("Xor", dtypes=(np.bool_,))
