from harness import binary, case, numbers

CASES = binary("Sum")
CASES += [
    case("one", "Sum", {"a": numbers(3, 5)}),
    case(
        "three_broadcast", "Sum",
        {"a": numbers(3, 5), "b": numbers(5, seed=1), "c": numbers(2, 1, 1)},
    ),
]
