from harness import unary

CASES = unary("Asinh", low=-20, high=20)
