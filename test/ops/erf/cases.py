from harness import unary

CASES = unary("Erf")
