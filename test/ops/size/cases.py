from harness import case, numbers

CASES = [
    case("plain", "Size", {"x": numbers(2, 3, 5)}),
    case("scalar", "Size", {"x": numbers()}),
]
