from harness import case, numbers, unary

CASES = unary("ThresholdedRelu")
CASES += [case("alpha", "ThresholdedRelu", {"x": numbers(3, 33)}, alpha=0.4)]
