from harness import unary

CASES = unary("Gelu", opset=20)
for made in unary("Gelu", opset=20, approximate="tanh"):
    made.name += "_tanh"
    CASES.append(made)
