import numpy as np

from harness import case, chain, numbers

def cut(name, shape, starts, ends, axes=None, steps=None):
    constants = {"s": np.array(starts), "e": np.array(ends)}
    if axes is not None:
        constants["a"] = np.array(axes)
    if steps is not None:
        constants["t"] = np.array(steps)
    order = ["x", "s", "e", "a" if axes is not None else "", "t"]
    return case(name, "Slice", {"x": numbers(*shape)}, constants,
                order=order[: 3 + (axes is not None) + (steps is not None)])


BIG = 2**63 - 1
CASES = [
    cut("plain", (4, 5), [1, 0], [3, 4]),
    cut("axes", (2, 3, 4, 5), [1], [3], [2]),
    cut("negative", (4, 9), [-7], [-1], [1]),
    cut("to_the_end", (4, 9), [2], [BIG], [-1]),
    cut("step2", (4, 9), [1], [BIG], [1], [2]),
    cut("backwards", (4, 9), [BIG], [-BIG], [1], [-1]),
    cut("backwards_step", (4, 9), [7], [1], [1], [-3]),
    cut("empty", (4, 9), [5], [2], [1]),
    case("attributes", "Slice", {"x": numbers(4, 5)}, opset=9, starts=[1],
         ends=[3], axes=[1]),
    chain(
        "focus",
        [
            ("Slice", ["x", "zero", "big", "two", "step"], ["a"], {}),
            ("Slice", ["x", "one", "big", "two", "step"], ["b"], {}),
            ("Concat", ["a", "b"], ["c"], {"axis": 1}),
            ("Conv", ["c", "w"], ["y"], {}),
        ],
        {"x": numbers(1, 3, 8, 8)},
        {"zero": np.array([0]), "one": np.array([1]), "big": np.array([BIG]),
         "two": np.array([2]), "step": np.array([2]),
         "w": numbers(16, 6, 3, 3, seed=1)},
        atol=1e-4,
    ),
    chain(
        "half_of_the_channels",
        [
            ("Conv", ["x", "w"], ["a"], {}),
            ("Slice", ["a", "s", "e", "one"], ["b"], {}),
            ("Conv", ["b", "v"], ["y"], {}),
        ],
        {"x": numbers(1, 5, 6, 6)},
        {"s": np.array([16]), "e": np.array([32]), "one": np.array([1]),
         "w": numbers(32, 5, 1, 1, seed=1), "v": numbers(7, 16, 1, 1, seed=2)},
        atol=1e-4,
    ),
]
