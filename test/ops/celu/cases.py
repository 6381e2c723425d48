from harness import case, numbers, unary

CASES = unary("Celu") + [case("alpha", "Celu", {"x": numbers(3, 33)}, alpha=0.4)]
