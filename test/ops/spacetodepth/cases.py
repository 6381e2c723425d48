from harness import case, numbers

CASES = [
    case(f"{block}_{channels}", "SpaceToDepth",
         {"x": numbers(2, channels, 6, 12)}, blocksize=block)
    for block, channels in [(2, 3), (2, 16), (3, 5)]
]
