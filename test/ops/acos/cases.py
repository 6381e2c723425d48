from harness import unary

CASES = unary("Acos", low=-1, high=1)
