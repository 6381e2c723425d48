from harness import between_convs, case, numbers

def parameters(channels):
    return {
        "scale": numbers(channels, seed=1),
        "bias": numbers(channels, seed=2),
        "mean": numbers(channels, seed=3),
        "var": numbers(channels, seed=4, low=0.1, high=2),
    }


CASES = [
    case("2d", "BatchNormalization", {"x": numbers(2, 21, 5, 6)}, parameters(21)),
    case("epsilon", "BatchNormalization", {"x": numbers(1, 4, 5)}, parameters(4),
         epsilon=0.1),
    case("parameters_are_inputs", "BatchNormalization",
         {"x": numbers(1, 4, 5, 5), **parameters(4)}),
    case("rank2", "BatchNormalization", {"x": numbers(3, 7)}, parameters(7)),
    between_convs("BatchNormalization", extra=["scale", "bias", "mean", "var"],
                  constants=parameters(21)),
]
