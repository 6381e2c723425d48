from harness import unary

CASES = unary("Acosh", low=1, high=20)
