from harness import between_convs, case, numbers

CASES = [
    case("2d", "GlobalMaxPool", {"x": numbers(2, 21, 7, 9)}),
    case("1d", "GlobalMaxPool", {"x": numbers(1, 4, 33)}),
    case("3d", "GlobalMaxPool", {"x": numbers(1, 4, 3, 5, 7)}),
    between_convs("GlobalMaxPool"),
]
