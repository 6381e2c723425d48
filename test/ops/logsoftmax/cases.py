from harness import between_convs, case, numbers

CASES = [
    case(f"axis{axis}", "LogSoftmax", {"x": numbers(2, 21, 5, 6, low=-9, high=9)},
         axis=axis)
    for axis in [0, 1, 2, -1]
]
CASES += [
    # Until opset 12 the dimensions from the axis on are one.
    case(f"flattening_axis{axis}", "LogSoftmax", {"x": numbers(3, 4, 5)}, axis=axis,
         opset=11)
    for axis in [0, 1, 2]
]
CASES += [
    case("large", "LogSoftmax", {"x": numbers(3, 37, low=-1000, high=1000)}),
    between_convs("LogSoftmax", axis=1),
]
