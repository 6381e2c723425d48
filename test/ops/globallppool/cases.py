from harness import case, numbers

CASES = [
    case("default", "GlobalLpPool", {"x": numbers(2, 5, 6, 7)}),
    case("p1", "GlobalLpPool", {"x": numbers(1, 16, 9)}, p=1),
    case("p3", "GlobalLpPool", {"x": numbers(1, 4, 3, 4, 5)}, p=3),
]
