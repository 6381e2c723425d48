import numpy as np

from harness import binary

CASES = binary("Or", dtypes=(np.bool_,))
