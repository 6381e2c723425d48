from harness import unary

CASES = unary("Floor")
