from harness import case, numbers

CASES = [
    case(f"p{p}_axis{axis}", "LpNormalization", {"x": numbers(2, 5, 7)}, p=p,
         axis=axis)
    for p in [1, 2] for axis in [1, -1]
]
