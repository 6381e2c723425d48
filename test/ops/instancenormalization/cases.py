from harness import between_convs, case, numbers

def parameters(channels):
    return {"scale": numbers(channels, seed=1), "bias": numbers(channels, seed=2)}


CASES = [
    case("2d", "InstanceNormalization", {"x": numbers(2, 21, 5, 6)}, parameters(21)),
    case("1d_epsilon", "InstanceNormalization", {"x": numbers(1, 4, 33)},
         parameters(4), epsilon=0.1),
    between_convs("InstanceNormalization", extra=["scale", "bias"],
                  constants=parameters(21)),
]
