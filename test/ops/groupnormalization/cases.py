from harness import case, numbers

def parameters(channels):
    return {"scale": numbers(channels, seed=1), "bias": numbers(channels, seed=2)}


CASES = [
    case(f"groups{groups}", "GroupNormalization", {"x": numbers(2, 12, 5, 6)},
         parameters(12), num_groups=groups, opset=21)
    for groups in [1, 3, 12]
]
