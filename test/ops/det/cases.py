import numpy as np

from harness import case, numbers


def det(name, x):
    return case(name, "Det", {"x": x}, opset=11, rtol=1e-3,
                expected=[np.asarray(np.linalg.det(x.astype(np.float64))
                                     .astype(x.dtype))])


CASES = [
    det("matrix", numbers(4, 4)),
    det("batch", numbers(2, 3, 5, 5)),
    det("float64", numbers(3, 3, dtype=np.float64)),
    det("pivots", np.float32([[0, 1], [2, 3]])),
    det("singular", np.float32([[1, 2], [2, 4]])),
    det("empty", np.zeros((2, 0, 0), np.float32)),
]
