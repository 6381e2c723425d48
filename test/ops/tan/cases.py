from harness import unary

CASES = unary("Tan", low=-1.5, high=1.5)
