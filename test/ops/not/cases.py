import numpy as np

from harness import case, numbers

CASES = [case("bool", "Not", {"x": numbers(3, 17, dtype=np.bool_)})]
