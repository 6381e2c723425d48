from harness import unary

CASES = unary("Log", low=1e-3, high=9)
