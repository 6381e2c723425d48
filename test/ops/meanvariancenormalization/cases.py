from harness import case, numbers

CASES = [
    case("default", "MeanVarianceNormalization", {"x": numbers(2, 5, 7, 9)}),
    case("axes", "MeanVarianceNormalization", {"x": numbers(2, 5, 7)}, axes=[1, 2]),
]
