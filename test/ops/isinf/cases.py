import numpy as np

from harness import case

SPECIAL = np.array([[0, np.inf, -np.inf, np.nan, 1e38, -3]], np.float32)
CASES = [
    case("both", "IsInf", {"x": SPECIAL}),
    case("positive", "IsInf", {"x": SPECIAL}, detect_negative=0),
    case("negative", "IsInf", {"x": SPECIAL}, detect_positive=0),
]
