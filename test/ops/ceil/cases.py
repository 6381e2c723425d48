from harness import unary

CASES = unary("Ceil")
