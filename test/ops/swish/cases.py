from harness import case, numbers, unary

CASES = unary("Swish", opset=24)
CASES += [case("alpha", "Swish", {"x": numbers(3, 33)}, opset=24, alpha=1.7)]
