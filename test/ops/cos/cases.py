from harness import unary

CASES = unary("Cos", low=-10, high=10)
