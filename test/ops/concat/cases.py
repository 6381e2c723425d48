import numpy as np

from harness import case, chain, numbers

def concat(name, axis, *shapes, constants=()):
    arrays = {f"x{i}": numbers(*s, seed=i) for i, s in enumerate(shapes)}
    return case(
        name, "Concat",
        {k: v for k, v in arrays.items() if k not in constants},
        {k: v for k, v in arrays.items() if k in constants},
        order=list(arrays), axis=axis,
    )


def join(name, first, second):
    """Two convolutions, concatenated, into a third."""
    return chain(
        name,
        [
            ("Conv", ["x", "w1"], ["a"], {}),
            ("Conv", ["x", "w2"], ["b"], {}),
            ("Concat", ["a", "b"], ["c"], {"axis": 1}),
            ("Conv", ["c", "w3"], ["y"], {"pads": [1, 1, 1, 1]}),
        ],
        {"x": numbers(1, 5, 6, 7)},
        {
            "w1": numbers(first, 5, 1, 1, seed=1),
            "w2": numbers(second, 5, 1, 1, seed=2),
            "w3": numbers(18, first + second, 3, 3, seed=3),
        },
        atol=1e-4,
    )


CASES = [
    concat("channels", 1, (1, 3, 4, 5), (1, 7, 4, 5), (1, 1, 4, 5)),
    concat("last", -1, (2, 3, 4), (2, 3, 9)),
    concat("first", 0, (2, 3), (1, 3)),
    concat("one", 0, (2, 3)),
    concat("constant", 1, (2, 3), (2, 4), constants=["x1"]),
    concat("empty", 0, (2, 3), (0, 3)),
    case("int64", "Concat", {"a": np.arange(3), "b": np.arange(4)}, axis=0),
    case("twice_the_same", "Concat", {"a": numbers(2, 3)}, order=["a", "a"],
         axis=1),
    join("blocked", 32, 16),
    join("blocked_odd", 20, 12),
    join("blocked_last_odd", 32, 5),
]
