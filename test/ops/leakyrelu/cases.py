from harness import case, numbers, unary

CASES = unary("LeakyRelu")
CASES += [case("alpha", "LeakyRelu", {"x": numbers(3, 33)}, alpha=0.3)]
