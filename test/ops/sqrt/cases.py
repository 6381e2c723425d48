from harness import unary

CASES = unary("Sqrt", low=0, high=9)
