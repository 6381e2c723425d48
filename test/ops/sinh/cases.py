from harness import unary

CASES = unary("Sinh", low=-4, high=4)
