import numpy as np

from harness import binary, case, numbers

CASES = binary("Pow", low=0.1, high=3)
X = numbers(3, 33, low=-3)
for exponent in [2.0, 3.0, 0.5, -1.0]:
    x = np.abs(X) if exponent == 0.5 else X
    CASES.append(
        case(f"exponent_{exponent}", "Pow", {"x": x},
             {"e": np.array(exponent, np.float32)})
    )
CASES.append(case("integers", "Pow", {"x": np.arange(-4, 5)}, {"e": np.array(3)}))
