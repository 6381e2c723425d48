import numpy as np

from harness import case

SPECIAL = np.array([[0, np.inf, -np.inf, np.nan, 1e38, -3]], np.float32)
CASES = [case("special", "IsNaN", {"x": SPECIAL})]
