from harness import between_convs, case, numbers

CASES = [
    case("per_channel", "PRelu", {"x": numbers(2, 21, 5, 5)},
         {"slope": numbers(21, 1, 1, seed=1)}),
    case("one", "PRelu", {"x": numbers(2, 3, 5)}, {"slope": numbers(1, seed=1)}),
    case("slope_is_input", "PRelu",
         {"x": numbers(2, 3, 5), "slope": numbers(3, 5, seed=1)}),
    between_convs("PRelu", extra=["s"], constants={"s": numbers(21, 1, 1)}),
]
