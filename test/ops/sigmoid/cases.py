from harness import unary

CASES = unary("Sigmoid", low=-90, high=90)
