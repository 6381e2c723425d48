from harness import case, chain, numbers

CASES = [
    case(f"axis{axis}", "Flatten", {"x": numbers(2, 3, 4, 5)}, axis=axis)
    for axis in [0, 1, 2, 4, -1]
]
CASES.append(
    chain("after_conv", [("Conv", ["x", "w"], ["a"], {}),
                         ("Flatten", ["a"], ["y"], {})],
          {"x": numbers(1, 5, 4, 6)}, {"w": numbers(21, 5, 1, 1, seed=1)})
)
