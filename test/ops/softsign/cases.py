from harness import unary

CASES = unary("Softsign")
