from harness import unary

CASES = unary("Atanh", low=-0.99, high=0.99)
