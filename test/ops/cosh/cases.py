from harness import unary

CASES = unary("Cosh", low=-4, high=4)
