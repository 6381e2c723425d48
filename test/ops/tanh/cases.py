from harness import unary

CASES = unary("Tanh", low=-12, high=12)
