import numpy as np

from harness import case


def one_hot(name, indices, depth=5, values=(0, 1), dtype=np.float32,
            index=np.int64, constant=True, **attributes):
    data = {"i": np.array(indices, index)}
    rest = {"d": np.array(depth), "v": np.array(values, dtype)}
    if constant:
        return case(name, "OneHot", data, rest, **attributes)
    return case(name, "OneHot", {**data, **rest}, **attributes)


CASES = [
    one_hot("last", [0, 3, 4]),
    one_hot("negative", [-1, -5, 2]),
    one_hot("first", [[0, 3], [1, 1]], axis=0),
    one_hot("middle", [[0, 3], [1, 1]], axis=1, values=(2, 7)),
    one_hot("out_of_range", [5, -6, 1000, 0]),
    one_hot("scalar", 3),
    one_hot("float_indices", [0.0, 3.0, 2.0], index=np.float32),
    one_hot("int32_values", [0, 3], dtype=np.int32, values=(-1, 9)),
    one_hot("vector_depth", [0, 3], depth=[6]),
    one_hot("depth_is_input", [0, 3], constant=False),
    one_hot("bool_values", [1, 2], dtype=np.bool_,
            expected=[np.eye(5, dtype=bool)[[1, 2]]]),
]
