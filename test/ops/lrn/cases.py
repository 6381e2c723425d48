from harness import between_convs, case, numbers

CASES = [
    case("alexnet", "LRN", {"x": numbers(1, 21, 5, 6, high=20)}, size=5, alpha=1e-4,
         beta=0.75, bias=2.0),
    case("even_size", "LRN", {"x": numbers(2, 7, 3, 3)}, size=4, alpha=0.5),
    between_convs("LRN", size=3, alpha=0.1),
]
