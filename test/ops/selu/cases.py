from harness import unary

CASES = unary("Selu")
