from harness import unary

CASES = unary("Softplus", low=-60, high=60)
