import numpy as np

from harness import case, unary

HALVES = np.arange(-12, 13, dtype=np.float32) / 2
CASES = unary("Round") + [case("halves_to_even", "Round", {"x": HALVES})]
