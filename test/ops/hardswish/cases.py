from harness import unary

CASES = unary("HardSwish", low=-6, high=6)
