from harness import unary

CASES = unary("Exp", low=-20, high=10)
