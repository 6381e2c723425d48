from harness import unary

CASES = unary("Atan", low=-20, high=20)
