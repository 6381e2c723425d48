from harness import case, numbers, unary

CASES = unary("HardSigmoid", low=-6, high=6)
CASES += [
    case("alpha_beta", "HardSigmoid", {"x": numbers(3, 33)}, alpha=0.4, beta=0.6)
]
