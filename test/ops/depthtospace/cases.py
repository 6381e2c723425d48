from harness import case, chain, numbers

CASES = [
    case(f"{mode}_{block}_{channels}", "DepthToSpace",
         {"x": numbers(2, channels, 3, 5)}, blocksize=block, mode=mode)
    for mode in ["DCR", "CRD"]
    for block, channels in [(2, 8), (2, 64), (3, 27), (1, 5)]
]
CASES.append(
    chain(
        "after_conv",
        [
            ("Conv", ["x", "w"], ["a"], {}),
            ("DepthToSpace", ["a"], ["y"], {"blocksize": 2, "mode": "CRD"}),
        ],
        {"x": numbers(1, 5, 4, 6)}, {"w": numbers(12, 5, 1, 1, seed=1)},
    )
)
