import numpy as np

from harness import between_convs, case, numbers

def bounds(low, high, dtype=np.float32):
    return {"low": np.array(low, dtype), "high": np.array(high, dtype)}


X = {"x": numbers(2, 21, 5, 5, low=-3, high=3)}
CASES = [
    case("both", "Clip", X, bounds(-1, 2)),
    case("low_only", "Clip", X, {"low": np.array(0.5, np.float32)}),
    case("high_only", "Clip", X, {"high": np.array(0.5, np.float32)},
         order=["x", "", "high"]),
    case("neither", "Clip", X),
    case("attributes", "Clip", X, opset=6 + 1, min=-0.5, max=0.5),
    case("int64", "Clip", {"x": np.arange(-9, 9)}, bounds(-3, 4, np.int64)),
    case("bounds_are_inputs", "Clip", {**X, **bounds(-1, 2)}),
    case("low_above_high", "Clip", X, bounds(2, -1)),
    between_convs("Clip", extra=["low", "high"], constants=bounds(0, 6)),
]
