from harness import unary

CASES = unary("Reciprocal", low=0.2, high=4)
