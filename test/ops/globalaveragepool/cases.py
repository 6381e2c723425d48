from harness import between_convs, case, numbers

CASES = [
    case("2d", "GlobalAveragePool", {"x": numbers(2, 21, 7, 9)}),
    case("1d", "GlobalAveragePool", {"x": numbers(1, 4, 33)}),
    case("3d", "GlobalAveragePool", {"x": numbers(1, 4, 3, 5, 7)}),
    between_convs("GlobalAveragePool"),
]
