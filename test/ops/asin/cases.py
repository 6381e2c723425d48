from harness import unary

CASES = unary("Asin", low=-1, high=1)
