from harness import case, numbers

def parameters(*shape):
    return {"scale": numbers(*shape, seed=1), "bias": numbers(*shape, seed=2)}


CASES = [
    case("last", "LayerNormalization", {"x": numbers(2, 5, 33)}, parameters(33)),
    case("axis1", "LayerNormalization", {"x": numbers(2, 5, 7)}, parameters(5, 7),
         axis=1, epsilon=0.1),
    case("no_bias", "LayerNormalization", {"x": numbers(4, 9)},
         {"scale": numbers(9, seed=1)}, axis=-1),
]
