import numpy as np

from harness import binary

CASES = binary("And", dtypes=(np.bool_,))
