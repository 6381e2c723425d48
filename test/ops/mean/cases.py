from harness import binary, case, numbers

CASES = binary("Mean")
CASES += [
    case("one", "Mean", {"a": numbers(3, 5)}),
    case(
        "three_broadcast", "Mean",
        {"a": numbers(3, 5), "b": numbers(5, seed=1), "c": numbers(2, 1, 1)},
    ),
]
