from harness import unary

CASES = unary("Sin", low=-10, high=10)
