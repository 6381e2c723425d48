from harness import unary

CASES = unary("Elu") + unary("Elu", alpha=0.3)[1:2]
